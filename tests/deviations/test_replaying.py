"""Replaying the past against a space: its money is really used up, and every answer is the one of covering."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.covering import ACTIVE, DeviationFacts, SpaceFacts, covering, is_covered
from deviations.rules.replaying import COVERED, OUTSIDE, SHOWN, STOPPED_BY, Past, Replay, months_of
from tests.deviations.test_covering import DEVIATION, OTHER_DOMAIN, OTHER_ROUTINE, SPACE
from tests.deviations.test_covering_properties import DEVIATIONS, SPACES

AUTHOR, OTHER, GIVER = (UUID(int=n) for n in (11, 12, 13))
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
OPEN = replace(SPACE, spent_month=Decimal(0), spent_period=Decimal(0))
STEPS = st.lists(
    st.tuples(DEVIATIONS, st.sampled_from((AUTHOR, OTHER, GIVER, None)), st.integers(0, 5)), min_size=1, max_size=12
)


def replay(space: SpaceFacts = OPEN, holders=frozenset({AUTHOR})) -> Replay:
    return Replay(space, **YEAR, holders=holders, giver=GIVER)


def past(facts: DeviationFacts = DEVIATION, *, period=202601, author=AUTHOR, answer="agreed", outcome="") -> Past:
    cents = int(facts.amount * 100)
    return Past(UUID(int=99), facts, author, period, cents, answer, outcome)


def costs(euros: int, **more) -> Past:
    return past(replace(DEVIATION, amount=Decimal(euros)), **more)


@given(SPACES, STEPS)
def test_each_answer_is_that_of_covering_with_what_was_used_until_then(space, steps):
    asked, used = replay(space), {}
    for facts, author, later in sorted(steps, key=lambda step: step[2]):
        period = 202601 + later
        term = later // months_of(space.valid_from, space.valid_until)
        now = replace(
            space,
            state=ACTIVE, valid_from=YEAR["first"], valid_until=YEAR["last"], holder=author in (AUTHOR, None),
            granted_by_author=author == GIVER, spent_month=used.get(period, Decimal(0)),
            spent_period=used.get(("term", term), Decimal(0)),
        )  # fmt: skip
        fits = is_covered(covering(now, facts))
        assert (asked.ask(past(facts, period=period, author=author)) == COVERED) == fits
        if fits:
            for key in (period, ("term", term)):
                used[key] = used.get(key, Decimal(0)) + facts.amount


@given(SPACES, STEPS)
def test_everything_is_counted_once(space, steps):
    asked = replay(space)
    for facts, author, later in sorted(steps, key=lambda step: step[2]):
        answer = "by_space" if later % 2 else "agreed"
        asked.ask(past(facts, period=202601 + later, author=author, answer=answer))
    tally = asked.tally
    assert tally.rows == len(steps)
    assert tally.requests == tally.covered + sum(tally.stops.values())
    assert sum(tally.answers.values()) == tally.covered + tally.by_space_covered
    assert tally.cents == sum(month.cents for month in tally.months.values())
    assert tally.requests == sum(month.requests for month in tally.months.values())


@given(SPACES, STEPS)
def test_no_month_takes_more_than_the_space_has(space, steps):
    asked = replay(space)
    for facts, author, later in sorted(steps, key=lambda step: step[2]):
        asked.ask(past(facts, period=202601 + later, author=author))
    if space.means in (1, 2, 3):
        assert all(month.cents <= space.amount_per_month * 100 for month in asked.tally.months.values())


def test_the_money_of_a_month_runs_out_and_comes_back_next_month():
    asked = replay(replace(OPEN, amount_per_month=Decimal(900)))
    assert [asked.ask(costs(500)), asked.ask(costs(500)), asked.ask(costs(400))] == [
        COVERED, "amount_per_month", COVERED,
    ]  # fmt: skip
    assert asked.ask(costs(500, period=202602)) == COVERED
    assert asked.tally.stops == {"amount_per_month": 1}
    assert [(month.requests, month.covered, month.cents) for month in asked.tally.months.values()] == [
        (3, 2, 90_000), (1, 1, 50_000),
    ]  # fmt: skip


def test_the_budget_of_the_period_begins_anew_when_the_space_would_have_been_renewed():
    half_a_year = replace(
        OPEN, valid_until=date(2026, 6, 30), means=4, amount_per_period=Decimal(500), amount_per_month=None
    )
    asked = replay(half_a_year)
    assert asked.lasts == 6
    found = [asked.ask(costs(500, period=period)) for period in (202601, 202606, 202607, 202612)]
    assert found == [COVERED, "amount_per_period", COVERED, "amount_per_period"]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), 1),
        (date(2026, 1, 1), date(2026, 1, 31), 1),
        (date(2026, 1, 15), date(2026, 7, 14), 6),
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 1, 1), date(2027, 12, 31), 24),
    ],
)
def test_how_long_a_space_lasts(first, last, months):
    assert months_of(first, last) == months


@pytest.mark.parametrize(
    ("author", "holders", "found"),
    [
        (AUTHOR, frozenset({AUTHOR}), COVERED),
        (OTHER, frozenset({AUTHOR}), "holder"),
        (OTHER, None, COVERED),
        (GIVER, None, "holder"),
        (None, frozenset({AUTHOR}), COVERED),
    ],
)
def test_only_who_holds_it_is_covered_and_never_the_giver(author, holders, found):
    assert replay(holders=holders).ask(past(author=author)) == found


def test_a_draft_of_next_year_is_tried_as_if_it_had_been_in_force():
    draft = replace(OPEN, state="draft", valid_from=date(2027, 1, 1), valid_until=date(2027, 6, 30))
    assert replay(draft).ask(past()) == COVERED


def test_another_routine_is_outside_whatever_else_stops_it():
    asked = replay()
    other = replace(DEVIATION, routine_id=OTHER_ROUTINE, policy_domain_id=OTHER_DOMAIN, weight="D")
    assert asked.ask(past(other, author=OTHER)) == OUTSIDE
    assert (asked.tally.rows, asked.tally.requests, asked.tally.stops) == (1, 0, {})


def test_what_went_badly_is_kept_by_name_but_not_without_end():
    asked = replay(replace(OPEN, means=4, amount_per_period=Decimal(10**9)))
    asked.ask(past(answer="refused"))
    asked.ask(past(outcome="no"))
    asked.ask(past(outcome="yes"))
    assert (asked.tally.refused, asked.tally.did_not_help, len(asked.tally.slipped)) == (1, 1, 2)
    for _row in range(SHOWN):
        asked.ask(past(answer="refused"))
    assert len(asked.tally.slipped) == SHOWN


@given(SPACES, DEVIATIONS)
def test_every_limit_that_can_stop_something_has_words(space, deviation):
    dates_and_state = {"state", "dates", OUTSIDE, "sight"}
    with override("en"):
        codes = {limit.code for limit in covering(space, deviation)} - dates_and_state
        assert codes <= STOPPED_BY.keys()
