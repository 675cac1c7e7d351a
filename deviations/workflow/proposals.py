"""The life of a proposal for a space: its state changes hands here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class AskState(models.TextChoices):
    """Where a proposal for a space stands."""

    ASKED = "asked", _("Awaits an answer")
    RETURNED = "returned", _("Returned with a question")
    GRANTED = "granted", _("Granted")
    GRANTED_DIFFERENTLY = "granted_differently", _("Granted differently")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AskAction(models.TextChoices):
    """What can be done with a proposal for a space."""

    ASK = "ask", _("Propose")
    REPLY = "reply", _("Answer the question")
    WITHDRAW = "withdraw", _("Withdraw")
    RETURN = "return", _("Return with a question")
    GRANT = "grant", _("Grant")
    GRANT_DIFFERENTLY = "grant_differently", _("Grant differently")
    DECLINE = "decline", _("Decline")


ASK_MOVES: dict[AskAction, Move] = {
    #                                  from                                   to
    AskAction.REPLY:             Move((AskState.RETURNED,),                   AskState.ASKED),
    AskAction.WITHDRAW:          Move((AskState.ASKED, AskState.RETURNED),    AskState.WITHDRAWN),
    AskAction.RETURN:            Move((AskState.ASKED,),                      AskState.RETURNED),
    AskAction.GRANT:             Move((AskState.ASKED,),                      AskState.GRANTED),
    AskAction.GRANT_DIFFERENTLY: Move((AskState.ASKED,),                      AskState.GRANTED_DIFFERENTLY),
    AskAction.DECLINE:           Move((AskState.ASKED,),                      AskState.DECLINED),
}  # fmt: skip


def next_ask_state(current: str, action: AskAction) -> AskState:
    """The state of a proposal after the action. Raises `WrongState` with a sentence fit to show."""
    state: AskState = _next_state(ASK_MOVES, current, action)
    return state
