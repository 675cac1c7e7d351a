"""The arithmetic of signals, against values worked out elsewhere and against what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from learning.rules.statistics import (
    common_odds,
    discoveries,
    rate_ratio,
    share_interval,
    shrunk_ratio,
    spread_between,
    tail,
)

from .dice import dice

counts = st.integers(1, 400).map(float)


def test_with_a_long_past_the_tail_is_that_of_poisson():
    assert tail(12, 5, 1e12) == pytest.approx(stats.poisson.sf(11, 5), rel=1e-4)


def test_the_tail_of_a_restless_series_is_negative_binomial():
    expected, dispersion = 8.0, 1.5
    size = expected / (dispersion - 1)
    assert tail(15, expected, 1e12, dispersion) == pytest.approx(
        stats.nbinom.sf(14, size, 1 / dispersion), rel=1e-4
    )  # fmt: skip


@given(counts, counts, counts)
def test_a_shorter_past_and_more_unrest_never_surprise_more_at_the_far_end(observed, expected, past):
    seen = 3 * expected + observed
    assert tail(seen, expected, past) >= tail(seen, expected, past * 10) - 1e-12
    assert tail(seen, expected, past, 2.0) >= tail(seen, expected, past) - 1e-12


@given(counts, counts)
def test_more_is_never_less_surprising(observed, expected):
    assert tail(observed + 1, expected, 50) <= tail(observed, expected, 50)


@pytest.mark.parametrize(("observed", "expected"), [(0, 5), (5, 0), (0, 0)])
def test_nothing_seen_or_expected_says_nothing(observed, expected):
    assert tail(observed, expected, 10) == 1.0


def test_false_discoveries_as_benjamini_and_hochberg_count_them():
    assert discoveries([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert discoveries([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_q_value_is_never_below_its_chance_and_keeps_the_order(chances):
    values = discoveries(chances)
    assert values == pytest.approx(stats.false_discovery_control(chances))
    assert all(q >= p - 1e-12 for p, q in zip(chances, values, strict=True))


def test_of_a_thousand_families_without_a_pattern_few_discover_anything():
    rng = dice()
    families = [min(discoveries(list(rng.uniform(size=100)))) <= 0.05 for _family in range(1000)]
    assert sum(families) / 1000 < 0.09  # promised 0.05; more than four standard errors away


@given(counts, counts)
def test_a_ratio_lies_inside_its_interval_and_turns_round(observed, past):
    ratio, low, high = rate_ratio(observed, 100, past, 100)
    back, _low, back_high = rate_ratio(past, 100, observed, 100)
    assert low < ratio < high
    assert ratio * back == pytest.approx(1)
    assert low == pytest.approx(1 / back_high)


def test_the_interval_of_a_share_is_wilsons():
    assert share_interval(10, 50) == pytest.approx((0.1124, 0.3304), abs=1e-4)
    assert share_interval(0, 0) == (0.0, 1.0)


def test_small_counts_are_drawn_towards_nothing_special():
    assert shrunk_ratio(1, 0.1)[0] < shrunk_ratio(100, 10)[0] < 10
    assert shrunk_ratio(1, 0.1)[1] < 1 < shrunk_ratio(100, 10)[1]


def test_the_common_odds_ratio_does_not_mix_what_is_not_comparable():
    # In each stratum the odds are equal, though the totals make it look otherwise (Simpson).
    ratio, low, high, chance = common_odds([(18, 2, 90, 10), (10, 90, 2, 18)])
    assert low < 1 < high
    assert ratio == pytest.approx(1, abs=0.15)
    assert chance > 0.5


def test_the_common_odds_ratio_finds_a_difference():
    ratio, low, _high, chance = common_odds([(30, 20, 20, 80), (15, 10, 10, 40)])
    assert ratio == pytest.approx(6, rel=0.1)
    assert low > 2
    assert chance < 1e-5


def test_without_anything_to_compare_the_odds_say_nothing():
    assert common_odds([(5, 5, 0, 0), (0, 9, 0, 9)]) == (1.0, 0.0, float("inf"), 1.0)


def test_places_that_differ_by_chance_only_have_no_spread_of_their_own():
    rng = dice()
    expected = np.full(400, 50.0)
    by_chance = spread_between(list(rng.poisson(expected)), list(expected))
    by_themselves = spread_between(list(rng.poisson(expected * rng.lognormal(0, 0.3, 400))), list(expected))
    assert by_chance < 0.01 < 0.03 < by_themselves
    assert spread_between([1, 2], [1, 2]) == 0.0
