"""Comparable requests, and the fixed tables of a half-year: how many were agreed and refused where.

Comparable are requests about the same routine with the same weight; small ones of one weight are taken together. A
group counts only where it says something about two places or more: not when nearly all of it is one place.
What was to be expected of a place is what it would have agreed if each group there had been answered as everywhere
(indirect standardisation): it is made of numbers of requests and of rates over k households or more, never of what
one place refused. See docs/statistics.md and ADR 30.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from organisation.kernel.protecting import Figure, Relation

ALL, OTHER = "*", "-"
TEAM, NEIGHBOURHOOD, WHOLE = "team", "neighbourhood", "whole"
DIMENSIONS = (TEAM, NEIGHBOURHOOD)
AGREED, REFUSED = "agreed", "refused"
LARGEST_PART = 0.8  # of a group may be of one place

Key = tuple[str, str, str]  # dimension, place, answer
Group = tuple[str, str]  # routine (or ALL), weight (or ALL)
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that was answered, with a name for its household that means nothing."""

    routine: str
    weight: str
    team: str
    neighbourhood: str
    is_refused: bool
    household: str

    def place(self, dimension: str) -> str:
        """Where it is in this dimension."""
        return self.team if dimension == TEAM else self.neighbourhood

    @property
    def group(self) -> Group:
        """What it is comparable with."""
        return self.routine, self.weight


@dataclass(slots=True)
class Answers:
    """How many were agreed and refused, and of how many households."""

    agreed: int = 0
    refused: int = 0
    _agreed_of: set[str] = field(default_factory=set)
    _refused_of: set[str] = field(default_factory=set)

    def add(self, request: Request) -> None:
        """One more."""
        if request.is_refused:
            self.refused += 1
            self._refused_of.add(request.household)
        else:
            self.agreed += 1
            self._agreed_of.add(request.household)

    @property
    def total(self) -> int:
        """All that were answered."""
        return self.agreed + self.refused

    @property
    def households(self) -> int:
        """Of the smaller of both answers: whoever knows one of them knows nearly the other."""
        return min([len(some) for some in (self._agreed_of, self._refused_of) if some], default=0)

    def has_both(self, k: int) -> bool:
        """Whether both answers were given to enough households to make a rate of."""
        return min(len(self._agreed_of), len(self._refused_of)) >= k

    def figures(self) -> dict[str, Figure]:
        """As the protection wants them: small together."""
        return {AGREED: Figure(self.agreed, self.households), REFUSED: Figure(self.refused, self.households)}


@dataclass(slots=True)
class Tables:
    """All figures of a half-year, true, how they add up, and what was to be expected of each place."""

    figures: dict[Key, Figure]
    relations: list[Relation]
    expected: dict[tuple[str, str], int]  # (dimension, place): agreed, of a hundred


def comparable(requests: Sequence[Request], dimension: str, k: int) -> dict[Group, Group]:
    """The groups that compare places, each with what it is counted in: itself, or the small ones of its weight."""
    answers, places = _sums(requests, lambda one: one.group), _places(requests, dimension)
    fair = {group for group, seen in places.items() if max(seen.values()) <= LARGEST_PART * answers[group].total}
    strata = {group: group for group in fair if answers[group].has_both(k)}
    small = [one for one in requests if one.group in fair - strata.keys()]
    pooled = {weight: pool for weight, pool in _sums(small, lambda one: one.weight).items() if pool.has_both(k)}
    return strata | {one.group: (ALL, one.weight) for one in small if one.weight in pooled}


def before(requests: Sequence[Request], k: int) -> dict[Group, float]:
    """What part of each group was agreed in a half-year, to measure the next one by; (ALL, ALL) is of everything."""
    groups = _sums(requests, lambda one: one.group)
    weights = _sums(requests, lambda one: (ALL, one.weight))
    everything = _sums(requests, lambda _one: (ALL, ALL))
    rated = {**groups, **weights, **everything}
    return {group: answers.agreed / answers.total for group, answers in rated.items() if answers.has_both(k)}


def expected_after(requests: Sequence[Request], rates: Mapping[Group, float]) -> int | None:
    """Of a hundred of these requests, how many would have been agreed at these rates; None when there are none."""
    if not requests or (ALL, ALL) not in rates:
        return None
    total = sum(rates.get(one.group) or rates.get((ALL, one.weight)) or rates[ALL, ALL] for one in requests)
    return round(100 * total / len(requests))


def tables(requests: Sequence[Request], k: int, dimensions: Iterable[str] = DIMENSIONS) -> Tables:
    """Count: all requests, and in each dimension the comparable ones by place beside the others."""
    whole = _sums(requests, lambda _one: ALL).get(ALL, Answers())
    made = Tables({(WHOLE, ALL, answer): figure for answer, figure in whole.figures().items()}, [], {})
    for dimension in dimensions:
        _add(made, requests, dimension, k)
    return made


def _add(made: Tables, requests: Sequence[Request], dimension: str, k: int) -> None:
    strata = comparable(requests, dimension, k)
    inside = [one for one in requests if one.group in strata]
    places = _sums(inside, lambda one: one.place(dimension))
    sums = {
        ALL: _sums(inside, lambda _one: ALL).get(ALL, Answers()),
        OTHER: _sums((one for one in requests if one.group not in strata), lambda _one: ALL).get(ALL, Answers()),
        **places,
    }
    for place, answers in sums.items():
        made.figures |= {(dimension, place, answer): figure for answer, figure in answers.figures().items()}
    for answer in (AGREED, REFUSED):
        compared = (dimension, ALL, answer)
        made.relations.append(Relation((WHOLE, ALL, answer), (compared, (dimension, OTHER, answer))))
        made.relations.append(Relation(compared, tuple((dimension, place, answer) for place in sorted(places))))
    rates = {group: each.agreed / each.total for group, each in _sums(inside, lambda one: strata[one.group]).items()}
    share: dict[str, float] = defaultdict(float)
    for one in inside:
        share[one.place(dimension)] += rates[strata[one.group]]
    made.expected |= {(dimension, place): round(100 * share[place] / each.total) for place, each in places.items()}


def _places(requests: Iterable[Request], dimension: str) -> dict[Group, dict[str, int]]:
    found: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in requests:
        found[one.group][one.place(dimension)] += 1
    return found


def _sums(requests: Iterable[Request], of: Callable[[Request], Name]) -> dict[Name, Answers]:
    found: dict[Name, Answers] = defaultdict(Answers)
    for one in requests:
        found[of(one)].add(one)
    return dict(found)
