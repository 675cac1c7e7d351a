"""Working days in the Netherlands, and deadlines counted in them.

A working day is any day except Saturday, Sunday and the days of article 3, paragraphs 1 and 2, of the
Algemene termijnenwet: New Year's Day, Good Friday (put on a par by paragraph 2), Easter Monday, the day
the King's birthday is celebrated (27 April, or 26 April when the 27th is a Sunday), 5 May (every year),
Ascension Day, Whit Monday, and both Christmas days. Days that the Crown puts on a par by decree
(paragraph 3, often the Friday after Ascension Day) are ordinary working days here: they stretch terms set
by statute, whereas we count the answer times a municipality promises itself.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6
_NOON = time(12)
_END_OF_DAY = time(23, 59, 59)


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous computus of 1876."""
    golden = year % 19
    century, rest = divmod(year, 100)
    corrected = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The days of article 3, paragraphs 1 and 2, of the Algemene termijnenwet in this year."""
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day -= _DAY
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * _DAY,
            easter + _DAY,
            kings_day,
            date(year, 5, 5),
            easter + 39 * _DAY,
            easter + 50 * _DAY,
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The n-th working day after `start`, or before it when `days` is negative; zero gives `start` itself."""
    step = _DAY if days > 0 else -_DAY
    day = start
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first`, up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first)
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))


def deadline(received: datetime, days: int) -> datetime:
    """The last second, in UTC, of the n-th working day in Amsterdam after the day of receipt.

    Raises ValueError when `received` has no time zone or `days` is less than one.
    """
    if received.tzinfo is None:
        raise ValueError("A deadline needs a moment with a time zone.")
    if days < 1:
        raise ValueError("A deadline is at least one working day away.")
    last_day = add_working_days(received.astimezone(AMSTERDAM).date(), days)
    return datetime.combine(last_day, _END_OF_DAY, tzinfo=AMSTERDAM).astimezone(UTC)


def half_days_after(moment: datetime, halves: int) -> datetime:
    """So many half working days later, in UTC: a whole number of days ends as a deadline does, half a day at noon.

    Raises ValueError when `moment` has no time zone or `halves` is less than one.
    """
    days, half = divmod(halves, 2)
    end = deadline(moment, days + half)
    if not half:
        return end
    return datetime.combine(end.astimezone(AMSTERDAM).date(), _NOON, tzinfo=AMSTERDAM).astimezone(UTC)
