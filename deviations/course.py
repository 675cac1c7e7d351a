"""The course of a deviation ("verloop"): what happened, in order, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation
from deviations.workflow import State
from organisation.models import Event

TOLD: dict[str, Any] = {
    "deviation.begin": _("Draft begun"),
    "deviation.submit": _("Sent to the manager"),
    "deviation.use_space": _("Agreed by space"),
    "deviation.record": _("Recorded"),
    "deviation.take_back": _("Taken back by the author"),
    "deviation.withdraw": _("Withdrawn"),
    "deviation.agree": _("Agreed"),
    "deviation.agree_with_conditions": _("Agreed with conditions"),
    "deviation.return": _("Returned with a question"),
    "deviation.refuse": _("Refused"),
    "deviation.evaluate": _("Looked back"),
}


@dataclass(frozen=True)
class Step:
    """One line of the course. `state` is checked, current, todo or alert."""

    title: Any
    at: datetime | None = None
    text: str = ""
    state: str = "checked"


def course_of(deviation: Deviation) -> list[Step]:
    """Oldest first, and what is to come behind it."""
    events = Event.objects.about(deviation).filter(verb__in=TOLD)
    past = [Step(TOLD[event.verb], event.at, event.actor_name) for event in reversed(events)]
    return past + _to_come(deviation)


def _to_come(deviation: Deviation) -> list[Step]:
    if deviation.state == State.AWAITING:
        late = deviation.due_at is not None and deviation.due_at < timezone.now()
        return [Step(_("Answer of the manager"), deviation.due_at, "", "alert" if late else "todo")]
    if deviation.state in (State.AGREED, State.AGREED_WITH_CONDITIONS):
        return [Step(_("Look back: did it help?"), state="todo")]
    return []
