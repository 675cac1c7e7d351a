"""Room as people look at it: what is left of a space, how it is used, and what stands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceBudget
from deviations.rules import sliders
from deviations.rules.sliders import InWords
from deviations.workflow import SpaceState
from organisation.kernel.money import from_cents
from organisation.kernel.periods import Period

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Meter:
    """One amount that runs out; `month` is whether it is that of this month."""

    limit: int
    spent: int
    month: bool

    @property
    def left(self) -> int:
        """In cents."""
        return self.limit - self.spent


@dataclass(frozen=True)
class Room:
    """One space with what is left of it."""

    space: DiscretionarySpace
    meters: tuple[Meter, ...]
    uses: int

    @property
    def flags(self) -> tuple[str, ...]:
        """What stands out: exhausted, expiring, unused."""
        if self.space.state_today != SpaceState.ACTIVE:
            return ()
        found = {
            "exhausted": any(meter.left <= 0 for meter in self.meters),
            "expiring": self.space.valid_until <= timezone.localdate() + SOON,
            "unused": not self.uses,
        }
        return tuple(name for name, holds in found.items() if holds)


def rooms(spaces: QuerySet[DiscretionarySpace]) -> list[Room]:
    """These spaces, with three queries however many there are."""
    rows = spaces.annotate(uses=Count("deviations", distinct=True)).select_related("team", "granted_by")
    return [room(space, uses=space.uses) for space in rows.prefetch_related("budgets")]


def room(space: DiscretionarySpace, *, uses: int) -> Room:
    """One space."""
    spent = {budget.period: budget.spent_cents for budget in space.budgets.all()}
    month = int(Period.of_date(timezone.localdate()))
    limits = ((SpaceBudget.WHOLE, space.cents_per_period, (3, 4)), (month, space.cents_per_month, (2, 3)))
    meters = tuple(
        Meter(limit, spent.get(period, 0), period == month)
        for period, limit, positions in limits
        if limit is not None and space.means_slider in positions
    )
    return Room(space, meters, uses)


def in_words(space: DiscretionarySpace, *, people: Iterable[Any], whole_team: bool, reach: Iterable[Any]) -> str:
    """The space in one plain sentence."""
    who = [*(str(person) for person in people), *([str(space.team)] if whole_team and space.team_id else [])]
    return sliders.sum_up(
        InWords(
            who=who,
            reach=[str(thing) for thing in reach],
            deciding=space.deciding_slider,
            means=space.means_slider,
            per_deviation=_euros(space.cents_per_deviation),
            per_month=_euros(space.cents_per_month),
            per_period=_euros(space.cents_per_period),
            until=space.valid_until,
        )
    )


def _euros(cents: int | None) -> Any:
    return None if cents is None else from_cents(cents)
