"""Keeping the signals that were found: one row for each thing, an owner and a day for each that is new."""

import hashlib
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from learning.models import CubeState, Signal
from learning.rules.findings import Found, has_grown
from learning.rules.publishing import hide_row
from learning.rules.rises import Series
from learning.workflow import SignalAction, SignalState, next_signal_state
from organisation.kernel.periods import Period
from organisation.kernel.working_days import add_working_days
from organisation.models import Event, Notice, Role, User

from . import detecting

TRIAGE_DAYS = 5  # working days
PICTURED = 18  # months


def notice(as_of: date) -> list[Signal]:
    """Look, and keep what was found. Returns the signals that are new or came back. Doing it twice changes nothing."""
    last = detecting.last_closed(as_of)
    pictures = {(each.routine, each.team): each for each in detecting.series(last)}
    found = [(each, _months(each, pictures, last)) for each in detecting.detect(as_of)]
    # All of it and who is told, or nothing: a worker killed in between would leave signals nobody heard of.
    with transaction.atomic():
        CubeState.locked()  # one at a time: who looks at the same moment waits, and then finds nothing new
        fresh = [signal for each, months in found if (signal := _keep(each, as_of, months))]
        tell(fresh)
    return fresh


def _keep(found: Found, on: date, months: list[list[Any]]) -> Signal | None:
    """Renew what is known of this signal; the signal when it is new or has grown since it was dismissed."""
    numbers = {
        "since": int(found.since), "observed": round(found.observed), "expected": found.expected,
        "effect": min(found.effect, 1e6), "low": min(found.interval[0], 1e6), "high": min(found.interval[1], 1e6),
        "q_value": found.q_value, "confidence": found.confidence, "months": months, "last_found_on": on,
    }  # fmt: skip
    identity = hashlib.sha256("|".join(found.identity).encode()).hexdigest()
    signal = Signal.objects.select_for_update(of=("self",)).filter(identity=identity).first()
    if signal is None:
        signal = Signal(
            identity=identity, kind=found.kind, routine_id=found.routine, team_id=found.team,
            dimension=found.dimension, value=found.value, found_on=on, **numbers,
        )  # fmt: skip
        return arrive(signal, "signal.found")
    for name, number in numbers.items():
        setattr(signal, name, number)
    if signal.state == SignalState.DISMISSED and has_grown(
        signal.effect, signal.observed, signal.dismissed_effect or 0, signal.dismissed_observed or 0
    ):
        signal.state = next_signal_state(signal.state, SignalAction.COME_BACK)
        signal.reasons, signal.dismissed_effect, signal.dismissed_observed = "", None, None
        return arrive(signal, "signal.came_back")
    signal.save()
    return None


def arrive(signal: Signal, verb: str) -> Signal:
    """Somebody is going to look at it within five working days. In the transaction of the caller."""
    signal.owner = _least_loaded()
    signal.due_on = add_working_days(timezone.localdate(), TRIAGE_DAYS)
    signal.save()
    Event.record(actor=None, verb=verb, target=signal)
    return signal


def tell(fresh: list[Signal]) -> None:
    """One notice for each owner, however much was found that night."""
    for owner in {signal.owner for signal in fresh if signal.owner}:
        theirs = [signal for signal in fresh if signal.owner == owner]
        url = theirs[0].get_absolute_url() if len(theirs) == 1 else reverse("learning:signal-list")
        event = Event.record(actor=None, verb="signal.to_look_at", target=theirs[0], after=str(len(theirs)))
        Notice.queue(event=event, recipients=[owner], url=url)


def _least_loaded() -> User | None:
    """The policy officer with the fewest open signals; nobody when there is none."""
    waiting = Signal.objects.open().values("owner").annotate(n=Count("pk")).values_list("owner", "n")
    load = dict(waiting)
    officers = User.objects.filter(Q(groups__name=Role.POLICY_OFFICER), is_active=True)
    return min(officers, key=lambda person: (load.get(person.pk, 0), str(person.pk)), default=None)


def _months(found: Found, pictures: dict[Any, Series], last: Period) -> list[list[Any]]:
    """The months of its series, small ones hidden; the expected number as it was before it stood out."""
    series = pictures.get((found.routine, found.team))
    if series is None:
        return []
    counts = [int(number) for number in series.counts[-PICTURED:]]
    shown = hide_row(counts, settings.SMALL_CELL_K)
    length = last - found.since + 1
    usual = found.expected / length
    return [
        [int(last - (len(counts) - 1 - place)), cell.value, round(usual, 1) if place >= len(counts) - length else None]
        for place, cell in enumerate(shown)
    ]
