"""The figures of a space for its look back: plain numbers, and a number of people only when there are enough."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEWEST_PEOPLE = 5  # below this a number would say something about somebody
MOST_STOPS = 5

# The limits that somebody can do something about, in words; `covering.Limit.code`.
STOPPED: dict[str, Promise] = {
    "rules": _("the source of the routine was too heavy"),
    "weight": _("it weighed too much"),
    "means": _("it cost money"),
    "amount_per_deviation": _("it cost more than the amount each time"),
    "amount_per_month": _("the money of the month was used up"),
    "amount_per_period": _("the money of the whole period was used up"),
    "purpose": _("the explanation was not complete"),
    "deciding": _("somebody else had to agree first"),
    "never:child_safety": _("the safety of a child was at stake"),
    "never:fraud_inquiry": _("there was a fraud inquiry"),
    "never:rights_of_others": _("it touched the rights of others"),
}


@dataclass(frozen=True)
class Figures:
    """What a space did up to a moment. Amounts in whole cents; `people` is None when there are fewer than five.

    `outcomes` counts uses by whether they helped, under "" those that nobody looked back on yet. `stops` counts
    deviations by the limit that stopped them.
    """

    uses: int
    people: int | None
    spent_cents: int
    budget_cents: int | None
    outcomes: Mapping[str, int]
    objections: int
    stops: Mapping[str, int]

    def frozen(self) -> dict[str, Any]:
        """As plain data, to keep with the look back."""
        return asdict(self)


def enough_people(count: int) -> int | None:
    """The number of people, unless it is so small that it points at somebody."""
    return count if count >= FEWEST_PEOPLE else None


def most_stopping(stops: Mapping[str, int]) -> dict[str, int]:
    """The limits that stopped most, of those that can be moved; at most five."""
    known = [(code, count) for code, count in stops.items() if code in STOPPED and count > 0]
    return dict(sorted(known, key=lambda each: (-each[1], each[0]))[:MOST_STOPS])
