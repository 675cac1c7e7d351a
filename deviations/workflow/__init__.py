"""The life of a deviation, a space, a consultation and a sign of unease: their states change hands only here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class State(models.TextChoices):
    """Where a deviation stands."""

    DRAFT = "draft", _("Draft")
    AWAITING = "awaiting", _("Awaits an answer")
    AGREED = "agreed", _("Agreed")
    AGREED_WITH_CONDITIONS = "agreed_with_conditions", _("Agreed with conditions")
    REFUSED = "refused", _("Refused")
    RECORDED = "recorded", _("Recorded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EVALUATED = "evaluated", _("Evaluated")


class Action(models.TextChoices):
    """What can be done with a deviation."""

    EDIT = "edit", _("Change")
    SUBMIT = "submit", _("Submit for agreement")
    USE_SPACE = "use_space", _("Agree by space")
    RECORD = "record", _("Record")
    TAKE_BACK = "take_back", _("Take back")
    WITHDRAW = "withdraw", _("Withdraw")
    AGREE = "agree", _("Agree")
    AGREE_WITH_CONDITIONS = "agree_with_conditions", _("Agree with conditions")
    RETURN = "return", _("Return with a question")
    REFUSE = "refuse", _("Refuse")
    REVISE = "revise", _("Change what was decided on")
    ASK_AGAIN = "ask_again", _("Change it and send it in again")
    EVALUATE = "evaluate", _("Look back")
    OBJECT = "object", _("Object")


MOVES: dict[Action, Move] = {
    #                                  from                                          to
    Action.EDIT:                  Move((State.DRAFT,),                               State.DRAFT),
    Action.SUBMIT:                Move((State.DRAFT,),                               State.AWAITING),
    Action.USE_SPACE:             Move((State.DRAFT,),                               State.AGREED),
    Action.RECORD:                Move((State.DRAFT,),                               State.RECORDED),
    Action.TAKE_BACK:             Move((State.AWAITING,),                            State.DRAFT),
    Action.WITHDRAW:              Move((State.DRAFT, State.AWAITING),                State.WITHDRAWN),
    Action.AGREE:                 Move((State.AWAITING,),                            State.AGREED),
    Action.AGREE_WITH_CONDITIONS: Move((State.AWAITING,),                            State.AGREED_WITH_CONDITIONS),
    Action.RETURN:                Move((State.AWAITING,),                            State.DRAFT),
    Action.REFUSE:                Move((State.AWAITING,),                            State.REFUSED),
    Action.REVISE:                Move((State.AGREED, State.AGREED_WITH_CONDITIONS), State.DRAFT),
    Action.ASK_AGAIN:             Move((State.REFUSED,),                             State.REFUSED),
    Action.EVALUATE:              Move((State.AGREED, State.AGREED_WITH_CONDITIONS), State.EVALUATED),
    Action.OBJECT:                Move((State.AGREED,),                              State.AWAITING),
}  # fmt: skip


def next_state(current: str, action: Action) -> State:
    """The state of a deviation after the action. Raises `WrongState` with a sentence fit to show."""
    state: State = _next_state(MOVES, current, action)
    return state


class SpaceState(models.TextChoices):
    """Where a discretionary space stands."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class SpaceAction(models.TextChoices):
    """What can be done with a discretionary space."""

    EDIT = "edit", _("Change")
    GRANT = "grant", _("Grant")
    HOLDERS = "holders", _("Change who holds it")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Take up again")
    WITHDRAW = "withdraw", _("Withdraw")
    EXPIRE = "expire", _("Expire")
    RENEW = "renew", _("Renew")
    EVALUATE = "evaluate", _("Look back")


SPACE_MOVES: dict[SpaceAction, Move] = {
    #                          from                                                        to
    SpaceAction.EDIT:     Move((SpaceState.DRAFT,),                                        SpaceState.DRAFT),
    SpaceAction.GRANT:    Move((SpaceState.DRAFT,),                                        SpaceState.ACTIVE),
    SpaceAction.SUSPEND:  Move((SpaceState.ACTIVE,),                                       SpaceState.SUSPENDED),
    SpaceAction.RESUME:   Move((SpaceState.SUSPENDED,),                                    SpaceState.ACTIVE),
    SpaceAction.WITHDRAW: Move((SpaceState.DRAFT, SpaceState.ACTIVE, SpaceState.SUSPENDED), SpaceState.WITHDRAWN),
    SpaceAction.EXPIRE:   Move((SpaceState.ACTIVE, SpaceState.SUSPENDED),                  SpaceState.EXPIRED),
}  # fmt: skip


def next_space_state(current: str, action: SpaceAction) -> SpaceState:
    """The state of a space after the action. Raises `WrongState` with a sentence fit to show."""
    state: SpaceState = _next_state(SPACE_MOVES, current, action)
    return state


# A deviation in one of these states is still being made up, so advice about it matters.
ASKABLE = (State.DRAFT, State.AWAITING)


class AdviceState(models.TextChoices):
    """Where a consultation stands."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Advice given")
    SETTLED = "settled", _("Weighed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AdviceAction(models.TextChoices):
    """What can be done to get advice; asking and entering what was received begin a consultation."""

    ASK = "ask", _("Ask advice")
    RECEIVE = "receive", _("Enter advice that was received")
    ANSWER = "answer", _("Give advice")
    WITHDRAW = "withdraw", _("Withdraw the question")
    SETTLE = "settle", _("Say what was done with the advice")


ADVICE_MOVES: dict[AdviceAction, Move] = {
    #                            from                                         to
    AdviceAction.ANSWER:   Move((AdviceState.ASKED,),                         AdviceState.ANSWERED),
    AdviceAction.WITHDRAW: Move((AdviceState.ASKED,),                         AdviceState.WITHDRAWN),
    AdviceAction.SETTLE:   Move((AdviceState.ASKED, AdviceState.ANSWERED),    AdviceState.SETTLED),
}  # fmt: skip


def next_advice_state(current: str, action: AdviceAction) -> AdviceState:
    """The state of a consultation after the action. Raises `WrongState` with a sentence fit to show."""
    state: AdviceState = _next_state(ADVICE_MOVES, current, action)
    return state


class UneaseState(models.TextChoices):
    """What became of a sign that something feels wrong; all but the first are replies."""

    NEW = "new", _("Not answered yet")
    RECEIVED = "received", _("Received")
    ACTED_UPON = "acted_upon", _("Acted upon")
    PASSED_ON = "passed_on", _("Passed on to learning")


class UneaseAction(models.TextChoices):
    """What can be done with a sign that something feels wrong."""

    VOICE = "voice", _("Say that something feels wrong")
    RECEIVE = "receive", _("Received")
    ACT = "act", _("Acted upon")
    PASS_ON = "pass_on", _("Pass on to learning")
    DEVIATE = "deviate", _("Begin a deviation")


UNEASE_MOVES: dict[UneaseAction, Move] = {
    #                            from                 to
    UneaseAction.RECEIVE:  Move((UneaseState.NEW,),   UneaseState.RECEIVED),
    UneaseAction.ACT:      Move(tuple(UneaseState),   UneaseState.ACTED_UPON),
    UneaseAction.PASS_ON:  Move(tuple(UneaseState),   UneaseState.PASSED_ON),
}  # fmt: skip


def next_unease_state(current: str, action: UneaseAction) -> UneaseState:
    """The state of a sign of unease after the reply. Raises `WrongState` with a sentence fit to show."""
    state: UneaseState = _next_state(UNEASE_MOVES, current, action)
    return state
