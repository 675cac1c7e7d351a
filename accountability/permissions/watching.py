"""Who may read the account that is given."""

from accountability.workflow.watching import Action
from organisation.kernel import access
from organisation.kernel.access import Answer, Person, Rule, who

PRIVACY_OFFICER, CONTROLLER = "privacy_officer", "controller"

MAY: dict[Action, Rule] = {
    #                            who
    Action.READ_ACCESS:   Rule(who(PRIVACY_OFFICER)),
    Action.READ_STANDING: Rule(who(CONTROLLER)),
}  # fmt: skip


def answer(person: Person, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)
