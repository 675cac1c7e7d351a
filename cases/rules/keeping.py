"""How long a case is kept: from which day, for how long, and so from which day it is destroyed.

After the Selectielijst gemeenten en intergemeentelijke organen 2020. A case may go on the day itself and not before:
the day the period begins plus the period, as archive systems reckon it (brondatum plus archiefactietermijn).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

ISO = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
# The same in words, of either language: a number and a word that begins with one of these letters.
UNITS = {"y": "Y", "j": "Y", "m": "M", "d": "D"}
ONE_OF = re.compile(r"(\d+)\s*([yjmd])")
SAID = re.compile(r"(\d+\s*(years?|jaar|jaren|months?|maand|maanden|days?|dag|dagen)[\s,]*)+")


class Starts(models.TextChoices):
    """From which day the period runs."""

    CLOSURE = "closure", _("the day the case was closed")
    END_OF_PROVISION = "end_of_provision", _("the end of the provision")


class HoldKind(models.TextChoices):
    """Why a case may not be destroyed for now."""

    OBJECTION = "objection", _("Objection")
    APPEAL = "appeal", _("Appeal to the court")
    INFORMATION_REQUEST = "information_request", _("Request for information (Woo) or access")
    OTHER = "other", _("Another reason")


class NoDuration(ValueError):
    """A text that is no duration, such as `P10Y`, `P6M` or `P42D`."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `P1Y6M`. Raises `NoDuration`."""
        found = ISO.fullmatch(text)
        if found is None:
            raise NoDuration(text)
        return cls(*(int(part or 0) for part in found.groups()))

    @classmethod
    def notation(cls, said: str) -> str:
        """`P10Y` for "10 years" or "10 jaar", or as it is when it is written so already. Raises `NoDuration`."""
        given = said.strip()
        if ISO.fullmatch(given.upper()):
            return given.upper()
        if not SAID.fullmatch(given.lower()):
            raise NoDuration(said)
        written = "P" + "".join(f"{count}{UNITS[unit]}" for count, unit in ONE_OF.findall(given.lower()))
        cls.parse(written)
        return written

    def after(self, day: date) -> date:
        """The day on which it is over. Of a month that is too short, the first day of the next: never too soon."""
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = divmod(months, 12)
        try:
            moved = date(year, month + 1, day.day)
        except ValueError:
            moved = date(year, month + 2, 1)  # only of months before December
        return moved + timedelta(days=self.days)

    def __str__(self) -> str:
        said = [
            ngettext("%(count)d year", "%(count)d years", self.years) % {"count": self.years},
            ngettext("%(count)d month", "%(count)d months", self.months) % {"count": self.months},
            ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days},
        ]
        counts = (self.years, self.months, self.days)
        return ", ".join(part for part, count in zip(said, counts, strict=True) if count) or said[-1]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """From when it is destroyed, and why: the period, the day it runs from, and where that stands."""

    permanent: bool
    duration: Duration | None
    starts: Starts
    since: date
    on: date | None
    source: str


def reckon(
    *, keep: str, permanent: bool, starts: str, source: str, closed_on: date, provision_until: date | None = None
) -> Reckoning:
    """What follows from a retention class and the days of a case. Raises `NoDuration`.

    A provision that outlasts the case is waited for; one that ended before the case was closed is not counted from
    that earlier day, since the case itself was still in use.
    """
    waits = starts == Starts.END_OF_PROVISION and provision_until is not None and provision_until > closed_on
    since = provision_until if waits and provision_until else closed_on
    duration = None if permanent else Duration.parse(keep)
    on = duration.after(since) if duration else None
    return Reckoning(permanent, duration, Starts(starts), since, on, source)
