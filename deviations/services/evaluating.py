"""Looking back some weeks later: did it help?"""

from django.db import transaction

from deviations import permissions
from deviations.models import Deviation, Evaluation
from deviations.workflow import Action, next_state
from organisation.models import Event, User

from . import telling
from .recording import held


@transaction.atomic
def evaluate(
    *,
    deviation: Deviation,
    by: User,
    helped: str,
    residents_opinion: str = "",
    real_cents: int | None = None,
    otherwise: str = "",
    structural: str = "",
) -> Evaluation:
    """Write down whether it helped, and tell the manager who agreed."""
    deviation = held(deviation)
    permissions.require(by, Action.EVALUATE, deviation)
    before, deviation.state = deviation.state, next_state(deviation.state, Action.EVALUATE)
    deviation.outcome = helped
    deviation.structural = structural or deviation.structural
    deviation.version += 1
    deviation.save()
    evaluation = Evaluation.objects.create(
        deviation=deviation,
        helped=helped,
        residents_opinion=residents_opinion,
        real_cents=real_cents,
        otherwise=otherwise,
        structural=structural,
        by=by,
    )
    event = Event.record(actor=by, verb="deviation.evaluate", target=deviation, before=before, after=deviation.state)
    telling.tell(event, deviation, [deviation.decided_by] if deviation.decided_by else [])
    return evaluation
