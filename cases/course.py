"""The course of a case ("verloop"): what happened, in order, and what is still to come."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Agreement, Case, JournalEntry
from cases.workflow import State
from organisation.kernel.course import Step
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
    "case.kept_from_destruction": _("Hold on destruction"),
    "case.hold_lifted": _("Hold on destruction lifted"),
}


def course_of(case: Case, entries: Iterable[JournalEntry], agreements: Iterable[Agreement]) -> dict[str, Any]:
    """The last steps, oldest first, those to come behind them; and whether earlier ones were left out."""
    events = Event.objects.about(case).filter(verb__in=TOLD)[: SHOWN + 1]
    past = [Step(TOLD[event.verb], event.at, _told(event)) for event in events]
    past += [Step(entry.get_kind_display(), entry.occurred_at, _short(entry.text)) for entry in entries]
    past.sort(key=attrgetter("at"))
    shown = past[-SHOWN:]
    if shown and case.state != State.CLOSED:
        shown[-1] = replace(shown[-1], state="current")
    return {"steps": shown + _to_come(case, agreements), "earlier": len(past) > SHOWN}


def _to_come(case: Case, agreements: Iterable[Agreement]) -> list[Step]:
    steps = [
        Step(each.what, _start(each.due_on), each.get_party_display(), "alert" if each.is_overdue else "todo", True)
        for each in agreements
        if each.done_on is None
    ]
    if case.state != State.CLOSED and case.target_on:
        steps.append(Step(_("Target date"), _start(case.target_on), "", "todo", True))
    return sorted(steps, key=attrgetter("at"))


def _told(event: Event) -> str:
    """What the line adds: for a hand-over and a share who, for the rest the reason."""
    if event.verb in {"case.handed_over", "case.shared"}:
        return event.after.partition(",")[0]
    return _short(event.remark)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
