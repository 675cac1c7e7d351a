"""A request that waits, as both sides see it: who is asked, how late it is, and to whom it was passed on."""

from dataclasses import dataclass

from django.utils import timezone

from deviations.models import Deviation, Rung
from deviations.rules.answering import PassedOn
from deviations.rules.reminding import Kind
from deviations.services import turning_to
from deviations.workflow import State

PASSED_ON = (Kind.DEPUTY, Kind.SUPERIOR)


@dataclass(frozen=True)
class Waiting:
    """What stands on the pages about a request that awaits an answer."""

    late: bool
    asked: tuple[str, ...]
    passed_on: tuple[Rung, ...]
    beyond_manager: bool


def waiting(deviation: Deviation) -> Waiting | None:
    """None when it does not wait for an answer."""
    if deviation.state != State.AWAITING or deviation.due_at is None:
        return None
    steps = Rung.objects.filter(deviation=deviation, due_at=deviation.due_at, kind__in=PASSED_ON).exclude(names="")
    return Waiting(
        late=deviation.due_at < timezone.now(),
        asked=tuple(person.name for person in turning_to.answerers_of(deviation).people),
        passed_on=tuple(steps),
        beyond_manager=deviation.passed_on != PassedOn.NOT,
    )
