"""The classes of the public register: about k households or more, whatever somebody knows of the procedure."""

from collections import defaultdict
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accountability.rules.classes import NONE, ORDER, UNTOLD, Facts, Told, amount_class, classify

K = 4
BASE = dict.fromkeys(ORDER, "a") | {"year": "2026"}


def facts(household, **said) -> Facts:
    return Facts(**BASE | said, household=household)


def rows(**groups) -> list[Facts]:
    """`rows(a=12, b=3)`: so many of each routine, all of other households."""
    return [facts(f"{name}{number}", routine=name) for name, count in groups.items() for number in range(count)]


few = st.sampled_from("abc")
people = st.lists(
    st.builds(
        Facts, year=st.just("2026"), domain=few, kind=few, answer=few, routine=few, quarter=few, weight=few, ground=few,
        amount=few, household=st.integers(0, 30).map(str),
    ),
    max_size=80,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(people)
def test_every_class_is_about_k_households_or_more(population):
    """Whoever knows all facts and the procedure can work out who is in which class, and no more: k or more each."""
    members = defaultdict(set)
    for row, told in zip(population, classify(population, K), strict=True):
        alike = {each.household for each in population if each.domain == row.domain}
        assert (told is None) == (len(alike) < K)
        if told:
            assert told.holds(row)
            members[told].add(row.household)
    assert all(len(households) >= K for households in members.values())


@settings(max_examples=60, deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(population, dice):
    classes = classify(population, K)
    order = list(range(len(population)))
    dice.shuffle(order)
    again = classify([population[number] for number in order], K)
    assert {number: told for number, told in zip(order, again, strict=True)} == dict(enumerate(classes))


@given(people, st.sampled_from(ORDER[2:]))
def test_what_may_not_be_told_is_not_told(population, name):
    found = classify(population, K, lambda told: not getattr(told, name))
    assert all(getattr(told, name) == UNTOLD for told in found if told)


def test_a_small_routine_takes_the_smallest_large_one_with_it():
    """Else “another routine” would be the small one: three households."""
    found = classify(rows(large=12, middle=6, small=3), K)
    told = {row.routine: each.routine for row, each in zip(rows(large=12, middle=6, small=3), found, strict=True)}
    assert told == {"large": "large", "middle": UNTOLD, "small": UNTOLD}


def test_small_routines_that_are_many_together_stay_together():
    population = rows(large=12, one=2, two=3)
    told = {row.routine: each.routine for row, each in zip(population, classify(population, K), strict=True)}
    assert told == {"large": "large", "one": UNTOLD, "two": UNTOLD}


def test_what_is_too_small_for_its_domain_is_withheld_and_takes_nothing_with_it():
    population = [facts(str(number), domain="large" if number < 12 else "small") for number in range(15)]
    found = classify(population, K)
    assert [each.domain for each in found[:12]] == ["large"] * 12
    assert found[12:] == [None] * 3
    assert classify([], K) == []


def test_one_household_that_comes_back_counts_once():
    population = [facts("same", routine="a")] * 9 + rows(b=9)
    told = {row.routine: each.routine for row, each in zip(population, classify(population, K), strict=True)}
    assert told == {"a": UNTOLD, "b": UNTOLD}


def test_a_class_holds_what_it_tells_and_nothing_else():
    told = Told(year="2026", routine="a")
    assert told.holds(facts("x", routine="a", weight="b"))
    assert not told.holds(facts("x", routine="b"))
    assert set(asdict(told)) == set(ORDER)


@pytest.mark.parametrize(
    ("cents", "code"),
    [
        (0, NONE),
        (1, "to_250"),
        (250_00, "to_250"),
        (250_01, "to_1000"),
        (5_000_00, "to_5000"),
        (5_000_01, "above_5000"),
    ],
)
def test_amounts_fall_in_classes(cents, code):
    assert amount_class(cents) == code
