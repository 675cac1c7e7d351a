"""The life of a destruction list, and what can be done with what is kept too long."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class ListState(models.TextChoices):
    """Where a destruction list stands."""

    DRAFT = "draft", _("Being looked through")
    AWAITING = "awaiting", _("Awaits a second person")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Carried out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LineState(models.TextChoices):
    """Where one line of a list stands."""

    LISTED = "listed", _("On the list")
    TAKEN_OFF = "taken_off", _("Taken off")
    GOING = "going", _("Being destroyed")
    GONE = "gone", _("Destroyed, files to follow")
    DESTROYED = "destroyed", _("Destroyed")


class RetentionAction(models.TextChoices):
    """What somebody may do."""

    READ = "read", _("Read what is due and what is held")
    MAKE = "make", _("Make a destruction list")
    TAKE_OFF = "take_off", _("Take a line off the list")
    SUBMIT = "submit", _("Put before a second person")
    RETURN = "return", _("Give back to who made it")
    APPROVE = "approve", _("Approve, and have it carried out")
    WITHDRAW = "withdraw", _("Withdraw")
    RESUME = "resume", _("Go on where it stopped")
    READ_CLASSES = "read_classes", _("Read the retention classes")
    ANSWER_ACCESS = "answer_access", _("Bring together everything about one case")


MOVES: dict[RetentionAction, Move] = {
    #                          from                                       to
    RetentionAction.SUBMIT:   Move((ListState.DRAFT,),                     ListState.AWAITING),
    RetentionAction.RETURN:   Move((ListState.AWAITING,),                  ListState.DRAFT),
    RetentionAction.APPROVE:  Move((ListState.AWAITING,),                  ListState.RUNNING),
    RetentionAction.WITHDRAW: Move((ListState.DRAFT, ListState.AWAITING),  ListState.WITHDRAWN),
    RetentionAction.RESUME:   Move((ListState.RUNNING,),                   ListState.RUNNING),
}  # fmt: skip

# A line that is still to be carried out: of one thing there is one at most.
OPEN_LINES = (LineState.LISTED, LineState.GOING, LineState.GONE)


def next_state(current: str, action: RetentionAction) -> ListState:
    """The state after the action. Raises `WrongState` with a sentence fit to show."""
    state: ListState = _next_state(MOVES, current, action)
    return state
