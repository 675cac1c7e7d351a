"""Who may read the dossier of a deviation, how much of it, and who adds to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.rules.dossiers import Scope
from accountability.workflow.dossiers import Action
from deviations.rules.answering import acting_as
from deviations.workflow import State
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Rule, who

CONTROLLER = "controller"


def _gives_account(person: Any, deviation: Any) -> bool:
    """Author, handler of the case, and whoever answers or answered: each of them explains it to others."""
    own = {deviation.author_id, deviation.decided_by_id, deviation.case.handler_id if deviation.case else None}
    answers = acting_as(person.standing, deviation.team_id, deviation.passed_on)
    return person.pk in own or answers is not None


is_active = Condition(lambda person, deviation: person.is_active, _("Your account is closed."))
gives_account = Condition(
    _gives_account,
    _("The dossier is for who gives account of this deviation: its author, the handler of the case, and who answers."),
)
is_asked_to_review = Condition(
    # Annotated by `models.dossiers.dossiers_for`: fetched otherwise, nobody was asked.
    lambda person, deviation: getattr(deviation, "asked_to_review", False),
    _("You were not asked to review this deviation."),
)
was_decided = Condition(
    lambda person, deviation: bool(deviation.answer) or deviation.state == State.RECORDED,
    _("Nothing was decided yet. Until then the author changes the record itself."),
)
may_take_along = Condition(
    lambda person, deviation: _gives_account(person, deviation) or CONTROLLER in person.roles,
    _("A reviewer reads the dossier here, and takes nothing along."),
)

MAY: dict[Action, Rule] = {
    #                               who, and only if
    Action.READ:           Rule(conditions=(is_active, gives_account)),
    Action.READ_TO_REVIEW: Rule(conditions=(is_active, is_asked_to_review)),
    Action.READ_TO_CHECK:  Rule(who(CONTROLLER), (is_active,)),
    Action.TAKE_ALONG:     Rule(conditions=(is_active, may_take_along)),
    Action.NOTE:           Rule(conditions=(is_active, gives_account, was_decided)),
}  # fmt: skip
SCOPES = {
    Action.READ: Scope.WHOLE,
    Action.READ_TO_REVIEW: Scope.REVIEW,
    Action.READ_TO_CHECK: Scope.CONTROL,
}


def answer(person: Any, action: Action, deviation: Any) -> Answer:
    """Whether this person may do this with the dossier, and if not, why."""
    return access.answer(MAY, person, action, deviation)


def require(person: Any, action: Action, deviation: Any) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, deviation)


def scope_of(person: Any, deviation: Any) -> Scope | None:
    """How much of the dossier this person reads: the widest that they may; None when they may not read it."""
    return next((scope for action, scope in SCOPES.items() if answer(person, action, deviation)), None)
