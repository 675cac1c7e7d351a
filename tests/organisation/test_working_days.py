"""Working days against a calendar written out by hand, and the arithmetic on them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.kernel import working_days as wd

# Good Friday, Easter Monday, King's Day, Ascension Day, Whit Monday; the fixed days are in FIXED.
MOVABLE = {
    2024: ("03-29", "04-01", "04-27", "05-09", "05-20"),
    2025: ("04-18", "04-21", "04-26", "05-29", "06-09"),
    2026: ("04-03", "04-06", "04-27", "05-14", "05-25"),
    2027: ("03-26", "03-29", "04-27", "05-06", "05-17"),
    2028: ("04-14", "04-17", "04-27", "05-25", "06-05"),
    2029: ("03-30", "04-02", "04-27", "05-10", "05-21"),
    2030: ("04-19", "04-22", "04-27", "05-30", "06-10"),
    2031: ("04-11", "04-14", "04-26", "05-22", "06-02"),
    2032: ("03-26", "03-29", "04-27", "05-06", "05-17"),
    2033: ("04-15", "04-18", "04-27", "05-26", "06-06"),
    2034: ("04-07", "04-10", "04-27", "05-18", "05-29"),
    2035: ("03-23", "03-26", "04-27", "05-03", "05-14"),
}
FIXED = ("01-01", "05-05", "12-25", "12-26")
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize("year", MOVABLE)
def test_the_holidays_are_those_written_out_by_hand(year: int) -> None:
    written = {date.fromisoformat(f"{year}-{day}") for day in (*MOVABLE[year], *FIXED)}
    assert wd.public_holidays(year) == written


@pytest.mark.parametrize("year", MOVABLE)
def test_every_day_of_the_year_is_judged_by_the_written_calendar(year: int) -> None:
    written = {date.fromisoformat(f"{year}-{day}") for day in (*MOVABLE[year], *FIXED)}
    day = date(year, 1, 1)
    while day.year == year:
        assert wd.is_working_day(day) == (day.isoweekday() <= 5 and day not in written), day
        day += timedelta(days=1)


def test_kings_day_moves_to_saturday_when_it_would_be_a_sunday() -> None:
    assert date(2031, 4, 26) in wd.public_holidays(2031)
    assert date(2031, 4, 27) not in wd.public_holidays(2031)


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1818, "03-22"),
        (1943, "04-25"),
        (1954, "04-18"),
        (1981, "04-19"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2038, "04-25"),
    ],
)
def test_easter_is_right_in_the_odd_years_too(year: int, easter: str) -> None:
    assert wd.easter_sunday(year) == date.fromisoformat(f"{year}-{easter}")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday to Monday
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday and Easter
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2027-05-04", 2, "2027-05-10"),  # 5 May and Ascension Day on 6 May
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-04-07", -2, "2026-04-01"),
    ],
)
def test_working_days_are_added_over_weekends_and_holidays(start: str, days: int, end: str) -> None:
    assert wd.add_working_days(date.fromisoformat(start), days) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-27", 5),
        ("2026-11-27", "2026-11-20", -5),
        ("2026-12-24", "2027-01-04", 5),
    ],
)
def test_the_last_day_counts_and_the_first_does_not(first: str, last: str, days: int) -> None:
    assert wd.working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == days


@given(start=DAYS, days=st.integers(min_value=1, max_value=40))
def test_adding_and_counting_are_each_others_reverse(start: date, days: int) -> None:
    end = wd.add_working_days(start, days)
    assert wd.is_working_day(end)
    assert wd.working_days_between(start, end) == days
    assert wd.working_days_between(end, start) == -days


@given(start=DAYS, days=st.integers(min_value=0, max_value=20), more=st.integers(min_value=1, max_value=20))
def test_more_days_end_later_and_steps_add_up(start: date, days: int, more: int) -> None:
    end = wd.add_working_days(start, days)
    assert wd.add_working_days(end, more) == wd.add_working_days(start, days + more) > end


@given(day=DAYS)
def test_no_stretch_without_work_is_longer_than_five_days(day: date) -> None:
    assert any(wd.is_working_day(day + timedelta(days=n)) for n in range(6))


@pytest.mark.parametrize(
    ("received", "days", "ends"),
    [
        ("2026-11-20T10:00:00+00:00", 1, "2026-11-23T22:59:59+00:00"),  # winter: one hour ahead
        ("2026-06-12T10:00:00+00:00", 5, "2026-06-19T21:59:59+00:00"),  # summer: two hours ahead
        ("2026-11-19T23:30:00+00:00", 1, "2026-11-23T22:59:59+00:00"),  # already Friday in Amsterdam
        ("2026-03-27T12:00:00+00:00", 1, "2026-03-30T21:59:59+00:00"),  # the clock goes forward
        ("2026-10-23T12:00:00+00:00", 1, "2026-10-26T22:59:59+00:00"),  # the clock goes back
    ],
)
def test_a_deadline_is_the_end_of_the_working_day_in_amsterdam(received: str, days: int, ends: str) -> None:
    answer = wd.deadline(datetime.fromisoformat(received), days)
    assert (answer, answer.tzinfo) == (datetime.fromisoformat(ends), UTC)


@given(seconds=st.integers(0, 10 * 365 * 86_400), days=st.integers(1, 10))
def test_a_deadline_is_always_late_at_night_on_a_working_day(seconds: int, days: int) -> None:
    received = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    local = wd.deadline(received, days).astimezone(ZoneInfo("Europe/Amsterdam"))
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert wd.is_working_day(local.date())
    assert wd.working_days_between(received.astimezone(local.tzinfo).date(), local.date()) == days


@pytest.mark.parametrize(
    ("halves", "ends"),
    [(1, "2026-11-23T11:00"), (2, "2026-11-23T22:59"), (3, "2026-11-24T11:00"), (10, "2026-11-27T22:59")],
)
def test_half_a_working_day_ends_at_noon_in_amsterdam(halves: int, ends: str) -> None:
    friday_evening = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert wd.half_days_after(friday_evening, halves).isoformat().startswith(ends)


def test_a_deadline_refuses_a_moment_without_a_zone_and_no_days_at_all() -> None:
    with pytest.raises(ValueError, match="time zone"):
        wd.deadline(datetime.fromisoformat("2026-11-20T12:00:00"), 1)
    with pytest.raises(ValueError, match="at least one"):
        wd.deadline(datetime(2026, 11, 20, 12, tzinfo=UTC), 0)
