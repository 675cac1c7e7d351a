"""Who may do what with lines of the public register: one writes, another releases."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.register import LineAction
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Person, Rule, who

REPORTER, POLICY_OFFICER = "reporter", "policy_officer"
KEEPERS = frozenset((REPORTER, POLICY_OFFICER))

is_active = Condition(lambda person, line: person.is_active, _("Your account is closed."))
was_there_or_keeps_it = Condition(
    lambda person, line: bool(KEEPERS & person.roles) or line.is_told_by(person),
    _("Who made the deviation writes this, or who keeps the register."),
)
did_not_write_it = Condition(
    lambda person, line: not person.accounts & {line.written_by_id, line.proposed_by_id},
    _("You proposed or wrote this line. A second person releases it."),
)
KEEPS = Rule(who(REPORTER, POLICY_OFFICER), (is_active,))

MAY_WITH_LINE: dict[LineAction, Rule] = {
    #                            who                            only if
    LineAction.READ:      KEEPS,
    LineAction.PROPOSE:   KEEPS,
    LineAction.WRITE:     Rule(who(), (is_active, was_there_or_keeps_it)),
    LineAction.LEAVE_OUT: KEEPS,
    LineAction.RELEASE:   Rule(who(REPORTER, POLICY_OFFICER), (is_active, did_not_write_it)),
    LineAction.TAKE_BACK: KEEPS,
}  # fmt: skip


def answer(person: Person, action: LineAction, line: Any = None) -> Answer:
    """Whether this person may do this with this line, and if not, why."""
    return access.answer(MAY_WITH_LINE, person, action, line)


def require(person: Person, action: LineAction, line: Any = None) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_LINE, person, action, line)
