"""Rises and comparisons: found where they are, once, and not where nothing is the matter."""

import numpy as np
import pytest

from learning.rules import unlike_elsewhere
from learning.rules.findings import Confidence, Kind
from learning.rules.rises import Series, rises
from learning.rules.unlike_elsewhere import Answers, Count
from organisation.kernel.periods import Period

from .dice import dice

LAST = Period(2026, 10)
ROUTINES, TEAMS, MONTHS, USES = 8, 4, 36, 100


def town(change=None, months=MONTHS, rate=0.1, season=0.0):
    """Every series of a municipality; `change` maps (routine, team) to factors for its last months."""
    rng = dice()
    mean = np.full((ROUTINES, TEAMS, months), USES * rate) * (1 + season * np.sin(2 * np.pi * np.arange(months) / 12))
    for (routine, team), factors in (change or {}).items():
        mean[routine, team, -len(factors) :] *= factors
    made, uses = rng.poisson(mean).astype(float), np.full(mean.shape, float(USES))
    found = [Series(f"r{r}", f"t{t}", made[r, t], uses[r, t]) for r in range(ROUTINES) for t in range(TEAMS)]
    found += [Series(f"r{r}", None, made[r].sum(0), uses[r].sum(0)) for r in range(ROUTINES)]
    found += [Series(None, f"t{t}", made[:, t].sum(0), uses[:, t].sum(0)) for t in range(TEAMS)]
    return [*found, Series(None, None, made.sum((0, 1)), uses.sum((0, 1)))]


def places(found):
    return {(each.routine, each.team) for each in found}


def test_a_threefold_rise_in_one_team_is_found_there_and_nowhere_wider():
    found = rises(town({(2, 1): [3, 3, 3, 3]}), LAST)
    assert ("r2", "t1") in places(found)
    assert not {("r2", None), (None, "t1"), (None, None)} & places(found)
    here = next(each for each in found if (each.routine, each.team) == ("r2", "t1"))
    assert here.effect == pytest.approx(3, rel=0.5)
    assert here.since in (LAST - 2, LAST - 3, LAST - 5)
    assert here.confidence == Confidence.STRONG


def test_a_rise_in_every_team_is_a_rise_of_the_routine():
    found = rises(town({(2, team): [2.5] * 4 for team in range(TEAMS)}), LAST)
    assert ("r2", None) in places(found)
    assert (None, None) not in places(found)


def test_a_season_is_no_rise():
    quiet = [rises(town(season=0.5), LAST) for _town in range(20)]
    assert sum(map(len, quiet)) <= 6


def test_twenty_towns_without_a_pattern_stay_quiet():
    quiet = [rises(town(), LAST) for _town in range(20)]
    assert sum(map(len, quiet)) <= 6  # promised: three in a hundred of what is shown; here at most chance itself


def test_a_short_history_is_looked_at_with_the_tide_of_all():
    tide = {(r, t): [1.8] * 2 for r in range(ROUTINES) for t in range(TEAMS)}
    assert len(rises(town(tide, months=10), LAST)) <= 2
    assert ("r0", "t0") in places(rises(town({(0, 0): [4, 4, 4]}, months=12), LAST))


@pytest.mark.parametrize("months", [1, 5, 6])
def test_with_hardly_any_history_nothing_is_said(months):
    assert rises(town({(0, 0): [9]}, months=months), LAST) == []


def test_an_old_peak_does_not_hide_a_new_rise():
    series = town({(2, 1): [6, 6, *[1] * 12, 3, 3, 3, 3]})
    assert ("r2", "t1") in places(rises(series, LAST))


def test_without_uses_a_series_is_followed_per_month():
    series = [
        Series(one.routine, one.team, one.counts, np.ones(MONTHS), per_use=False) for one in town({(1, 1): [4] * 4})
    ]
    assert ("r1", "t1") in places(rises(series, LAST))


def even(routines=6, values=8, number=20):
    return [Count(f"r{r}", "d", f"v{v}", number) for r in range(routines) for v in range(values)]


def test_what_goes_together_four_times_as_often_is_found():
    counts = [c if (c.routine, c.value) != ("r1", "v3") else Count("r1", "d", "v3", 80) for c in even()]
    found = unlike_elsewhere.disproportions(counts, "neighbourhood", LAST)
    assert [(each.routine, each.value, each.dimension) for each in found] == [("r1", "v3", "neighbourhood")]


def test_small_counts_do_not_shout():
    counts = [*even(), Count("r9", "d", "v3", 3), Count("r9", "d", "v4", 1)]
    assert unlike_elsewhere.disproportions(counts, "life_domain", LAST) == []


def test_what_a_routine_is_about_is_no_surprise():
    counts = [*even(), Count("housing", "d", "v3", 200), Count("housing", "d", "v1", 20)]
    assert unlike_elsewhere.disproportions(counts, "life_domain", LAST) == []


def test_a_team_that_departs_far_more_often_per_use_is_found():
    rows = [(f"r{r}", f"t{t}", 120 if (r, t) == (2, 1) else 30, 600) for r in range(6) for t in range(4)]
    found = unlike_elsewhere.by_team(rows, LAST)
    assert [(each.routine, each.team) for each in found] == [("r2", "t1")]


def test_a_routine_that_does_not_help_is_found():
    rows = [Answers(f"r{r}", "t", "A", part=30 if r == 2 else 8, whole=60) for r in range(8)]
    assert [each.routine for each in unlike_elsewhere.poor_outcomes(rows, LAST)] == ["r2"]


def test_refused_more_often_than_comparable_requests_elsewhere_is_found():
    rows = [Answers("r", f"t{t}", "B", part=30 if t == 1 else 6, whole=60) for t in range(4)]
    found = unlike_elsewhere.unequal_answers(rows, LAST)
    assert [(each.team, each.kind) for each in found] == [("t1", Kind.UNEQUAL_ANSWERS)]
    assert found[0].expected == pytest.approx(6, abs=0.1)


def test_heavier_requests_are_not_compared_with_light_ones():
    light = [Answers("r", f"t{t}", "A", part=10 if t else 1, whole=100 if t else 10) for t in range(3)]
    heavy = [Answers("r", f"t{t}", "C", part=5 if t else 50, whole=10 if t else 100) for t in range(3)]
    assert unlike_elsewhere.unequal_answers([*light, *heavy], LAST) == []


def test_slow_answers_are_more_than_one_in_ten_beyond_doubt():
    found = unlike_elsewhere.slow_answers([("t1", 30, 100), ("t2", 14, 100), ("t3", 3, 5), ("t4", 0, 0)], LAST)
    assert [each.team for each in found] == ["t1"]


def test_the_agreed_limit_is_no_test():
    found = unlike_elsewhere.over_threshold([("r1", 6), ("r2", 5)], 5, LAST)
    assert [(each.routine, each.confidence, each.q_value) for each in found] == [("r1", Confidence.AGREED, None)]
