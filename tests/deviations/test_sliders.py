"""A space in words, written again by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from deviations.rules.covering import BENDING, EXPLANATION, MEANS, SIGHT
from deviations.rules.sliders import SLIDERS, InWords, sum_up

WORDS = InWords(
    who=["Sanne", "Karim", "team Inkomen"],
    reach=["INK-03", "INK-04"],
    deciding=4,
    means=3,
    per_deviation=Decimal(200),
    per_month=Decimal(1_000),
    per_period=Decimal(5_000),
    until=date(2027, 5, 31),
)


@pytest.mark.parametrize(
    ("deciding", "sentence"),
    [
        (0, "Sanne, Karim and team Inkomen may put a departure from INK-03 and INK-04 before the manager, for "),
        (1, "Sanne, Karim and team Inkomen may depart from INK-03 and INK-04, for "),
        (3, "Sanne, Karim and team Inkomen may depart from INK-03 and INK-04, for "),
        (4, "Sanne, Karim and team Inkomen may depart from INK-03 and INK-04, for "),
    ],
)
def test_who_may_do_what(deciding, sentence):
    with override("en"):
        assert sum_up(WORDS._replace(deciding=deciding)).startswith(sentence)


@pytest.mark.parametrize(("deciding", "end"), [(1, "may object for one working day."), (3, "The team is told.")])
def test_who_hears_of_it(deciding, end):
    with override("en"):
        assert sum_up(WORDS._replace(deciding=deciding)).endswith(end)


@pytest.mark.parametrize(
    ("means", "amounts"),
    [
        (0, ["without extra money"]),
        (1, ["200.00 each time"]),
        (2, ["200.00 each time", "1,000.00 a month"]),
        (3, ["200.00 each time", "1,000.00 a month", "5,000.00 in all"]),
        (4, ["5,000.00 in all"]),
    ],
)
def test_only_the_amounts_that_count_are_named(means, amounts):
    with override("en"):
        sentence = sum_up(WORDS._replace(means=means))
    for amount in ("each time", "a month", "in all", "without"):
        assert (amount in sentence) is any(amount in named for named in amounts)
    assert all(named in sentence for named in amounts)


def test_half_a_space_says_what_to_choose_and_one_without_an_end_names_none():
    with override("en"):
        assert sum_up(WORDS._replace(who=[])).startswith("Choose who")
        assert sum_up(WORDS._replace(reach=[])).startswith("Choose who")
        assert "up to" not in sum_up(WORDS._replace(until=None))


def test_every_position_that_is_checked_can_be_chosen():
    assert set(SLIDERS["purpose"].positions) == set(EXPLANATION)
    assert set(SLIDERS["rules"].positions) == set(BENDING)
    assert set(SLIDERS["means"].positions) == {0, *MEANS}
    assert set(SLIDERS["sight"].positions) == set(SIGHT)
    assert set(SLIDERS["deciding"].positions) == {0, 1, 2, 3, 4}
