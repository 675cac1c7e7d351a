"""Going on with a space: a copy with new dates, as a draft that is granted as usual, linked to the old one."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from deviations import permissions
from deviations.models import DiscretionarySpace
from deviations.workflow import SpaceAction, SpaceState
from organisation.models import Event, Membership, Role, User

from . import granting
from .granting import WRITTEN, held

DAY = timedelta(days=1)


@transaction.atomic
def renew(*, space: DiscretionarySpace, by: User, at_once: bool = False) -> DiscretionarySpace:
    """A draft that follows this space: the same room for as long again; the draft there is already, if there is one.

    It begins where the old one ends, or with `at_once` today, and then takes its place when it is granted.
    """
    space = held(space)
    permissions.require_with_space(by, SpaceAction.RENEW, space)
    if (present := successor(space)) is not None:
        return present
    fields: dict[str, Any] = {name: getattr(space, name) for name in WRITTEN}
    fields |= {"routines": space.routines.all(), "policy_domains": space.policy_domains.all()}
    at_work = Membership.objects.current().filter(team=space.team, role=Role.CASEWORKER).exclude(user=by)
    people = User.objects.filter(pk__in=space.user_grants.values("user")).filter(pk__in=at_work.values("user"))
    whole_team = space.group_grants.exists() and space.team_id not in by.standing.works_in
    following = granting.draft_space(
        team=space.team,
        by=by,
        fields=fields | dates(space, timezone.localdate(), at_once=at_once),
        people=list(people),
        whole_team=whole_team,
        renews=space,
    )
    Event.record(actor=by, verb="space.renew", target=space, after=following.number)
    return following


def successor(space: DiscretionarySpace) -> DiscretionarySpace | None:
    """The draft or space that follows this one, unless it was withdrawn."""
    return space.renewals.exclude(state=SpaceState.WITHDRAWN).order_by("-pk").first()


def dates(space: DiscretionarySpace, today: date, *, at_once: bool) -> dict[str, date | None]:
    """As long again as the old one, with a look back half-way when the old one had one."""
    length = space.valid_until - space.valid_from
    first = today if at_once else max(space.valid_until + DAY, today)
    halfway = first + length // 2 if space.evaluate_on or space.evaluations.exists() else None
    return {"valid_from": first, "valid_until": first + length, "evaluate_on": halfway}
