"""Which figures somebody looks at: months, a policy domain, and teams; exact, or as they were told."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from organisation.kernel.periods import Period, Quarter


@dataclass(frozen=True, slots=True)
class Selection:
    """Months from `first` to `last`, both included, as 202611. No teams named: the whole municipality.

    `exact` is for who leads these teams; all others read what was told of whole quarters.
    """

    first: int
    last: int
    domain: str = ""
    teams: tuple[str, ...] | None = None
    exact: bool = False

    @property
    def months(self) -> list[int]:
        """Every month in it."""
        return [int(month) for month in Period.from_int(self.first).upto(Period.from_int(self.last))]

    @property
    def quarters(self) -> list[Quarter]:
        """Every quarter that lies in it as a whole."""
        last = Period.from_int(self.last)
        found = dict.fromkeys(Period.from_int(month).quarter for month in self.months)
        return [quarter for quarter in found if quarter.last <= last and int(quarter.first) >= self.first]

    @property
    def before(self) -> "Selection":
        """As many months, just before: what it is compared with."""
        first = Period.from_int(self.first)
        return replace(self, first=int(first - len(self.months)), last=int(first - 1))

    @property
    def key(self) -> str:
        """A digest of all of it."""
        return hashlib.sha256(json.dumps(self.fields, sort_keys=True).encode()).hexdigest()

    @property
    def fields(self) -> dict[str, Any]:
        """As stored; `from_fields` reads it back."""
        return asdict(self)

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Selection":
        """Read back what `fields` gave."""
        teams = fields["teams"]
        return cls(**{**fields, "teams": None if teams is None else tuple(teams)})


def last_months(today: Period, months: int = 12) -> tuple[int, int]:
    """The months up to and including this one."""
    return int(today - (months - 1)), int(today)


def last_quarters(told: Sequence[Quarter], number: int = 4) -> tuple[int, int] | None:
    """The months of the last quarters that were told, which follow each other; None when nothing was told."""
    if not told:
        return None
    last = told[-1]
    first = last
    for quarter in reversed(told[-number:]):
        if quarter.last + 1 < first.first:
            break
        first = quarter
    return int(first.first), int(last.last)
