"""Who may do what with the figures."""

from organisation.kernel import access
from organisation.kernel.access import Answer, Person, Rule, who

from .workflow import Action

MANAGER, POLICY_OFFICER, REPORTER = "manager", "policy_officer", "reporter"
CONTROLLER, ADMINISTRATOR = "controller", "administrator"

# Those who read figures of every team; a manager reads those of the teams they lead.
WHOLE_MUNICIPALITY = frozenset((POLICY_OFFICER, REPORTER))

MAY: dict[Action, Rule] = {
    #                          who
    Action.READ_FIGURES: Rule(who(POLICY_OFFICER, REPORTER, MANAGER)),
    Action.READ_RUNS:    Rule(who(POLICY_OFFICER, REPORTER, CONTROLLER, ADMINISTRATOR)),
    Action.ROLL_UP:      Rule(who(POLICY_OFFICER, ADMINISTRATOR)),
}  # fmt: skip


def answer(person: Person, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)


def require(person: Person, action: Action) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, None)
