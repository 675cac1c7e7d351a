"""The life of an account to management, board and council: it changes hands here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class EditionState(models.TextChoices):
    """Where an account stands."""

    DRAFT = "draft", _("In preparation")
    FROZEN = "frozen", pgettext_lazy("of an account", "Frozen")
    PUBLISHED = "published", _("Published")


class EditionAction(models.TextChoices):
    """What can be done with an account."""

    READ = "read", _("Read before it is published")
    MAKE = "make", _("Make")
    WRITE = "write", _("Write")
    CHOOSE = "choose", _("Choose a story")
    RELEASE = "release", _("Release a story")
    FREEZE = "freeze", _("Freeze the figures")
    RETURN = "return", pgettext_lazy("to its writer", "Give back")
    PUBLISH = "publish", _("Publish")


_S = EditionState
EDITION_MOVES: dict[EditionAction, Move] = {
    #                              from              to
    EditionAction.FREEZE:  Move((_S.DRAFT,),         _S.FROZEN),
    EditionAction.RETURN:  Move((_S.FROZEN,),        _S.DRAFT),
    EditionAction.PUBLISH: Move((_S.FROZEN,),        _S.PUBLISHED),
}  # fmt: skip
# What is done without a move, and in which states.
WITHIN: dict[EditionAction, tuple[EditionState, ...]] = {
    EditionAction.WRITE:   (_S.DRAFT, _S.FROZEN),
    EditionAction.CHOOSE:  (_S.DRAFT, _S.FROZEN),
    EditionAction.RELEASE: (_S.DRAFT, _S.FROZEN),
}  # fmt: skip


def next_state(current: str, action: EditionAction) -> EditionState:
    """The state of an account after the action. Raises `WrongState` with a sentence fit to show."""
    move = EDITION_MOVES.get(action) or Move(WITHIN[action], EditionState(current))
    state: EditionState = _next_state({**EDITION_MOVES, action: move}, current, action)
    return state


def possible(current: str) -> frozenset[EditionAction]:
    """What can be done with an account in this state."""
    moves = {action for action, move in EDITION_MOVES.items() if current in move.origins}
    return frozenset(moves | {action for action, states in WITHIN.items() if current in states})
