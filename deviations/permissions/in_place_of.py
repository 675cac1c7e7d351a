"""Who gives room in the place of a manager: only by answering a proposal that was put to them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from deviations.rules.answering import acting_as
from deviations.workflow import SpaceState
from deviations.workflow.proposals import AskState
from organisation.kernel.access import Condition
from organisation.models import User


def _answers_its_proposal(person: User, space: Any) -> bool:
    """Whether this is the draft of a proposal that waits for this person."""
    asked = space.proposal
    if asked is None or space.state != SpaceState.DRAFT or asked.author_id in person.accounts:
        return False
    return asked.state == AskState.ASKED and acting_as(person.standing, space.team_id, asked.passed_on) is not None


gives_for_the_team = Condition(
    lambda person, space: space.team_id in person.standing.leads or _answers_its_proposal(person, space),
    _("Only a manager who leads this team can do this."),
)
