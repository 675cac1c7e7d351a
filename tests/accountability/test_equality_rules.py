"""Which requests are comparable, what is counted of them, and what the published numbers say."""

import pytest

from accountability.rules.beside import Beside, Count, Verdict, beside, of_place, of_the_rest
from accountability.rules.equality import (
    ALL,
    OTHER,
    TEAM,
    WHOLE,
    Request,
    before,
    comparable,
    expected_after,
    tables,
)
from learning.rules.statistics import share_interval

K = 10


def some(agreed=0, refused=0, *, routine="r", weight="B", team="t", hood="h", of=""):
    """This many requests, each of another household unless `of` names one."""
    return [
        Request(routine, weight, team, hood, number >= agreed, of or f"{routine}{weight}{team}{hood}{number}")
        for number in range(agreed + refused)
    ]


def test_the_same_routine_with_another_weight_is_another_kind_of_request():
    rows = [*some(20, 12, team="a"), *some(20, 12, team="b"), *some(20, 12, team="a", weight="C")]
    assert comparable(rows, TEAM, K) == {("r", "B"): ("r", "B")}


def test_what_nearly_only_one_place_gets_compares_nothing():
    assert comparable([*some(80, 40, team="a"), *some(8, 4, team="b")], TEAM, K) == {}
    assert comparable([*some(80, 40, team="a"), *some(20, 12, team="b")], TEAM, K) == {("r", "B"): ("r", "B")}


def test_routines_with_few_answers_are_taken_together_by_weight():
    few = [one for n in range(4) for team in "ab" for one in some(6, 2, routine=f"s{n}", team=team)]
    assert comparable(few, TEAM, K) == {(f"s{n}", "B"): (ALL, "B") for n in range(4)}
    assert comparable(few[:16], TEAM, K) == {}


def test_one_household_that_asks_often_does_not_make_many():
    rows = [*some(20, 12, team="a", of="same"), *some(20, 12, team="b", of="same")]
    assert comparable(rows, TEAM, K) == {}


def test_expected_is_what_every_kind_of_request_got_everywhere():
    easy = [*some(90, 10, routine="easy", team="a"), *some(90, 10, routine="easy", team="b")]
    hard = [*some(30, 10, routine="hard", team="a"), *some(10, 30, routine="hard", team="b")]
    made = tables(easy + hard, K)
    assert made.expected["team", "a"] == round(100 * (100 * 0.9 + 40 * 0.5) / 140)
    assert made.expected["team", "a"] == made.expected["team", "b"]


def test_the_figures_add_up_as_the_relations_say():
    rows = [*some(50, 20, team="a"), *some(30, 20, team="b", hood="i"), *some(9, 3, routine="q", team="a")]
    made = tables(rows, K)
    for relation in made.relations:
        assert made.figures[relation.whole].count == sum(made.figures[part].count for part in relation.parts)
    assert made.figures[TEAM, OTHER, "agreed"].count == 9
    assert made.figures[WHOLE, ALL, "refused"].count == 43


def test_both_answers_of_a_place_are_small_together():
    made = tables([*some(50, 3, team="a"), *some(40, 20, team="b")], K)
    assert made.figures[TEAM, "a", "agreed"].is_small(K)
    assert made.figures[TEAM, "a", "refused"].is_small(K)
    assert not made.figures[TEAM, "b", "refused"].is_small(K)


def test_a_half_year_is_measured_by_the_rates_of_the_one_before():
    rates = before([*some(90, 10), *some(20, 20, routine="q")], K)
    assert expected_after(some(1, routine="q") + some(1), rates) == 70
    assert expected_after(some(1, routine="new"), rates) == round(100 * 110 / 140)
    assert expected_after([], rates) is None
    assert expected_after(some(1), before(some(50, 3), K)) is None


def test_the_interval_holds_every_true_share_that_rounding_may_hide():
    one = beside(Count.of(90, K), Count.of(10, K), 88, 1)
    for agreed in range(88, 93):
        for refused in range(10, 13):
            low, high = share_interval(agreed, agreed + refused)
            assert one.low <= 100 * low
            assert one.high >= 100 * high


@pytest.mark.parametrize(
    ("expected", "verdict"), [(88, Verdict.ALIKE), (99, Verdict.LESS), (60, Verdict.MORE), (None, Verdict.NOTHING)]
)
def test_only_what_lies_outside_the_interval_differs(expected, verdict):
    assert beside(Count.of(90, K), Count.of(10, K), expected, 1).verdict == verdict


def test_more_places_make_a_wider_line():
    narrow, wide = (beside(Count.of(90, K), Count.of(10, K), 88, places) for places in (1, 30))
    assert wide.low < narrow.low
    assert wide.high >= narrow.high


def test_what_is_hidden_says_nothing():
    assert of_place({(TEAM, "a", "agreed"): 50, (TEAM, "a", "refused"): None}, (TEAM, "a"), 80, K, 2) == Beside(
        50, None
    )


def test_the_rest_is_worked_out_from_what_is_published():
    values = {
        (TEAM, "a", "agreed"): 50, (TEAM, "a", "refused"): 50, (TEAM, ALL, "agreed"): 140, (TEAM, ALL, "refused"): 60,
    }  # fmt: skip
    rest = of_the_rest(values, (TEAM, "a"), 70, K)
    assert (rest.agreed, rest.refused, rest.share) == (90, 10, 90)
    assert rest.expected == 70
    assert rest.verdict == Verdict.MORE
    assert of_the_rest({**values, (TEAM, "a", "refused"): None}, (TEAM, "a"), 70, K) == Beside(None, None)
    assert of_the_rest(values, (TEAM, "a"), None, K).verdict == Verdict.NOTHING
