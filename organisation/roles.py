"""What each role may do, in words for people: shown where roles are given."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.models import Role


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role, what it may do, and what it may not."""

    role: Role
    may: Promise
    may_not: Promise


CARDS = (
    RoleCard(
        Role.CASEWORKER,
        _("Opens cases of their team, works on them, and records deviations from routine."),
        _("Does not see cases of other teams, unless they are shared."),
    ),
    RoleCard(
        Role.MANAGER,
        _("Answers requests of their team and grants space in advance."),
        _("Never decides on their own deviation. Sees a case only when something was put before them."),
    ),
    RoleCard(
        Role.POLICY_OFFICER,
        _("Sees the figures, keeps the routines up to date and brings registers in."),
        _("Never sees a case or who it is about."),
    ),
    RoleCard(
        Role.REPORTER,
        _("Writes the account to board and council from the figures."),
        _("Never sees a case."),
    ),
    RoleCard(
        Role.PRIVACY_OFFICER,
        _("Sees who opened which case, and looks after terms of keeping."),
        _("Does not change cases."),
    ),
    RoleCard(
        Role.CONTROLLER,
        _("Checks by sample whether deviations can be accounted for."),
        _("Does not check their own work."),
    ),
    RoleCard(
        Role.ADMINISTRATOR,
        _("Manages people, teams, roles and lists of terms."),
        _("Sees no cases because of this role, and cannot change their own rights."),
    ),
)
MUNICIPAL_CARDS = CARDS[2:]
