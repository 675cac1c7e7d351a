"""The effect of a change: seen when it is there, not seen when it is not, and silence when it is too early."""

from datetime import date

import numpy as np
import pytest
from django.template.loader import render_to_string

from learning.rules.measuring import Verdict, measure
from learning.services import picturing
from learning.services.measuring import Measured

from .dice import dice

USES = 200.0


def months(before, after, n_before=30, n_after=8, trend=0.0, season=0.0):
    """Counts at these rates, with a trend per year on a log scale and a yearly wave."""
    rng = dice()
    time = np.arange(n_before + n_after)
    rate = (
        np.where(time < n_before, before, after) * np.exp(trend * time / 12) * (1 + season * np.sin(time * np.pi / 6))
    )
    return rng.poisson(rate * USES).astype(float), np.full(len(time), USES), n_before


def test_a_third_less_is_seen():
    effect = measure(*months(0.15, 0.06))
    assert effect.verdict == Verdict.FEWER
    assert effect.low < 0.4 < effect.high
    assert effect.before > effect.after


def test_twice_as_often_is_seen():
    assert measure(*months(0.08, 0.16)).verdict == Verdict.MORE


def test_what_goes_on_rising_at_the_same_pace_is_no_effect():
    verdicts = [measure(*months(0.08, 0.08, trend=0.4)).verdict for _town in range(40)]
    assert verdicts.count(Verdict.NO_DIFFERENCE) >= 33
    naive = [measure(*months(0.08, 0.08, n_before=10, trend=0.8)).verdict for _town in range(10)]
    assert Verdict.MORE in naive  # with less than a year before, a trend cannot be told apart; the docs say so


def test_a_season_is_no_effect():
    verdicts = [measure(*months(0.1, 0.1, season=0.4)).verdict for _town in range(40)]
    assert verdicts.count(Verdict.NO_DIFFERENCE) >= 33


@pytest.mark.parametrize(("n_before", "n_after", "rate"), [(30, 2, 0.1), (5, 8, 0.1), (30, 3, 0.01)])
def test_too_early_is_an_honest_answer(n_before, n_after, rate):
    effect = measure(*months(rate, rate, n_before, n_after))
    assert effect.verdict == Verdict.TOO_EARLY
    assert effect.months_after == n_after


def test_the_interval_holds_the_truth_nineteen_times_in_twenty():
    inside = 0
    for _town in range(200):
        effect = measure(*months(0.1, 0.07))
        inside += effect.low <= 0.7 <= effect.high
    assert inside >= 178  # 190 expected


def test_months_without_uses_are_left_out():
    counts, uses, change = months(0.15, 0.05)
    uses[3] = counts[3] = 0
    assert measure(counts, uses, change).verdict == Verdict.FEWER


def test_the_picture_marks_the_change_and_says_what_it_hides():
    found = Measured(measure(*months(0.15, 0.06)), [(202601, 20), (202602, None), (202603, 30), (202604, 8)], 3, True)
    picture = picturing.of_effect(found)
    assert [bar.stands_out for bar in picture.bars] == [False, False, False, True]
    assert picture.bars[3].expected == 25  # of the months that are shown
    shown = render_to_string("learning/parts/months.html", {"picture": picture, "change": date(2026, 4, 3)})
    assert "hr-months__change" in shown
    assert "3 april 2026" in shown
    assert "verborgen, omdat het er weinig waren" in shown
    assert "hr-months__change" not in render_to_string("learning/parts/months.html", {"picture": picture})
