"""Who reads the list of internal control."""

from typing import Any

from accountability.workflow.controlling import Action
from organisation.kernel import access
from organisation.kernel.access import Answer, Rule, who

CONTROLLER = "controller"

MAY: dict[Action, Rule] = {
    #                   who
    Action.READ:   Rule(who(CONTROLLER)),
    Action.EXPORT: Rule(who(CONTROLLER)),
}  # fmt: skip


def answer(person: Any, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)
