"""Who may do what with an account to management, board and council: one writes, another publishes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.editions import EditionAction
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Person, Rule, who

REPORTER, POLICY_OFFICER = "reporter", "policy_officer"

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
did_not_choose = Condition(
    lambda person, story: story.chosen_by_id not in person.accounts,
    _("You chose this story. A second person releases it."),
)
did_not_write = Condition(
    lambda person, edition: person.accounts.isdisjoint(edition.writers),
    _("You wrote in this account, or froze its figures. A second person publishes it."),
)
WRITES = Rule(who(REPORTER), (is_active,))
CHECKS = Rule(who(REPORTER, POLICY_OFFICER), (is_active,))

MAY_WITH_EDITION: dict[EditionAction, Rule] = {
    #                           who                                only if
    EditionAction.READ:    CHECKS,
    EditionAction.MAKE:    WRITES,
    EditionAction.WRITE:   WRITES,
    EditionAction.CHOOSE:  WRITES,
    EditionAction.RELEASE: Rule(who(REPORTER, POLICY_OFFICER), (is_active, did_not_choose)),
    EditionAction.FREEZE:  WRITES,
    EditionAction.RETURN:  CHECKS,
    EditionAction.PUBLISH: Rule(who(REPORTER, POLICY_OFFICER), (is_active, did_not_write)),
}  # fmt: skip


def answer(person: Person, action: EditionAction, thing: Any = None) -> Answer:
    """Whether this person may do this with this account (or, to release, this story), and if not, why."""
    return access.answer(MAY_WITH_EDITION, person, action, thing)


def require(person: Person, action: EditionAction, thing: Any = None) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_EDITION, person, action, thing)
