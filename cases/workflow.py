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
    """What can be done with a case and with what is in it."""

    OPEN = "open", _("Open a case")
    HOLD = "hold", _("Put on hold")
    RESUME = "resume", _("Take up again")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")
    EDIT = "edit", _("Change the facts")
    RESTRICT = "restrict", _("Choose who may see the case")
    HAND_OVER = "hand_over", _("Hand over")
    SHARE = "share", _("Share")
    END_SHARE = "end_share", _("Stop sharing")
    WRITE = "write", _("Write in the journal")
    CHANGE_ENTRY = "change_entry", _("Change a journal entry")
    ADD_ADDENDUM = "add_addendum", _("Correct a journal entry")
    AGREE = "agree", _("Record an agreement")
    MARK_DONE = "mark_done", _("Mark as done")
    UNDO_DONE = "undo_done", _("Not done after all")
    APPLY = "apply", _("Apply a routine")
    ATTACH = "attach", _("Add a file")
    DETACH = "detach", _("Take a file away")
    CLASSIFY = "classify", _("Choose the retention class")
    PLACE_HOLD = "place_hold", _("Hold the destruction")
    LIFT_HOLD = "lift_hold", _("Lift a hold on destruction")


class RoutineAction(models.TextChoices):
    """What can be done with the catalogue of routines."""

    ADD_ROUTINE = "add_routine", _("Add a routine")
    EDIT_ROUTINE = "edit_routine", _("Change title or owner")
    ADD_VERSION = "add_version", _("Make a new version")
    CORRECT_VERSION = "correct_version", _("Correct this version")


class RetentionAction(models.TextChoices):
    """What can be done with the list of retention classes."""

    KEEP_CLASSES = "keep_classes", _("Keep the retention classes")


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
