"""Replaying the past: what a space would have covered, in the order of time, with its money really used up.

The question asked of every past deviation is `covering`, the same as in the form and in the transaction. Only three
things are pretended: the space was in force all that time, where a colleague has to agree first that colleague did,
and the budget for the whole period begins anew each time as many months have passed as the space itself lasts.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deviations.rules.covering import ACTIVE, DeviationFacts, SpaceFacts, covering
from deviations.rules.weighing import RiskFlag

BY_SPACE, REFUSED, DID_NOT_HELP = "by_space", "refused", "no"
COVERED, OUTSIDE = "covered", "routine"
SHOWN = 25  # of those that would have slipped through
DAYS_IN_MONTH = Decimal("30.44")
NOTHING = Decimal(0)

STOPPED_BY: dict[str, Promise] = {
    "holder": _("The author does not hold it, or gave it"),
    "rules": _("The source of the routine is heavier than it allows"),
    "weight": _("It weighs D"),
    **{f"never:{flag.value}": flag.label for flag in RiskFlag},
    "means": _("It costs money, and there is none in it"),
    "amount_per_deviation": _("More than the amount per deviation"),
    "amount_per_month": _("The money of that month was used up"),
    "amount_per_period": _("The budget of the whole period was used up"),
    "purpose": _("An explanation is missing"),
    "deciding": _("The manager decides beforehand"),
}


@dataclass(frozen=True, slots=True)
class Past:
    """A deviation of the past: what a space looks at, whose it was, and what became of it.

    `period` is its month as yyyymm; `answer` is empty while it waits. `author` is None for one from a register:
    whoever wrote it counts as somebody who holds the space.
    """

    key: UUID
    facts: DeviationFacts
    author: UUID | None
    period: int
    cents: int
    answer: str
    outcome: str


@dataclass(slots=True)
class Month:
    """What happened in one month: requests, how many the space covered, and cents it took."""

    requests: int = 0
    covered: int = 0
    cents: int = 0


@dataclass(slots=True)
class Tally:
    """What came of a replay. A request is what was put before a manager; the rest was agreed by a space then."""

    rows: int = 0
    requests: int = 0
    covered: int = 0
    by_space: int = 0
    by_space_covered: int = 0
    cents: int = 0
    refused: int = 0
    did_not_help: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    stops: Counter[str] = field(default_factory=Counter)
    months: dict[int, Month] = field(default_factory=dict)
    slipped: list[UUID] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """To be kept as JSON."""
        return {
            **{
                name: getattr(self, name)
                for name in (
                    "rows", "requests", "covered", "by_space", "by_space_covered", "cents", "refused", "did_not_help",
                )
            },
            "answers": dict(self.answers),
            "stops": dict(self.stops.most_common()),
            "months": [[period, month.requests, month.covered, month.cents] for period, month in self.months.items()],
            "slipped": [str(key) for key in self.slipped],
        }  # fmt: skip


def months_of(first: date, last: date) -> int:
    """How many months a space lasts, at least one."""
    return max(1, round(((last - first).days + 1) / DAYS_IN_MONTH))


class Replay:
    """One space, asked of one deviation after another, the oldest first.

    `holders` are the people who may use it, None when nobody is named yet; `giver` never uses it for own work.
    """

    def __init__(
        self, space: SpaceFacts, *, first: date, last: date, holders: frozenset[UUID] | None, giver: UUID
    ) -> None:
        self._holders, self._giver = holders, giver
        self.lasts = months_of(space.valid_from, space.valid_until)
        self.tally = Tally()
        self._first = first.year * 12 + first.month - 1
        self._term = self._period = -1
        self._space = replace(space, state=ACTIVE, valid_from=first, valid_until=last)
        self._spent_month = self._spent_period = NOTHING
        self._towards: dict[tuple[bool, bool], SpaceFacts] = {}

    def ask(self, past: Past) -> str:
        """What it says to this one: `COVERED`, or the code of the first limit that stops it. Counts it too."""
        self._turn_to(past.period)
        found = self._answer(past)
        if found == COVERED and past.cents:
            self._take(past.facts.amount)
        self._count(past, found)
        return found

    def _turn_to(self, period: int) -> None:
        if period == self._period:
            return
        self._period = period
        year, month = divmod(period, 100)
        term = (year * 12 + month - 1 - self._first) // self.lasts
        whole = self._spent_period if term == self._term else NOTHING
        self._term = term
        self._spend(month=NOTHING, period=whole)

    def _answer(self, past: Past) -> str:
        space = self._towards_author(past.author)
        stops = [limit.code for limit in covering(space, past.facts) if not limit.passed]
        if not stops:
            return COVERED
        return OUTSIDE if OUTSIDE in stops else stops[0]

    def _towards_author(self, author: UUID | None) -> SpaceFacts:
        holder = author is None or self._holders is None or author in self._holders
        kind = holder, author == self._giver
        if kind not in self._towards:
            self._towards[kind] = replace(
                self._space, holder=holder, granted_by_author=kind[1],
                spent_month=self._spent_month, spent_period=self._spent_period,
            )  # fmt: skip
        return self._towards[kind]

    def _take(self, amount: Decimal) -> None:
        self._spend(month=self._spent_month + amount, period=self._spent_period + amount)

    def _spend(self, *, month: Decimal, period: Decimal) -> None:
        self._spent_month, self._spent_period = month, period
        self._towards.clear()

    def _count(self, past: Past, found: str) -> None:
        tally = self.tally
        tally.rows += 1
        if found == OUTSIDE:
            return
        month = tally.months.get(past.period) or tally.months.setdefault(past.period, Month())
        covered = found == COVERED
        if past.answer == BY_SPACE:
            tally.by_space += 1
            tally.by_space_covered += covered
        else:
            tally.requests += 1
            tally.covered += covered
            month.requests += 1
            month.covered += covered
        if covered:
            tally.cents += past.cents
            month.cents += past.cents
            self._look_back(past)
        elif past.answer != BY_SPACE:
            tally.stops[found] += 1

    def _look_back(self, past: Past) -> None:
        """What became of something the space would have covered."""
        tally = self.tally
        refused, did_not_help = past.answer == REFUSED, past.outcome == DID_NOT_HELP
        tally.answers[past.answer] += 1
        tally.refused += refused
        tally.did_not_help += did_not_help
        if (refused or did_not_help) and len(tally.slipped) < SHOWN:
            tally.slipped.append(past.key)
