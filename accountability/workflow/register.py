"""The life of a line in the public register."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class LineState(models.TextChoices):
    """Where a line stands."""

    PROPOSED = "proposed", pgettext_lazy("line of the register", "Proposed")
    WRITTEN = "written", pgettext_lazy("line of the register", "Waits to be released")
    RELEASED = "released", pgettext_lazy("line of the register", "In the register")
    TAKEN_BACK = "taken_back", pgettext_lazy("line of the register", "Taken back")


class LineAction(models.TextChoices):
    """What can be done with a line."""

    READ = "read_line", _("Read before it is released")
    PROPOSE = "propose", _("Propose lines")
    WRITE = "write", pgettext_lazy("line of the register", "Write the summary")
    LEAVE_OUT = "leave_out", _("Leave it out")
    RELEASE = "release", pgettext_lazy("line of the register", "Release")
    TAKE_BACK = "take_back", pgettext_lazy("line of the register", "Take back")


_S = LineState
LINE_MOVES: dict[LineAction, Move] = {
    #                            from                              to
    LineAction.WRITE:     Move((_S.PROPOSED, _S.WRITTEN),          _S.WRITTEN),
    LineAction.RELEASE:   Move((_S.WRITTEN,),                      _S.RELEASED),
    LineAction.TAKE_BACK: Move((_S.RELEASED,),                     _S.TAKEN_BACK),
}  # fmt: skip
# Left out, there is no line any more.
WITHIN: dict[LineAction, tuple[LineState, ...]] = {LineAction.LEAVE_OUT: (_S.PROPOSED, _S.WRITTEN)}


def next_state(current: str, action: LineAction) -> LineState:
    """The state of a line after the action. Raises `WrongState` with a sentence fit to show."""
    move = LINE_MOVES.get(action) or Move(WITHIN[action], LineState(current))
    state: LineState = _next_state({**LINE_MOVES, action: move}, current, action)
    return state


def possible(current: str) -> frozenset[LineAction]:
    """What can be done with a line in this state."""
    moves = {action for action, move in LINE_MOVES.items() if current in move.origins}
    return frozenset(moves | {action for action, states in WITHIN.items() if current in states})
