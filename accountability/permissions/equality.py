"""Who may read how comparable requests were answered."""

from accountability.workflow.equality import Action
from organisation.kernel import access
from organisation.kernel.access import Answer, Person, Rule, who

POLICY_OFFICER, REPORTER, CONTROLLER, MANAGER = "policy_officer", "reporter", "controller", "manager"

MAY: dict[Action, Rule] = {
    #                          who
    Action.READ:        Rule(who(POLICY_OFFICER, REPORTER, CONTROLLER, MANAGER)),
    # A manager reads the own team beside the rest: no other team by name.
    Action.READ_ALL:    Rule(who(POLICY_OFFICER, REPORTER, CONTROLLER)),
    Action.COUNT_AGAIN: Rule(who(POLICY_OFFICER)),
}  # fmt: skip


def answer(person: Person, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)


def require(person: Person, action: Action) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, None)
