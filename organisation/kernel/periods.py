"""Months and quarters as figures are rolled up in: calendar months in Amsterdam, stored as 202611."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import overload

from django.utils.formats import date_format
from django.utils.translation import gettext

from organisation.kernel.working_days import AMSTERDAM


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One calendar month; periods sort, subtract to a number of months, and add months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and 1 <= self.month <= 12):
            raise ValueError(f"{self.year}-{self.month} is not a month.")

    @classmethod
    def from_int(cls, yyyymm: int) -> "Period":
        """202611 as stored in the cube; raises ValueError when it is not a month."""
        return cls(*divmod(yyyymm, 100))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The month "2026-11" as written in addresses and files; raises ValueError on anything else."""
        year, dash, month = text.partition("-")
        if not (dash and len(year) == 4 and len(month) == 2 and (year + month).isdecimal()):
            raise ValueError(f"{text!r} is not a month written as year-month.")
        return cls(int(year), int(month))

    @classmethod
    def of(cls, moment: datetime) -> "Period":
        """The month in Amsterdam at this moment; raises ValueError when it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("A month can only be told from a moment with a time zone.")
        return cls.of_date(moment.astimezone(AMSTERDAM).date())

    @classmethod
    def of_date(cls, day: date) -> "Period":
        return cls(day.year, day.month)

    def __int__(self) -> int:
        return self.year * 100 + self.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __add__(self, months: int) -> "Period":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(year, month + 1)

    @overload
    def __sub__(self, other: "Period") -> int: ...
    @overload
    def __sub__(self, other: int) -> "Period": ...
    def __sub__(self, other: "Period | int") -> "int | Period":
        if isinstance(other, Period):
            return (self.year - other.year) * 12 + self.month - other.month
        return self + -other

    def upto(self, last: "Period") -> "Iterator[Period]":
        """Every month from this one to `last`, both included; none when `last` is earlier."""
        return (self + n for n in range(last - self + 1))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        """The first moment of the month, in UTC."""
        return datetime(self.year, self.month, 1, tzinfo=AMSTERDAM).astimezone(UTC)

    @property
    def ends_before(self) -> datetime:
        """The first moment that is no longer in the month, in UTC."""
        return (self + 1).starts_at

    @property
    def quarter(self) -> "Quarter":
        return Quarter(self.year, (self.month + 2) // 3)

    @property
    def half(self) -> "HalfYear":
        return HalfYear(self.year, 1 if self.month <= 6 else 2)

    @property
    def label(self) -> str:
        """The month in words, in the active language: "November 2026", "november 2026"."""
        return date_format(self.first_day, "F Y")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One quarter of a calendar year."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and 1 <= self.number <= 4):
            raise ValueError(f"{self.year}, {self.number} is not a quarter.")

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"

    @property
    def first(self) -> Period:
        return Period(self.year, self.number * 3 - 2)

    @property
    def last(self) -> Period:
        return Period(self.year, self.number * 3)

    @property
    def periods(self) -> tuple[Period, Period, Period]:
        return (self.first, self.first + 1, self.last)

    @property
    def label(self) -> str:
        """The quarter in words, in the active language."""
        return gettext("Quarter %(number)d of %(year)d") % {"number": self.number, "year": self.year}


@dataclass(frozen=True, order=True, slots=True)
class HalfYear:
    """The first or the second six months of a calendar year; halves add and subtract like months."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and self.number in (1, 2)):
            raise ValueError(f"{self.year}, {self.number} is not half a year.")

    @classmethod
    def parse(cls, text: str) -> "HalfYear":
        """The half-year "2026-H1" as written in addresses and files; raises ValueError on anything else."""
        year, dash, number = text.partition("-H")
        if not (dash and len(year) == 4 and len(number) == 1 and (year + number).isdecimal()):
            raise ValueError(f"{text!r} is not a half-year written as year-half.")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year:04d}-H{self.number}"

    def __add__(self, halves: int) -> "HalfYear":
        year, number = divmod(self.year * 2 + self.number - 1 + halves, 2)
        return HalfYear(year, number + 1)

    def __sub__(self, halves: int) -> "HalfYear":
        return self + -halves

    @property
    def first(self) -> Period:
        return Period(self.year, self.number * 6 - 5)

    @property
    def last(self) -> Period:
        return Period(self.year, self.number * 6)

    @property
    def label(self) -> str:
        """The half-year in words, in the active language."""
        words = gettext("First half of %(year)d") if self.number == 1 else gettext("Second half of %(year)d")
        return words % {"year": self.year}
