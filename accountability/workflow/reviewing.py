"""The life of a round of reviews, and of one review: their states change hands here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class RoundState(models.TextChoices):
    """Where a round stands."""

    RUNNING = "running", pgettext_lazy("of a round of reviews", "Running")
    CLOSED = "closed", pgettext_lazy("of a round of reviews", "Closed")


class RoundAction(models.TextChoices):
    """What can be done with a round."""

    DRAW = "draw", _("Draw a round")
    FOLLOW = "follow", _("Follow a running round")
    CLOSE = "close", _("Close the round and make its report")


ROUND_MOVES: dict[RoundAction, Move] = {
    #                         from                      to
    RoundAction.CLOSE: Move((RoundState.RUNNING,),     RoundState.CLOSED),
}  # fmt: skip


def next_round_state(current: str, action: RoundAction) -> RoundState:
    """The state of a round after the action. Raises `WrongState` with a sentence fit to show."""
    state: RoundState = _next_state(ROUND_MOVES, current, action)
    return state


class ReviewState(models.TextChoices):
    """Where one review stands."""

    ASKED = "asked", _("Waits for the reviewer")
    ANSWERED = "answered", _("Reviewed")
    RESPONDED = "responded", _("Reviewed, and the author responded")


class ReviewAction(models.TextChoices):
    """What can be done with a review."""

    ANSWER = "answer", _("Say what you think of it")
    STEP_ASIDE = "step_aside", _("Leave it to somebody else")
    REASSIGN = "reassign", _("Give it to another reviewer")
    RESPOND = "respond", _("Respond, once")


REVIEW_MOVES: dict[ReviewAction, Move] = {
    #                              from                        to
    ReviewAction.ANSWER:     Move((ReviewState.ASKED,),       ReviewState.ANSWERED),
    ReviewAction.STEP_ASIDE: Move((ReviewState.ASKED,),       ReviewState.ASKED),
    ReviewAction.REASSIGN:   Move((ReviewState.ASKED,),       ReviewState.ASKED),
    ReviewAction.RESPOND:    Move((ReviewState.ANSWERED,),    ReviewState.RESPONDED),
}  # fmt: skip


def next_review_state(current: str, action: ReviewAction) -> ReviewState:
    """The state of a review after the action. Raises `WrongState` with a sentence fit to show."""
    state: ReviewState = _next_state(REVIEW_MOVES, current, action)
    return state
