"""Pulling back: taking a request back to change it, or withdrawing it for good."""

from django.db import transaction

from deviations import permissions
from deviations.models import Deviation
from deviations.rules.answering import PassedOn
from deviations.workflow import Action, State, next_state
from organisation.models import Event, User

from . import spending, steering_case, telling
from .recording import held


@transaction.atomic
def take_back(*, deviation: Deviation, by: User) -> Deviation:
    """Make a request that awaits an answer a draft again."""
    return _pull(deviation, Action.TAKE_BACK, by)


@transaction.atomic
def withdraw(*, deviation: Deviation, by: User, reasons: str = "") -> Deviation:
    """End a draft or a request. What it took from a space, if anything, goes back."""
    deviation = _pull(deviation, Action.WITHDRAW, by, reasons)
    spending.give_back(deviation=deviation)
    return deviation


def _pull(deviation: Deviation, action: Action, by: User, remark: str = "") -> Deviation:
    deviation = held(deviation)
    permissions.require(by, action, deviation)
    before, deviation.state = deviation.state, next_state(deviation.state, action)
    stop_counting(deviation)
    deviation.save()
    event = Event.record(
        actor=by,
        verb=f"deviation.{action}",
        target=deviation,
        before=before,
        after=deviation.state,
        remark=remark,
    )
    if before == State.AWAITING:
        steering_case.follow(deviation, by)
        telling.tell(event, deviation, telling.managers_of(deviation))
    return deviation


def stop_counting(deviation: Deviation) -> None:
    """A draft, or something withdrawn, is in no figure and waits for nobody."""
    deviation.period = deviation.due_at = deviation.submitted_at = None
    deviation.passed_on = PassedOn.NOT
    deviation.lawfulness = ""
    deviation.version += 1
