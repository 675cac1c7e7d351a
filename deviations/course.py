"""The course of a deviation ("verloop"): what happened, in order, and what is still to come."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation
from deviations.rules import looking_back
from deviations.workflow import State
from organisation.kernel.course import Step
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
    "deviation.agree_in_general": _("Agreed, and room given in general"),
    "deviation.agree_with_conditions_in_general": _("Agreed with conditions, and room given in general"),
    "deviation.return": _("Returned with a question"),
    "deviation.refuse": _("Refused"),
    "deviation.object": _("Objection to the use of a space"),
    "deviation.remind": _("Reminder sent"),
    "deviation.pass_on": _("No answer yet: passed on"),
    "deviation.nobody": _("Nobody can answer; the administrator was told"),
    "deviation.revise": _("Changed after the decision"),
    "deviation.ask_again": _("Asked again with another text"),
    "deviation.ask_back": _("Asked whether it helped"),
    "deviation.evaluate": _("Looked back"),
}

TO = {"deviation.remind", "deviation.pass_on"}  # whose `after` names who was told


def course_of(deviation: Deviation) -> list[Step]:
    """Oldest first, and what is to come behind it."""
    events = Event.objects.about(deviation).filter(verb__in=TOLD)
    past = [Step(TOLD[event.verb], event.at, event.after if event.verb in TO else event.actor_name) for event in events]
    past.reverse()
    return past + _to_come(deviation)


def _to_come(deviation: Deviation) -> list[Step]:
    if deviation.state == State.AWAITING:
        late = deviation.due_at is not None and deviation.due_at < timezone.now()
        return [Step(_("Answer of the manager"), deviation.due_at, "", "alert" if late else "todo")]
    if deviation.state in (State.AGREED, State.AGREED_WITH_CONDITIONS) and deviation.decided_at:
        overdue = looking_back.is_overdue(deviation.decided_at, timezone.now())
        when = looking_back.due(deviation.decided_at)
        return [Step(_("Look back: did it help?"), when, "", "alert" if overdue else "todo")]
    return []
