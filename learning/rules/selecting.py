"""Which figures somebody looks at: months, a policy domain, and teams."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from organisation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Selection:
    """Months from `first` to `last`, both included, as 202611. No teams named: the whole municipality."""

    first: int
    last: int
    domain: str = ""
    teams: tuple[str, ...] | None = None

    @property
    def months(self) -> list[int]:
        """Every month in it."""
        return [int(month) for month in Period.from_int(self.first).upto(Period.from_int(self.last))]

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
