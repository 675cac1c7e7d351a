"""When somebody is reminded and when a request is passed on: written out by hand, and what always holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.answering import ActingAs, PassedOn, acting_as
from deviations.rules.reminding import Kind, come, moments
from organisation.kernel.working_days import deadline, is_working_day
from organisation.models import Standing

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def written(submitted: str, days: int, *, urgent: bool = False) -> list[tuple[str, str]]:
    sent = at(submitted)
    steps = moments(submitted=sent, due=deadline(sent, days), urgent=urgent)
    return [(kind.value, moment.astimezone(AMSTERDAM).strftime("%m-%d %H:%M")) for kind, moment in steps]


def test_a_normal_request_of_a_monday():
    assert written("2026-11-16T10:00", 5) == [  # due on Monday the 23rd
        ("halfway", "11-19 12:00"),
        ("eve", "11-20 09:00"),
        ("deputy", "11-24 23:59"),
        ("superior", "11-25 23:59"),
    ]


def test_an_urgent_request_goes_twice_as_fast_and_has_no_day_before():
    assert written("2026-11-16T10:00", 1, urgent=True) == [
        ("halfway", "11-17 12:00"),
        ("deputy", "11-18 12:00"),
        ("superior", "11-18 23:59"),
    ]


def test_the_ladder_waits_for_the_end_of_a_long_weekend():
    assert written("2027-03-18T10:00", 5) == [  # due on the Thursday before Good Friday and Easter
        ("halfway", "03-23 12:00"),
        ("eve", "03-24 09:00"),
        ("deputy", "03-30 23:59"),
        ("superior", "03-31 23:59"),
    ]


def test_what_was_due_before_it_was_sent_is_late_from_the_moment_it_was_sent():
    sent = at("2026-11-16T10:00")
    steps = moments(submitted=sent, due=sent - timedelta(days=10), urgent=False)
    assert [kind for kind, _moment in steps] == [Kind.DEPUTY, Kind.SUPERIOR]
    assert steps[0][1].astimezone(AMSTERDAM).strftime("%m-%d") == "11-17"


def test_nobody_is_reminded_of_what_is_late_already():
    sent = at("2026-11-16T10:00")
    facts = {"submitted": sent, "due": deadline(sent, 5), "urgent": False}
    assert come(**facts, now=at("2026-11-19T11:59")) == ()
    assert come(**facts, now=at("2026-11-19T12:00")) == (Kind.HALFWAY,)
    assert come(**facts, now=at("2026-11-23T12:00")) == (Kind.HALFWAY, Kind.EVE)
    assert come(**facts, now=at("2026-11-24T12:00")) == ()
    assert come(**facts, now=at("2026-12-01T12:00")) == (Kind.DEPUTY, Kind.SUPERIOR)


@given(seconds=st.integers(0, 10 * 365 * 86_400), days=st.integers(1, 10), urgent=st.booleans())
def test_every_step_comes_on_a_working_day_and_in_order(seconds, days, urgent):
    sent = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    due = deadline(sent, days)
    steps = moments(submitted=sent, due=due, urgent=urgent)
    times = [moment for _kind, moment in steps]
    assert times == sorted(times)
    assert all(sent < moment for moment in times)
    assert all(is_working_day(moment.astimezone(AMSTERDAM).date()) for moment in times)
    assert {kind for kind, moment in steps if moment > due} == {Kind.DEPUTY, Kind.SUPERIOR}


TEAM = "team"
CAPACITIES = {
    #                 not passed on      with the deputy    with the manager's manager
    "leads": (ActingAs.MANAGER, ActingAs.MANAGER, ActingAs.MANAGER),
    "deputises": (ActingAs.DEPUTY, ActingAs.DEPUTY, ActingAs.DEPUTY),
    "backs": (None, ActingAs.DEPUTY, ActingAs.DEPUTY),
    "above": (None, None, ActingAs.SUPERIOR),
    "works_in": (None, None, None),
}


@pytest.mark.parametrize("passed_on", PassedOn)
@pytest.mark.parametrize("way", CAPACITIES)
def test_the_capacity_in_which_somebody_answers(way, passed_on):
    none: dict = dict.fromkeys(("roles", "works_in", "leads"), frozenset())
    standing = Standing(**none | {way: frozenset({TEAM})})
    assert acting_as(standing, TEAM, passed_on) == CAPACITIES[way][passed_on]  # type: ignore[arg-type]
    assert acting_as(standing, "another", passed_on) is None  # type: ignore[arg-type]
