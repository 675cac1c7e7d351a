"""Months and quarters: their edges in Amsterdam, their arithmetic and their names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from organisation.kernel.periods import Period, Quarter

PERIODS = st.builds(Period, st.integers(1900, 2200), st.integers(1, 12))


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2026-12-31T23:30:00+00:00", Period(2027, 1)),  # half past midnight in Amsterdam
        ("2026-12-31T22:59:59+00:00", Period(2026, 12)),
        ("2026-06-30T22:00:00+00:00", Period(2026, 7)),  # summer time: two hours ahead
        ("2026-06-30T21:59:59+00:00", Period(2026, 6)),
        ("2027-01-01T00:30:00+09:00", Period(2026, 12)),
    ],
)
def test_a_month_begins_at_midnight_in_amsterdam(moment: str, period: Period) -> None:
    assert Period.of(datetime.fromisoformat(moment)) == period


def test_a_moment_without_a_zone_has_no_month() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Period.of(datetime.fromisoformat("2026-11-20T12:00:00"))


@given(PERIODS)
def test_a_month_is_the_same_after_being_stored_and_written(period: Period) -> None:
    assert Period.from_int(int(period)) == period
    assert Period.parse(str(period)) == period
    assert Period.of_date(period.last_day) == Period.of_date(period.first_day) == period


def test_a_month_is_stored_as_a_number_and_written_with_a_dash() -> None:
    assert (int(Period(2026, 3)), str(Period(2026, 3))) == (202603, "2026-03")


@pytest.mark.parametrize("yyyymm", [202600, 202613, 0, -202601, 999901])
def test_a_number_that_is_no_month_is_refused(yyyymm: int) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Period.from_int(yyyymm)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-1", "2026-13", "26-01", "2026-01-01", "2026/01", "-2026-01", "²²²²-01"]
)
def test_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Period.parse(text)


@given(PERIODS, st.integers(-600, 600))
def test_adding_and_subtracting_months_are_each_others_reverse(period: Period, months: int) -> None:
    later = period + months
    assert later - months == period
    assert later - period == months
    assert (later > period) == (months > 0)


@given(PERIODS)
def test_the_months_join_without_gap_or_overlap(period: Period) -> None:
    assert period.ends_before == (period + 1).starts_at
    assert Period.of(period.starts_at) == period
    assert Period.of(period.ends_before - timedelta(seconds=1)) == period
    assert Period.of(period.ends_before) == period + 1
    assert period.starts_at.tzinfo is UTC


def test_the_edges_of_a_month_follow_the_clock_of_the_season() -> None:
    march = Period(2026, 3)
    assert march.starts_at == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert march.ends_before == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert (march.first_day, march.last_day) == (date(2026, 3, 1), date(2026, 3, 31))
    assert Period(2028, 2).last_day == date(2028, 2, 29)


def test_a_range_holds_both_ends_and_is_empty_backwards() -> None:
    assert [str(p) for p in Period(2026, 11).upto(Period(2027, 2))] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert list(Period(2026, 11).upto(Period(2026, 11))) == [Period(2026, 11)]
    assert list(Period(2026, 11).upto(Period(2026, 10))) == []


@given(PERIODS)
def test_a_month_is_one_of_the_three_in_its_quarter(period: Period) -> None:
    quarter = period.quarter
    assert period in quarter.periods
    assert (quarter.first, quarter.last) == (quarter.periods[0], quarter.periods[2])
    assert quarter.first - 1 == Period(period.year, 1) - 1 + (quarter.number - 1) * 3


@pytest.mark.parametrize(("month", "number"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)])
def test_quarters_begin_in_january_april_july_and_october(month: int, number: int) -> None:
    assert Period(2026, month).quarter == Quarter(2026, number)


@pytest.mark.parametrize("number", [0, 5])
def test_there_are_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="not a quarter"):
        Quarter(2026, number)


def test_a_month_is_named_in_the_language_of_the_reader() -> None:
    with override("nl"):
        assert Period(2026, 3).label == "maart 2026"
    with override("en"):
        assert Period(2026, 3).label == "March 2026"


def test_a_quarter_is_named_by_number_and_year() -> None:
    assert str(Quarter(2026, 4)) == "2026-Q4"
    with override("en"):
        assert Quarter(2026, 4).label == "Quarter 4 of 2026"
