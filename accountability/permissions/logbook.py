"""Who reads the logbook, and who reads who looked at a file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.logbook import Action
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Rule, who

PRIVACY_OFFICER, CONTROLLER, ADMINISTRATOR = "privacy_officer", "controller", "administrator"
LOG_READERS = who(PRIVACY_OFFICER, CONTROLLER)
# The administrator reads no line, and sees whether the seal is made: keeping it going is their work.
SEAL_READERS = who(PRIVACY_OFFICER, CONTROLLER, ADMINISTRATOR)

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
answers_for_the_file = Condition(
    lambda person, case: bool(LOG_READERS & person.roles) or case.handler_id == person.pk,
    _("Who looked at a file is for its handler, the privacy officer and internal control."),
)

MAY: dict[Action, Rule] = {
    #                             who           only if
    Action.READ:          Rule(LOG_READERS, (is_active,)),
    Action.READ_FILE:     Rule(conditions=(is_active, answers_for_the_file)),
    Action.READ_PERSON:   Rule(LOG_READERS, (is_active,)),
    Action.EXPORT:        Rule(LOG_READERS, (is_active,)),
    Action.READ_SEAL:     Rule(SEAL_READERS, (is_active,)),
    Action.VERIFY:        Rule(SEAL_READERS, (is_active,)),
    Action.MAKE_EVIDENCE: Rule(LOG_READERS, (is_active,)),
}  # fmt: skip


def answer(person: Any, action: Action, case: Any = None) -> Answer:
    """Whether this person may do this (with this case), and if not, why."""
    return access.answer(MAY, person, action, case)


def require(person: Any, action: Action, case: Any = None) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, case)
