"""Which opinions count as the advice that a weight asks for: the table written out by hand."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.advising import Heard, Kind, View, lacking, legal_given, peer_agrees
from deviations.rules.weighing import Advice

YES, IF, NO, CANNOT = View.AGREES, View.AGREES_IF, View.DISAGREES, View.CANNOT_JUDGE

heard = st.builds(
    Heard,
    kind=st.sampled_from(list(Kind)),
    views=st.lists(st.sampled_from(list(View)), max_size=6).map(tuple),
    in_team=st.booleans(),
    present=st.booleans(),
    followed=st.sampled_from([None, True, False]),
)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (Heard("peer", (YES,)), True),
        (Heard("peer", (IF,)), True),
        (Heard("peer", (IF,), followed=True), True),
        (Heard("peer", (IF,), followed=False), False),
        (Heard("peer", (YES,), followed=False), True),
        (Heard("peer", (NO,)), False),
        (Heard("peer", (CANNOT,)), False),
        (Heard("peer", (YES,), in_team=False), False),
        (Heard("peer", (YES,), present=False), False),
        (Heard("legal", (YES,)), False),
        (Heard("team", (YES, YES)), False),
        (Heard("team", (YES, YES, NO, CANNOT)), False),
        (Heard("team", (YES, IF, YES)), True),
        (Heard("team", (YES, IF, YES), followed=False), False),
        (Heard("team", (YES, NO, YES, YES)), True),
        (Heard("team", (YES, YES, YES), present=False), False),
    ],
)
def test_when_a_colleague_or_the_team_agrees(one, counts):
    assert peer_agrees([one]) is counts


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (Heard("legal", (YES,)), True),
        (Heard("legal", (IF,)), True),
        (Heard("legal", (NO,)), True),
        (Heard("legal", (CANNOT,)), False),
        (Heard("legal", (YES,), in_team=False), True),
        (Heard("legal", (YES,), present=False), False),
        (Heard("peer", (YES,)), False),
        (Heard("team", (YES, YES, YES)), False),
    ],
)
def test_legal_advice_has_to_be_there_and_may_say_no(one, counts):
    assert legal_given([one]) is counts


def test_what_is_lacking_is_said_and_so_is_what_is_about_an_earlier_text():
    needed = (Advice.PEER, Advice.LEGAL, Advice.BOARD)
    assert [lack.advice for lack in lacking(needed, [])] == list(needed)
    [lack] = lacking((Advice.PEER,), [Heard("peer", (YES,), present=False)])
    assert "eerdere tekst" in str(lack)
    assert "ontbreekt" in str(lacking((Advice.PEER,), [Heard("peer", (NO,), present=False)])[0])
    assert lacking(needed, [Heard("peer", (YES,)), Heard("legal", (NO,))], board=True) == ()


@given(st.lists(heard, max_size=5), heard)
def test_more_advice_never_takes_away_what_was_there(said, more):
    for needed, board in product(([Advice.PEER], [Advice.LEGAL], list(Advice)), (True, False)):
        before = {lack.advice for lack in lacking(needed, said, board=board)}
        assert {lack.advice for lack in lacking(needed, [*said, more], board=board)} <= before


@given(st.lists(heard, max_size=5))
def test_nothing_about_an_earlier_text_counts(said):
    outdated = [Heard(one.kind, one.views, one.in_team, False, one.followed) for one in said]
    assert not peer_agrees(outdated)
    assert not legal_given(outdated)
