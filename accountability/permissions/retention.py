"""Who may do what with what is kept too long: made by one, approved by another (ADR 0027)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.retention import ListState, RetentionAction
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Rule, who

PRIVACY_OFFICER, CONTROLLER, ADMINISTRATOR = "privacy_officer", "controller", "administrator"

is_not_maker = Condition(
    lambda person, made: made.made_by_id not in person.accounts, _("You made this list. Somebody else approves it.")
)
can_lose_lines = Condition(
    lambda person, made: made.state in (ListState.DRAFT, ListState.AWAITING),
    _("This list is no longer being looked through."),
)

GUARDS = who(PRIVACY_OFFICER, CONTROLLER)
MAY: dict[RetentionAction, Rule] = {
    #                                  who                              only if
    RetentionAction.READ:          Rule(GUARDS),
    RetentionAction.MAKE:          Rule(GUARDS),
    RetentionAction.TAKE_OFF:      Rule(GUARDS,                          (can_lose_lines,)),
    RetentionAction.SUBMIT:        Rule(GUARDS),
    RetentionAction.RETURN:        Rule(GUARDS),
    RetentionAction.APPROVE:       Rule(GUARDS,                          (is_not_maker,)),
    RetentionAction.WITHDRAW:      Rule(GUARDS),
    RetentionAction.RESUME:        Rule(GUARDS),
    RetentionAction.READ_CLASSES:  Rule(GUARDS | who(ADMINISTRATOR)),
    RetentionAction.ANSWER_ACCESS: Rule(who(PRIVACY_OFFICER)),
}  # fmt: skip


def answer(person: Any, action: RetentionAction, thing: Any = None) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, thing)


def require(person: Any, action: RetentionAction, thing: Any = None) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, thing)
