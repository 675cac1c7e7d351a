"""Telling those concerned what happened with a deviation or a space."""

from deviations.models import Decision, Deviation, DiscretionarySpace
from organisation.models import Event, Membership, Notice, Role, Team, User

from . import turning_to


def people_in(team: Team, *roles: Role) -> list[User]:
    """Who is in this team at this moment, in one of these roles."""
    memberships = Membership.objects.current().filter(team=team, role__in=roles)
    return list(User.objects.filter(pk__in=memberships.values("user"), is_active=True))


def managers_of(deviation: Deviation) -> list[User]:
    """Those who can answer now: managers of the team and their deputies, or who it was passed on to."""
    return list(turning_to.answerers_of(deviation).people)


def tell(event: Event, thing: Deviation | Decision | DiscretionarySpace, people: list[User]) -> None:
    """Queue a notice for these people about this line of the logbook."""
    Notice.queue(event=event, recipients=people, url=thing.get_absolute_url())
