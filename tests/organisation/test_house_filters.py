"""Deadlines in words."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from organisation.templatetags import house

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 24), "2 working days left"),
        (date(2026, 11, 23), "1 working day left"),
        (date(2026, 11, 22), "0 working days left"),
        (date(2026, 11, 20), "today"),
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), "today"),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "0 working days left"),
        (date(2026, 11, 19), "1 working day late"),
        (date(2026, 11, 17), "3 working days late"),
        (None, ""),
    ],
)
def test_a_deadline_is_said_in_working_days(due, words):
    with time_machine.travel(FRIDAY, tick=False), translation.override("en"):
        assert house.deadline(due) == words


def test_a_deadline_on_a_sunday_is_late_on_monday():
    with time_machine.travel(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), tick=False), translation.override("en"):
        assert house.deadline(date(2026, 11, 22)) == "1 working day late"
        assert house.is_late(date(2026, 11, 22))


def test_today_and_tomorrow_press_and_next_week_does_not():
    with time_machine.travel(FRIDAY, tick=False):
        assert house.presses(date(2026, 11, 23))
        assert not house.presses(date(2026, 11, 25))
        assert not house.presses(None)
        assert not house.is_late(None)
        assert house.is_late(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
        assert house.working_days_left(None) is None


def test_a_value_is_found_under_a_key_that_is_a_variable():
    assert house.item({"a": 1}, "a") == 1
