"""One space takes the place of another: the old one ends on the day before the new one begins."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deviations.models import DiscretionarySpace
from deviations.workflow import SpaceAction, SpaceState, next_space_state
from organisation.models import Event, User

DAY = timedelta(days=1)


def take_the_place(new: DiscretionarySpace, by: User) -> None:
    """Call it in the transaction that grants the new one: nobody holds both, and never neither."""
    if new.renews_id is None:
        return
    old = DiscretionarySpace.objects.select_for_update(of=("self",)).get(pk=new.renews_id)
    if old.state not in (SpaceState.ACTIVE, SpaceState.SUSPENDED) or old.valid_until < new.valid_from:
        return
    before = old.state
    if old.valid_from >= new.valid_from:
        old.state = next_space_state(old.state, SpaceAction.WITHDRAW)
    else:
        old.valid_until = new.valid_from - DAY
        old.evaluate_on = old.evaluate_on and min(old.evaluate_on, old.valid_until)
    old.version += 1
    old.save()
    words = {"space": str(new), "day": date_format(old.valid_until)}
    Event.record(
        actor=by,
        verb="space.succeed",
        target=old,
        before=before,
        after=old.state,
        remark=_("%(space)s takes its place; it ends on %(day)s.") % words,
    )
