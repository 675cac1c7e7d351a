"""The life of a case: its status changes hands here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class State(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


class Action(models.TextChoices):
    """What can be done with a case."""

    HOLD = "hold", _("Put on hold")
    RESUME = "resume", _("Take up again")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")
    EDIT = "edit", _("Change the facts")
    SHARE = "share", _("Share")
    END_SHARE = "end_share", _("Stop sharing")
    WRITE = "write", _("Write in the journal")
    AGREE = "agree", _("Record an agreement")


MOVES: dict[Action, Move] = {
    #                   from                          to
    Action.HOLD:   Move((State.OPEN,),                State.ON_HOLD),
    Action.RESUME: Move((State.ON_HOLD,),             State.OPEN),
    Action.CLOSE:  Move((State.OPEN, State.ON_HOLD),  State.CLOSED),
    Action.REOPEN: Move((State.CLOSED,),              State.OPEN),
}  # fmt: skip


def next_state(current: str, action: Action) -> State:
    """The status after the action. Raises `WrongState` with a sentence fit to show."""
    state: State = _next_state(MOVES, current, action)
    return state
