"""Reminding those who gave room: it ends soon, or the day of its look back has come."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceReminder
from deviations.workflow import SpaceState
from organisation.models import Event, Role

from . import renewing, telling
from .evaluating_space import overdue

BEFORE = timedelta(days=30)
Kind = SpaceReminder.Kind


def remind(*, on: date | None = None) -> int:
    """Tell the managers of each space once for each day that it is about. Returns how many times somebody was told."""
    day = on or timezone.localdate()
    going = DiscretionarySpace.objects.filter(state__in=(SpaceState.ACTIVE, SpaceState.SUSPENDED), valid_until__gte=day)
    ending = going.filter(valid_until__lte=day + BEFORE).select_related("team")
    told = sum(_once(space, Kind.ENDS, space.valid_until) for space in ending if renewing.successor(space) is None)
    due = going.filter(overdue(day)).select_related("team")
    return told + sum(_once(space, Kind.EVALUATE, space.evaluate_on) for space in due if space.evaluate_on)


@transaction.atomic
def _once(space: DiscretionarySpace, kind: Kind, about: date) -> int:
    if not SpaceReminder.objects.get_or_create(space=space, kind=kind, about=about)[1]:
        return 0
    verb = "space.ends_soon" if kind == Kind.ENDS else "space.evaluation_due"
    event = Event.record(actor=None, verb=verb, target=space, after=about.isoformat())
    telling.tell(event, space, telling.people_in(space.team, Role.MANAGER))
    return 1
