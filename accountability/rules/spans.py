"""The time an account is about: one, two or four quarters of a calendar year."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.kernel.periods import Quarter

# How many quarters, and the quarters it can begin with.
BEGINS = {1: (1, 2, 3, 4), 2: (1, 3), 4: (1,)}


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A quarter, a half year or a year. Raises `ValueError` for what is none of these."""

    year: int
    first: int
    length: int

    def __post_init__(self) -> None:
        if self.first not in BEGINS.get(self.length, ()):
            raise ValueError(f"{self.length} quarters from quarter {self.first} are no half year and no year.")

    @classmethod
    def parse(cls, text: str) -> "Span":
        """`2026-Q3`, `2026-H1` or `2026-Y`; raises `ValueError` on anything else."""
        year = text[:4]
        for each in cls.of_year(int(year)) if year.isdecimal() and year != "0000" else ():
            if str(each) == text:
                return each
        raise ValueError(f"{text!r} is no quarter, half year or year.")

    @classmethod
    def of_year(cls, year: int) -> list["Span"]:
        """All that a year holds, the longest first."""
        return [cls(year, first, length) for length in (4, 2, 1) for first in BEGINS[length]]

    def __str__(self) -> str:
        part = {1: f"Q{self.first}", 2: f"H{(self.first + 1) // 2}", 4: "Y"}[self.length]
        return f"{self.year}-{part}"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """In order."""
        return tuple(Quarter(self.year, self.first + place) for place in range(self.length))

    @property
    def label(self) -> str:
        """In words, in the active language."""
        if self.length == 1:
            return self.quarters[0].label
        words = {"year": self.year}
        if self.length == 4:
            return _("The year %(year)d") % words
        return (_("First half of %(year)d") if self.first == 1 else _("Second half of %(year)d")) % words
