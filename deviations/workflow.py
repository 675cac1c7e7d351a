"""The life of a deviation and of a space: their states change hands here and nowhere else."""

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
    EVALUATE = "evaluate", _("Look back")


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
    Action.EVALUATE:              Move((State.AGREED, State.AGREED_WITH_CONDITIONS), State.EVALUATED),
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
