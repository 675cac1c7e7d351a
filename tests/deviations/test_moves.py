"""The states of a deviation and of a space, written again by hand."""

import pytest

from deviations.workflow import Action, SpaceAction, SpaceState, State, next_space_state, next_state
from organisation.kernel.access import WrongState

MOVES = {
    ("draft", "edit"): "draft",
    ("draft", "submit"): "awaiting",
    ("draft", "use_space"): "agreed",
    ("draft", "record"): "recorded",
    ("draft", "withdraw"): "withdrawn",
    ("awaiting", "withdraw"): "withdrawn",
    ("awaiting", "take_back"): "draft",
    ("awaiting", "agree"): "agreed",
    ("awaiting", "agree_with_conditions"): "agreed_with_conditions",
    ("awaiting", "return"): "draft",
    ("awaiting", "refuse"): "refused",
    ("agreed", "revise"): "draft",
    ("agreed_with_conditions", "revise"): "draft",
    ("refused", "ask_again"): "refused",
    ("agreed", "evaluate"): "evaluated",
    ("agreed", "object"): "awaiting",
    ("agreed_with_conditions", "evaluate"): "evaluated",
}
SPACE_MOVES = {
    ("draft", "edit"): "draft",
    ("draft", "grant"): "active",
    ("draft", "withdraw"): "withdrawn",
    ("active", "suspend"): "suspended",
    ("active", "withdraw"): "withdrawn",
    ("active", "expire"): "expired",
    ("suspended", "resume"): "active",
    ("suspended", "withdraw"): "withdrawn",
    ("suspended", "expire"): "expired",
}
BESIDE = (SpaceAction.HOLDERS, SpaceAction.RENEW, SpaceAction.EVALUATE)  # these leave it in its state
MOVING = [action for action in SpaceAction if action not in BESIDE]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_a_deviation_moves_along_the_table_and_no_other_way(state, action):
    if (state, action) in MOVES:
        assert next_state(state, action) == MOVES[state, action]
    else:
        with pytest.raises(WrongState):
            next_state(state, action)


@pytest.mark.parametrize("state", SpaceState)
@pytest.mark.parametrize("action", MOVING)
def test_a_space_moves_along_the_table_and_no_other_way(state, action):
    if (state, action) in SPACE_MOVES:
        assert next_space_state(state, action) == SPACE_MOVES[state, action]
    else:
        with pytest.raises(WrongState):
            next_space_state(state, action)


def test_what_a_space_agreed_to_cannot_be_withdrawn():
    with pytest.raises(WrongState):
        next_state(State.AGREED, Action.WITHDRAW)
