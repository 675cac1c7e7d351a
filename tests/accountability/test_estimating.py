"""What a sample says about all: the interval holds the truth as often as it says, and knows a finite population."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountability.rules.estimating import Estimate, Part, estimate
from learning.rules.statistics import share_interval


@st.composite
def parts(draw) -> list[Part]:
    found = []
    for _number in range(draw(st.integers(1, 4))):
        population = draw(st.integers(0, 60))
        looked_at = draw(st.integers(0, population))
        found.append(Part(population, looked_at, draw(st.integers(0, looked_at))))
    return found


@given(parts())
def test_the_estimate_lies_in_its_interval_and_what_was_found_stands(rows):
    made = estimate(rows)
    looked_at, everything = sum(part.looked_at for part in rows), sum(part.population for part in rows)
    if not looked_at:
        assert made is None
        return
    found = sum(part.found for part in rows)
    assert 0 <= made.low <= made.high <= 1
    assert found / everything <= made.low + 1e-9
    assert made.high <= 1 - (looked_at - found) / everything + 1e-9


def test_what_was_looked_at_whole_has_no_chance_in_it():
    assert estimate([Part(8, 8, 2)]) == Estimate(0.25, 0.25, 0.25)
    assert estimate([Part(8, 8, 0)]) == Estimate(0, 0, 0)


def test_a_small_part_of_many_is_wilson():
    made = estimate([Part(1_000_000, 40, 4)])
    assert (made.low, made.high) == pytest.approx(share_interval(4, 40), abs=1e-4)


def test_the_more_of_a_population_is_looked_at_the_narrower_the_interval():
    widths = [(made := estimate([Part(whole, 20, 5)])).high - made.low for whole in (25, 40, 100, 1000)]
    assert widths == sorted(widths)


def test_classes_count_by_their_part_of_all():
    made = estimate([Part(10, 10, 5), Part(90, 9, 0)])
    assert made.share == pytest.approx(0.05)


def test_of_what_nobody_looked_at_anything_can_be_true():
    assert estimate([Part(10, 10, 0), Part(10, 0, 0)]) == Estimate(0, 0, 0.5)
    assert estimate([]) is None
    assert estimate([Part(10, 0, 0)]) is None


@pytest.mark.parametrize("part", [Part(5, 6, 0), Part(5, 3, 4), Part(5, 3, -1)])
def test_nobody_finds_more_than_there_is(part):
    with pytest.raises(ValueError, match="look at"):
        estimate([part])


@pytest.mark.parametrize("truth", [0.05, 0.2, 0.5])
def test_the_truth_lies_in_the_interval_as_often_as_it_says(truth):
    chance, hits, times = random.Random(1), 0, 600
    sizes = [(24, 24), (80, 20), (200, 20)]
    for _number in range(times):
        whole = [[chance.random() < truth for _use in range(population)] for population, _n in sizes]
        rows = [
            Part(len(uses), n, sum(chance.sample(uses, n))) for uses, (_population, n) in zip(whole, sizes, strict=True)
        ]
        made = estimate(rows)
        real = sum(map(sum, whole)) / sum(map(len, whole))
        hits += made.low - 1e-9 <= real <= made.high + 1e-9
    assert hits / times >= 0.93
