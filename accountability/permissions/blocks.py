"""Who may do what with the building blocks, the self-scan of a team and the trust pulse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.blocks import Action, PulseAction, ScanAction
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Person, Rule, who

CASEWORKER, MANAGER = "caseworker", "manager"
POLICY_OFFICER, ADMINISTRATOR = "policy_officer", "administrator"

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
leads_the_team = Condition(
    lambda person, team: team.pk in person.standing.leads, _("Only the manager of the team does this.")
)
leads_its_team = Condition(
    lambda person, scan: scan.team_id in person.standing.leads, _("Only the manager of the team does this.")
)
is_of_the_team = Condition(
    lambda person, scan: scan.team_id in person.standing.teams, _("This is for colleagues of the team.")
)
is_complete = Condition(
    lambda person, scan: not scan.open_blocks, _("First fill in every building block, with a number and its evidence.")
)
is_invited = Condition(
    lambda person, invitation: invitation is not None,
    _("This trust pulse is for who was a caseworker or manager when it was opened."),
)
has_not_answered = Condition(
    lambda person, invitation: not invitation.answered, _("You answered already. Everybody answers once.")
)

MAY: dict[Action, Rule] = {
    #                   who                                    only if
    Action.READ: Rule(conditions=(is_active,)),
    Action.KEEP: Rule(who(POLICY_OFFICER, ADMINISTRATOR), (is_active,)),
}
# The thing of START is the team, of the others the self-scan.
MAY_WITH_SCAN: dict[ScanAction, Rule] = {
    ScanAction.START: Rule(who(MANAGER), (is_active, leads_the_team)),
    ScanAction.WRITE: Rule(who(CASEWORKER, MANAGER), (is_active, is_of_the_team)),
    ScanAction.CLOSE: Rule(who(MANAGER), (is_active, leads_its_team, is_complete)),
}
# The thing of ANSWER is the invitation of this person, or None.
MAY_WITH_PULSE: dict[PulseAction, Rule] = {
    PulseAction.OPEN:   Rule(who(POLICY_OFFICER), (is_active,)),
    PulseAction.ANSWER: Rule(conditions=(is_active, is_invited, has_not_answered)),
    PulseAction.CLOSE:  Rule(who(POLICY_OFFICER), (is_active,)),
}  # fmt: skip


def answer(person: Person, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)


def require(person: Person, action: Action) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, None)


def answer_with_scan(person: Person, action: ScanAction, thing: Any) -> Answer:
    """Whether this person may do this with this team or self-scan, and if not, why."""
    return access.answer(MAY_WITH_SCAN, person, action, thing)


def require_with_scan(person: Person, action: ScanAction, thing: Any) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_SCAN, person, action, thing)


def answer_with_pulse(person: Person, action: PulseAction, thing: Any = None) -> Answer:
    """Whether this person may do this with this trust pulse, and if not, why."""
    return access.answer(MAY_WITH_PULSE, person, action, thing)


def require_with_pulse(person: Person, action: PulseAction, thing: Any = None) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_PULSE, person, action, thing)
