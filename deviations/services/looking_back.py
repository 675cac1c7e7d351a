"""Asking whether it helped, some weeks after the agreement: once, and once more; each of them in the logbook."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from deviations.models import Asked, Decision, Deviation
from deviations.rules import looking_back
from deviations.workflow import MOVES, Action
from organisation.models import Event, Notice, User

from .recording import case_of, held

OPEN = MOVES[Action.EVALUATE].origins


def ask(*, now: datetime | None = None) -> int:
    """Ask about every agreement whose moment has come. Returns how many; doing it again asks nobody."""
    moment = now or timezone.now()
    since, until = moment - looking_back.TOO_LATE_TO_ASK - looking_back.AGAIN, moment - looking_back.AFTER
    come = Decision.objects.final().filter(deviation__state__in=OPEN, at__gt=since, at__lte=until)
    rows = come.exclude(asked__time=looking_back.SECOND).order_by("at", "pk").values_list("pk", "deviation")
    return sum(_ask(decision, deviation, moment) for decision, deviation in list(rows))


def who_looks_back(deviation: Deviation) -> User:
    """The author; or who handles the case now, when the author has left."""
    author = cast(User, deviation.author)
    return author if author.is_active else case_of(deviation).handler


@transaction.atomic
def _ask(pk: UUID, deviation_pk: UUID, now: datetime) -> int:
    deviation = held(Deviation(pk=deviation_pk))
    decision = deviation.decisions.final().filter(pk=pk).first()
    if decision is None or deviation.state not in OPEN:
        return 0
    times = dict(decision.asked.values_list("time", "at"))
    time = looking_back.to_ask(decision.at, times.get(looking_back.FIRST), times.get(looking_back.SECOND), now)
    if time is None or not Asked.objects.get_or_create(decision=decision, time=time, defaults={"at": now})[1]:
        return 0
    person = who_looks_back(deviation)
    event = Event.record(actor=None, verb="deviation.ask_back", target=deviation, after=person.name)
    Notice.queue(event=event, recipients=[person], url=reverse("deviations:evaluate", args=[deviation.pk]))
    return 1
