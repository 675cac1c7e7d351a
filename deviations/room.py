"""Room as people look at it: what is left of a space, how it is used, and what stands out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import DiscretionarySpace, SpaceBudget
from deviations.models.deviations import Outcome
from deviations.rules import sliders
from deviations.rules.sliders import InWords
from deviations.rules.space_figures import STOPPED, enough_people
from deviations.workflow import SpaceState
from organisation.kernel.money import from_cents
from organisation.kernel.periods import Period

SOON = timedelta(days=30)
IDLE = timedelta(days=90)


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
    """One space with what is left of it; `renewed`: there is another that follows it.

    `people`: how many used it, None when there are so few that the number points at somebody.
    """

    space: DiscretionarySpace
    meters: tuple[Meter, ...]
    uses: int
    renewed: bool
    last_used: datetime | None
    people: int | None

    @property
    def flags(self) -> tuple[str, ...]:
        """What stands out: exhausted, to be looked back on, expiring with nothing that follows, not used (lately)."""
        if self.space.state_today not in (SpaceState.ACTIVE, SpaceState.SUSPENDED):
            return ()
        active, today = self.space.state_today == SpaceState.ACTIVE, timezone.localdate()
        found = {
            "exhausted": active and any(meter.left <= 0 for meter in self.meters),
            "evaluate": self.space.evaluate_on is not None and self.space.evaluate_on <= today,
            "expiring": not self.renewed and self.space.valid_until <= today + SOON,
            "unused": active and not self.uses,
            "idle": active and self.last_used is not None and self.last_used < timezone.now() - IDLE,
        }
        return tuple(name for name, holds in found.items() if holds)


def rooms(spaces: QuerySet[DiscretionarySpace]) -> list[Room]:
    """These spaces, with three queries however many there are."""
    following = DiscretionarySpace.objects.filter(renews=OuterRef("pk")).exclude(state=SpaceState.WITHDRAWN)
    rows = spaces.annotate(
        uses=Count("deviations", distinct=True),
        renewed=Exists(following),
        last_used=Max("deviations__decided_at"),
        people=Count("deviations__author", distinct=True),
    )
    ready = rows.select_related("team", "granted_by").prefetch_related("budgets")
    return [
        Room(space, _meters(space), space.uses, space.renewed, space.last_used, enough_people(space.people))
        for space in ready
    ]


def room(space: DiscretionarySpace) -> Room:
    """One space."""
    return rooms(DiscretionarySpace.objects.filter(pk=space.pk))[0]


def _meters(space: DiscretionarySpace) -> tuple[Meter, ...]:
    spent = {budget.period: budget.spent_cents for budget in space.budgets.all()}
    month = int(Period.of_date(timezone.localdate()))
    limits = ((SpaceBudget.WHOLE, space.cents_per_period, (3, 4)), (month, space.cents_per_month, (2, 3)))
    return tuple(
        Meter(limit, spent.get(period, 0), period == month)
        for period, limit, positions in limits
        if limit is not None and space.means_slider in positions
    )


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


def figures(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The kept figures of a space with the words for its codes."""
    labels = dict(Outcome.choices) | {"": _("Not looked back on yet")}
    outcomes = [(label, kept["outcomes"][code]) for code, label in labels.items() if kept["outcomes"].get(code)]
    stops = [(STOPPED[code], count) for code, count in kept["stops"].items() if code in STOPPED]
    return {**kept, "outcomes": outcomes, "stops": stops}


def stored(space: DiscretionarySpace) -> dict[str, Any]:
    """Who holds it and for what, as stored; nothing for what is new."""
    if space._state.adding:
        return {"people": [], "whole_team": False, "routines": [], "policy_domains": []}
    return {
        "people": [row.user for row in space.user_grants.select_related("user")],
        "whole_team": space.group_grants.exists(),
        "routines": list(space.routines.all()),
        "policy_domains": list(space.policy_domains.all()),
    }


def of_stored(space: DiscretionarySpace) -> str:
    """A stored space in one plain sentence."""
    found = stored(space)
    reach = [*found["routines"], *found["policy_domains"]]
    return in_words(space, people=found["people"], whole_team=found["whole_team"], reach=reach)


def _euros(cents: int | None) -> Any:
    return None if cents is None else from_cents(cents)
