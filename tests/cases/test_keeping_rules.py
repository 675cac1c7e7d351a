"""How long a case is kept: the rule to the bone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.keeping import Duration, NoDuration, reckon

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P10Y", Duration(years=10)),
        ("P6M", Duration(months=6)),
        ("P42D", Duration(days=42)),
        ("P1Y6M", Duration(1, 6)),
        ("P1Y2M3D", Duration(1, 2, 3)),
        ("P0D", Duration()),
    ],
)
def test_a_duration_is_read(text, expected):
    assert Duration.parse(text) == expected


@pytest.mark.parametrize(
    ("said", "written"),
    [("10 jaar", "P10Y"), ("6 Months", "P6M"), ("42 dagen", "P42D"), ("1 jaar, 6 maanden", "P1Y6M"), ("p5y", "P5Y")],
)
def test_a_duration_may_be_written_in_words(said, written):
    assert Duration.notation(said) == written


@pytest.mark.parametrize("said", ["", "tien jaar", "10", "6 maanden 1 jaar", "10 jaargangen", "10 jaar en wat"])
def test_words_that_are_no_duration_are_refused(said):
    with pytest.raises(NoDuration):
        Duration.notation(said)


@pytest.mark.parametrize("text", ["", "P", "10Y", "P10", "PT5M", "P1M1Y", "P-1Y", " P1Y", "P1Y ", "P1.5Y"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(NoDuration):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("keep", "closed", "expected"),
    [
        ("P10Y", date(2026, 3, 1), date(2036, 3, 1)),
        ("P42D", date(2026, 1, 31), date(2026, 3, 14)),
        ("P6M", date(2026, 8, 31), date(2027, 3, 1)),  # there is no 31 February
        ("P1Y", date(2024, 2, 29), date(2025, 3, 1)),  # a whole year: never a day too soon
        ("P4Y", date(2024, 2, 29), date(2028, 2, 29)),
        ("P1M", date(2026, 12, 31), date(2027, 1, 31)),
        ("P1M", date(2026, 1, 31), date(2026, 3, 1)),
        ("P12M", date(2026, 12, 15), date(2027, 12, 15)),
        ("P0D", date(2026, 12, 15), date(2026, 12, 15)),
    ],
)
def test_the_period_runs_from_the_day_of_closing(keep, closed, expected):
    found = reckon(keep=keep, permanent=False, starts="closure", source="8.2", closed_on=closed)
    assert (found.since, found.on, found.permanent) == (closed, expected, False)


@pytest.mark.parametrize(
    ("until", "since"),
    [(None, date(2026, 3, 1)), (date(2027, 5, 4), date(2027, 5, 4)), (date(2025, 1, 1), date(2026, 3, 1))],
)
def test_while_it_lasts_waits_for_the_end_of_the_provision(until, since):
    closed = date(2026, 3, 1)
    told = {"keep": "P10Y", "permanent": False, "source": "8.1", "closed_on": closed, "provision_until": until}
    assert reckon(starts="end_of_provision", **told).since == since
    assert reckon(starts="closure", **told).since == closed


def test_what_is_kept_for_ever_has_no_day():
    found = reckon(keep="", permanent=True, starts="closure", source="2.1.1", closed_on=date(2026, 3, 1))
    assert (found.permanent, found.on, found.duration) == (True, None, None)


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (Duration(years=10), "10 jaar"),
        (Duration(months=1), "1 maand"),
        (Duration(days=42), "42 dagen"),
        (Duration(1, 6), "1 jaar, 6 maanden"),
        (Duration(), "0 dagen"),
    ],
)
def test_a_duration_is_said_in_words(duration, said):
    assert str(duration) == said


@given(DAYS, st.integers(0, 110), st.integers(0, 23), st.integers(0, 400))
def test_a_longer_period_is_never_over_sooner(day, years, months, days):
    over = Duration(years, months, days).after(day)
    assert over >= day + timedelta(days=365 * years + 28 * months + days)
    assert Duration(years, months, days + 1).after(day) == over + timedelta(days=1)
    assert Duration(years + 1, months, days).after(day) > over
    assert Duration(years, months, days).after(day + timedelta(days=1)) >= over
