"""People, teams, terms, the logbook, notices and the errand book."""

from .base import Noun, Term
from .deputising import Deputising
from .drafts import Draft
from .errands import Errand, Heartbeat
from .logbook import AccessBasis, AccessEvent, AccessWay, Basis, Event
from .notices import Notice
from .numbering import Counter
from .people import MUNICIPAL_ROLES, TEAM_ROLES, MailPreference, Membership, Role, Standing, Team, User
from .saved_views import Audience, SavedView
from .seals import BOOKS, Checkpoint, SealedLine
from .terms import LifeDomain, Neighbourhood, PolicyDomain

__all__ = (
    "BOOKS",
    "MUNICIPAL_ROLES",
    "TEAM_ROLES",
    "AccessBasis",
    "AccessEvent",
    "AccessWay",
    "Audience",
    "Basis",
    "Checkpoint",
    "Counter",
    "Deputising",
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
    "SavedView",
    "SealedLine",
    "Standing",
    "Team",
    "Term",
    "User",
)
