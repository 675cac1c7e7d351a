"""Who may do what with a proposal for a space, and the sentence when they may not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from deviations.permissions import answers_for_the_team, is_active
from deviations.workflow.proposals import AskAction
from organisation.kernel import access
from organisation.kernel.access import Condition, Rule, who
from organisation.models import Role, User

works_in_the_team = Condition(
    lambda person, thing: thing.team_id in person.standing.works_in, _("You propose a space for a team you work in.")
)
asked_it = Condition(lambda person, asked: asked.author_id == person.pk, _("Only who proposed this can do this."))
did_not_ask_it = Condition(
    lambda person, asked: asked.author_id not in person.accounts,
    _("You proposed this yourself: another manager of this team answers."),
)


PROPOSES = Rule(who(Role.CASEWORKER), (is_active, works_in_the_team))
PROPOSED = Rule(who(Role.CASEWORKER), (is_active, asked_it))
ANSWERS_PROPOSED = Rule(who(Role.MANAGER), (is_active, did_not_ask_it, answers_for_the_team))

MAY_WITH_ASKED: dict[AskAction, Rule] = {
    AskAction.ASK:               PROPOSES,
    AskAction.REPLY:             PROPOSED,
    AskAction.WITHDRAW:          PROPOSED,
    AskAction.RETURN:            ANSWERS_PROPOSED,
    AskAction.GRANT:             ANSWERS_PROPOSED,
    AskAction.GRANT_DIFFERENTLY: ANSWERS_PROPOSED,
    AskAction.DECLINE:           ANSWERS_PROPOSED,
}  # fmt: skip


def answer(person: User, action: AskAction, asked: Any) -> access.Answer:
    """Whether this person may do this with this proposal for a space, or why not."""
    return access.answer(MAY_WITH_ASKED, person, action, asked)


def require(person: User, action: AskAction, asked: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer` allows."""
    access.require(MAY_WITH_ASKED, person, action, asked)
