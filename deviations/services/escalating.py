"""When no answer comes: reminding who can give it, and passing the request on; each step once, and in the logbook."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from deviations.models import Deviation, Rung
from deviations.models.deviations import Urgency
from deviations.rules import reminding
from deviations.rules.answering import PassedOn
from deviations.rules.reminding import Kind
from deviations.workflow import State
from organisation.models import Event, Notice, Role, User

from . import telling, turning_to
from .recording import held

REMINDERS = (Kind.HALFWAY, Kind.EVE)


def watch_deadlines(*, now: datetime | None = None) -> int:
    """Take every step that has come for a request that waits. Returns how many; doing it again takes none."""
    moment = now or timezone.now()
    waiting = Deviation.objects.filter(state=State.AWAITING, due_at__isnull=False).order_by("due_at", "pk")
    taken = set(Rung.objects.filter(deviation__in=waiting).values_list("deviation", "due_at", "kind"))
    facts = list(waiting.values_list("pk", "submitted_at", "due_at", "urgency"))
    steps = [
        (pk, kind)
        for pk, submitted, due, urgency in facts
        for kind in _come(submitted, due, urgency, moment)
        if (pk, due, kind.value) not in taken
    ]
    return sum(_step(pk, kind, moment) for pk, kind in steps)


def tell_administrators(deviation: Deviation) -> None:
    """Nobody can answer this: who administers the team hears it, with the page of the team and nothing else."""
    if _is_new(deviation, Kind.NOBODY, []):
        event = Event.record(actor=None, verb="deviation.nobody", target=deviation, after=deviation.team.name)
        people = User.objects.working().filter(groups__name=Role.ADMINISTRATOR)
        Notice.queue(event=event, recipients=people, url=deviation.team.get_absolute_url())


@transaction.atomic
def _step(pk: UUID, kind: Kind, now: datetime) -> int:
    deviation = held(Deviation(pk=pk))
    urgency, due = deviation.urgency, deviation.due_at
    if deviation.state != State.AWAITING or kind not in _come(deviation.submitted_at, due, urgency, now):
        return 0
    return _remind(deviation, kind) if kind in REMINDERS else _pass_on(deviation, kind)


def _come(submitted: datetime | None, due: datetime | None, urgency: str, now: datetime) -> tuple[Kind, ...]:
    if due is None:
        return ()
    return reminding.come(submitted=submitted or due, due=due, urgent=urgency == Urgency.URGENT, now=now)


def _remind(deviation: Deviation, kind: Kind) -> int:
    people = telling.managers_of(deviation)
    if not _is_new(deviation, kind, people):
        return 0
    event = Event.record(actor=None, verb="deviation.remind", target=deviation, after=_names(people))
    telling.tell(event, deviation, people)
    return 1


def _pass_on(deviation: Deviation, kind: Kind) -> int:
    """To the deputy, or the manager's manager; when there is none further up at once, at last to who administers."""
    asked: dict[Kind, tuple[PassedOn, Callable[[Deviation], list[User]]]] = {
        Kind.DEPUTY: (PassedOn.DEPUTY, turning_to.deputies),
        Kind.SUPERIOR: (PassedOn.SUPERIOR, turning_to.superiors),
    }
    rung, found = asked[kind]
    people = found(deviation)
    if not _is_new(deviation, kind, people):
        return 0
    if not people:
        if kind == Kind.DEPUTY:
            return 1 + _pass_on(deviation, Kind.SUPERIOR)
        tell_administrators(deviation)
        return 1
    deviation.passed_on = max(rung, deviation.passed_on)
    deviation.save(update_fields=["passed_on"])
    event = Event.record(actor=None, verb="deviation.pass_on", target=deviation, after=_names(people))
    telling.tell(event, deviation, [*people, cast(User, deviation.author)])
    return 1


def _is_new(deviation: Deviation, kind: Kind, people: list[User]) -> bool:
    """Write the step down; False when it was taken already."""
    promise = cast(datetime, deviation.due_at)
    words = {"names": _names(people)}
    return Rung.objects.get_or_create(deviation=deviation, due_at=promise, kind=kind, defaults=words)[1]


def _names(people: list[User]) -> str:
    return ", ".join(person.name for person in people)[:300]
