"""Who may do what with a round of reviews, and with one review."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.workflow.reviewing import ReviewAction, RoundAction, RoundState
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Rule, who

CONTROLLER, MANAGER = "controller", "manager"

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
is_reviewer = Condition(lambda person, review: review.reviewer_id == person.pk, _("This review was not asked of you."))
had_no_part_in_it = Condition(
    lambda person, review: person.accounts.isdisjoint((review.author_id, review.decider_id)),
    _("You had a part in this decision yourself. Somebody else reviews it."),
)
is_author = Condition(
    lambda person, review: review.author_id == person.pk, _("Only the author of the deviation responds to its review.")
)
round_is_running = Condition(
    lambda person, review: review.round.state == RoundState.RUNNING,
    _("The round is closed. Its report is made and does not change any more."),
)

REVIEWS = Rule(conditions=(is_active, is_reviewer, had_no_part_in_it, round_is_running))
CONTROLS = Rule(who(CONTROLLER), (is_active,))

MAY_WITH_ROUND: dict[RoundAction, Rule] = {
    #                        who
    RoundAction.DRAW:   CONTROLS,
    RoundAction.FOLLOW: Rule(who(CONTROLLER, MANAGER), (is_active,)),
    RoundAction.CLOSE:  CONTROLS,
}  # fmt: skip

MAY_WITH_REVIEW: dict[ReviewAction, Rule] = {
    #                             only who, and only if
    ReviewAction.ANSWER:     REVIEWS,
    ReviewAction.STEP_ASIDE: REVIEWS,
    ReviewAction.REASSIGN:   Rule(who(CONTROLLER), (is_active, round_is_running)),
    ReviewAction.RESPOND:    Rule(conditions=(is_active, is_author, round_is_running)),
}  # fmt: skip


def answer_with_round(person: Any, action: RoundAction) -> Answer:
    """Whether this person may do this with rounds, and if not, why."""
    return access.answer(MAY_WITH_ROUND, person, action, None)


def require_with_round(person: Any, action: RoundAction) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_ROUND, person, action, None)


def answer_with_review(person: Any, action: ReviewAction, review: Any) -> Answer:
    """Whether this person may do this with this review, and if not, why."""
    return access.answer(MAY_WITH_REVIEW, person, action, review)


def require_with_review(person: Any, action: ReviewAction, review: Any) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_REVIEW, person, action, review)
