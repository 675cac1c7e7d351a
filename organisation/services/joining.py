"""Joining a team and leaving it again."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.models import TEAM_ROLES, Event, Membership, Team, User
from organisation.permissions import Action

ALREADY = _("This person has this role in this team already in that time.")
ENDS_BEFORE = _("The last day lies before the first.")
NO_SUCH_ROLE = _("This is no role in a team.")


@transaction.atomic
def add_membership(
    *, by: User, person: User, team: Team, role: str, since: date | None = None, until: date | None = None
) -> Membership:
    """Put somebody in a team from a day (default: today) up to but not including another."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    permissions.require(by, Action.ADD_MEMBERSHIP, person)
    permissions.require(by, Action.EDIT_TEAM, team)
    first = since or timezone.localdate()
    if role not in {known.value for known in TEAM_ROLES}:
        raise Refused(NO_SUCH_ROLE)
    if until and until <= first:
        raise Refused(ENDS_BEFORE)
    if _overlapping(person, team, role, first, until):
        raise Refused(ALREADY)
    membership = Membership.objects.create(user=person, team=team, role=role, since=first, until=until)
    Event.record(actor=by, verb="person.joined_team", target=person, after=_words(membership))
    return membership


@transaction.atomic
def end_membership(*, by: User, membership: Membership) -> Membership:
    """End it today: the access that came with it is gone at the next request."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("user", "team").get(pk=membership.pk)
    permissions.require(by, Action.END_MEMBERSHIP, membership.user)
    today = timezone.localdate()
    if membership.until and membership.until <= today:
        return membership
    end(membership, on=today)
    Event.record(actor=by, verb="person.left_team", target=membership.user, before=_words(membership))
    return membership


def end(membership: Membership, *, on: date) -> None:
    """Close the row; one that was still to begin never held."""
    membership.until = max(on, membership.since)
    membership.save(update_fields=["until"])


def _overlapping(person: User, team: Team, role: str, first: date, until: date | None) -> bool:
    same = Membership.objects.filter(user=person, team=team, role=role)
    same = same.filter(Q(until__isnull=True) | Q(until__gt=first))
    return (same.filter(since__lt=until) if until else same).exists()


def _words(membership: Membership) -> str:
    return f"{membership.team}: {membership.role}"
