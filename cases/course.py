"""The course of a case ("verloop"): what happened, in order, and what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Agreement, Case, JournalEntry
from cases.workflow import State
from organisation.models import Event

SHOWN = 12
LONGEST = 90
TOLD: dict[str, Any] = {
    "case.opened": _("Case opened"),
    "case.held": _("On hold"),
    "case.resumed": _("Taken up again"),
    "case.handed_over": _("Handed over"),
    "case.shared": _("Shared"),
    "case.tailored": _("Tailored work"),
    "case.put_before_manager": _("Deviation put before the manager"),
    "agreement.kept": _("Agreement kept"),
    "case.closed": _("Case closed"),
    "case.reopened": _("Reopened"),
}


@dataclass(frozen=True)
class Step:
    """One line of the course. `state` is checked, current, todo or alert."""

    at: datetime
    title: Any
    text: str = ""
    state: str = "checked"
    whole_day: bool = False


def course_of(case: Case, entries: Iterable[JournalEntry], agreements: Iterable[Agreement]) -> dict[str, Any]:
    """The last steps, oldest first, those to come behind them; and whether earlier ones were left out."""
    events = Event.objects.about(case).filter(verb__in=TOLD)[: SHOWN + 1]
    past = [Step(event.at, TOLD[event.verb], _told(event)) for event in events]
    past += [Step(entry.occurred_at, entry.get_kind_display(), _short(entry.text)) for entry in entries]
    past.sort(key=lambda step: step.at)
    shown = past[-SHOWN:]
    if shown and case.state != State.CLOSED:
        last = shown[-1]
        shown[-1] = Step(last.at, last.title, last.text, "current")
    return {"steps": shown + _to_come(case, agreements), "earlier": len(past) > SHOWN}


def _to_come(case: Case, agreements: Iterable[Agreement]) -> list[Step]:
    steps = [
        Step(_start(each.due_on), each.what, each.get_party_display(), "alert" if each.is_overdue else "todo", True)
        for each in agreements
        if each.done_on is None
    ]
    if case.state != State.CLOSED and case.target_on:
        steps.append(Step(_start(case.target_on), _("Target date"), "", "todo", True))
    return sorted(steps, key=lambda step: step.at)


def _told(event: Event) -> str:
    """What the line adds: for a hand-over and a share who, for the rest the reason."""
    if event.verb in {"case.handed_over", "case.shared"}:
        return event.after.partition(",")[0]
    return _short(event.remark)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
