"""The attacker of disclosure control: knows what is printed and that it adds up, and works out what was hidden.

A figure is a whole number between bounds; relations say which figures add up to which. The least and the most that a
hidden figure can be are found by linear programming (HiGHS through scipy), first over all numbers, then over whole
ones. Sets of whole numbers found on the way are kept: most figures are shown to be open by those, without solving.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Key = Any  # hashable
Numbers = NDArray[np.float64]
FAR = 1e7  # more than any figure: for the attacker an unknown figure has no upper end
TRIES, REACH = 8, 4
EPSILON = 1e-7


@dataclass(frozen=True, slots=True)
class Relation:
    """These parts add up to the whole."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What somebody knows about a figure: it lies between these, both included."""

    low: float
    high: float

    @property
    def values(self) -> int:
        """How many whole numbers that is."""
        return int(np.floor(self.high + 1e-6) - np.ceil(self.low - 1e-6)) + 1


class Contradiction(Exception):
    """What is known cannot all be true; what is published is true, so this is a mistake of the caller."""


@dataclass
class Attacker:
    """Somebody who knows bounds of figures and how they add up, and wants to know one of them better."""

    bounds: dict[Key, Bounds]
    relations: Sequence[Relation]
    # Per figure the least and the most in any set of whole numbers found so far that fits all that is known.
    seen: tuple[Numbers, Numbers] | None = None
    _places: dict[Key, int] = field(init=False)
    _sums: sparse.csr_array = field(init=False)
    _ends: optimize.Bounds = field(init=False)
    _force: Numbers = field(init=False)

    def __post_init__(self) -> None:
        self._force = np.zeros(len(self.bounds))
        self._places = {key: place for place, key in enumerate(self.bounds)}
        rows, columns, signs = [], [], []
        for row, relation in enumerate(self.relations):
            members = [(relation.whole, -1.0), *((part, 1.0) for part in relation.parts)]
            for key, sign in members:
                rows.append(row)
                columns.append(self._places[key])
                signs.append(sign)
        shape = (len(self.relations), len(self._places))
        self._sums = sparse.csr_array((signs, (rows, columns)), shape=shape)
        self._ends = optimize.Bounds(
            np.array([b.low for b in self.bounds.values()]), np.array([b.high for b in self.bounds.values()])
        )

    def solve(self, key: Key, *, whole_numbers: bool = False) -> Bounds:
        """The least and the most this figure can be. Only whole numbers: slower, and never wider."""
        own = self.bounds[key]
        if not self.relations:
            return own
        ask = self._whole if whole_numbers else self._any
        least, most = (ask(self._aim(key, sign)) for sign in (1.0, -1.0))
        return Bounds(max(least, own.low), min(-most, own.high))

    def holding(self, key: Key, enough: int) -> list[Key] | None:
        """None when at least so many values of this figure stay possible; else the figures that hold it in.

        Quick when sets of numbers seen before show it already.
        """
        if not self.relations:
            return None if self.bounds[key].values >= enough else []
        place = self._places[key]
        if self._gap(place) >= enough:
            return None
        self._whole(self._aim(key, -1.0), reach=REACH * enough)
        if self._gap(place) >= enough:
            return None
        self._force[:] = 0
        if self.solve(key).values >= enough and self.solve(key, whole_numbers=True).values >= enough:
            return None
        return [one for one, place in self._places.items() if self._force[place] > EPSILON]

    def forget(self, key: Key, bounds: Bounds) -> None:
        """From now on no more is known of this figure than this. What fitted before fits now as well."""
        self.bounds[key] = bounds
        self._ends.lb[self._places[key]], self._ends.ub[self._places[key]] = bounds.low, bounds.high

    def look_around(self, keys: Iterable[Key], enough: int) -> None:
        """Find sets of whole numbers in which many of these figures differ at once: each may save solving for one."""
        places = [self._places[key] for key in keys]
        dice = np.random.default_rng(0)  # the same figures, the same work
        for turn in range(TRIES if self.relations else 0):
            left = [place for place in places if self._gap(place) < enough]
            if not left:
                return
            aim = np.zeros(len(self._places))
            aim[left] = (1.0, -1.0)[turn] if turn < 2 else dice.choice((-1.0, 1.0), len(left))
            # Within reach, so that not one figure takes all the room.
            self._whole(aim, reach=REACH * enough)

    def _aim(self, key: Key, sign: float) -> Numbers:
        aim = np.zeros(len(self._places))
        aim[self._places[key]] = sign
        return aim

    def _gap(self, place: int) -> int:
        """How many values of this figure are known to be possible."""
        return 0 if self.seen is None else int(self.seen[1][place] - self.seen[0][place]) + 1

    def _any(self, aim: Numbers) -> float:
        """The least of the aim over all numbers; adds up what holds it there."""
        found = optimize.linprog(
            aim,
            A_eq=self._sums,
            b_eq=np.zeros(len(self.relations)),
            bounds=np.column_stack([self._ends.lb, self._ends.ub]),
            method="highs",
        )
        if not found.success:
            raise Contradiction(found.message)
        self._force += abs(found.lower.marginals) + abs(found.upper.marginals)
        return float(found.fun)

    def _whole(self, aim: Numbers, reach: float = FAR) -> float:
        """The least of the aim over whole numbers, that lie within reach of what was seen."""
        ends = self._ends
        if reach < FAR and self.seen is not None:
            ends = optimize.Bounds(ends.lb, np.minimum(ends.ub, np.maximum(self.seen[1], ends.lb) + reach))
        sums = optimize.LinearConstraint(self._sums, 0, 0)
        found = optimize.milp(aim, integrality=np.ones_like(aim), bounds=ends, constraints=sums)
        if not found.success:
            raise Contradiction(found.message)
        self._remember(np.round(found.x))
        return float(found.fun)

    def _remember(self, numbers: Numbers) -> None:
        fits = (
            not (self._sums @ numbers).any() and (numbers >= self._ends.lb).all() and (numbers <= self._ends.ub).all()
        )
        if fits:
            low, high = self.seen or (numbers, numbers)
            self.seen = np.minimum(low, numbers), np.maximum(high, numbers)
