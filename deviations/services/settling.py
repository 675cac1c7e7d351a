"""What granting a space means for the proposal it was made from: that is answered then, as asked or differently."""

from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceRequest
from deviations.permissions import proposals
from deviations.rules.asking import Room, differences
from deviations.workflow.proposals import AskAction, AskState, next_ask_state
from organisation.models import Event, Notice, User


def settle(*, space: DiscretionarySpace, by: User) -> SpaceRequest | None:
    """Answer the proposal that this space was made from, in the transaction that grants it; None when there is none.

    Raises `Refused` when who grants it proposed it: then nothing is granted.
    """
    waiting = SpaceRequest.objects.filter(space=space, state=AskState.ASKED)
    asked = waiting.select_for_update(of=("self",)).select_related("author", "team").first()
    if asked is None:
        return None
    action = AskAction.GRANT_DIFFERENTLY if differences_of(asked, space) else AskAction.GRANT
    proposals.require(by, action, asked)
    before, asked.state = asked.state, next_ask_state(asked.state, action)
    asked.answered_by, asked.answered_at = by, timezone.now()
    asked.version += 1
    asked.save()
    event = Event.record(actor=by, verb=f"space_request.{action}", target=asked, before=before, after=asked.state)
    Notice.queue(event=event, recipients=[asked.author], url=asked.get_absolute_url())
    return asked


def differences_of(asked: SpaceRequest, space: DiscretionarySpace) -> tuple[str, ...]:
    """What is different from what was proposed, in words."""
    held = space.group_grants.exists() or space.user_grants.filter(user=asked.author_id).exists()
    proposed = Room(
        routines={routine.pk: str(routine) for routine in asked.routines.all()},
        per_deviation=asked.cents_per_deviation,
        per_month=asked.cents_per_month,
        until=asked.until,
    )
    granted = Room(
        routines={routine.pk: str(routine) for routine in space.routines.all()},
        per_deviation=space.cents_per_deviation if space.means_slider in (1, 2, 3) else None,
        per_month=space.cents_per_month if space.means_slider in (2, 3) else None,
        until=space.valid_until,
        held=held,
    )
    return differences(proposed, granted)
