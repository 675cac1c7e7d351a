"""People, teams, terms, the logbook, notices and the errand book."""

from .base import Noun, Term
from .drafts import Draft
from .errands import Errand, Heartbeat
from .logbook import AccessEvent, AccessWay, Event
from .notices import Notice
from .numbering import Counter
from .people import MUNICIPAL_ROLES, TEAM_ROLES, MailPreference, Membership, Role, Standing, Team, User
from .terms import LifeDomain, Neighbourhood, PolicyDomain

__all__ = (
    "MUNICIPAL_ROLES",
    "TEAM_ROLES",
    "AccessEvent",
    "AccessWay",
    "Counter",
    "Draft",
    "Errand",
    "Event",
    "Heartbeat",
    "LifeDomain",
    "MailPreference",
    "Membership",
    "Neighbourhood",
    "Noun",
    "Notice",
    "PolicyDomain",
    "Role",
    "Standing",
    "Team",
    "Term",
    "User",
)
