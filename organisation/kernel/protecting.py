"""Disclosure control: which figures of a release are hidden so that no small one can be worked out.

A figure is a sum over people under some key; relations say which figures add up to which. What may be published:

1. nothing about fewer than k households (0 is 0, and said);
2. everything else rounded to a multiple of five;
3. and so much more hidden that the attacker, who knows all that is published now and all that was published before,
   and that these things add up, keeps at least k − 1 values possible for every hidden small figure.

The attacker (`attacking.py`) solves linear programmes over the figures. When hiding cannot make it safe,
`CannotBeMadeSafe` is raised: the caller leaves a dimension out and tries again, or publishes nothing.

Hiding only small figures leaks: the rest of a row and its total give them back. See Willenborg and de Waal, *Elements
of Statistical Disclosure Control* (2001), on secondary suppression and feasibility intervals.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .attacking import FAR, Attacker, Bounds, Key, Relation
from .disclosure import DEFAULT_K, ROUNDED_TO

__all__ = ("FAR", "Attacker", "Bounds", "CannotBeMadeSafe", "Figure", "Key", "Relation", "Release", "protect")


class CannotBeMadeSafe(Exception):
    """Whatever is hidden of this release, a small figure can be worked out from what is already known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A true count, and of how many households it is."""

    count: int
    households: int

    def is_small(self, k: int) -> bool:
        """Whether it is about somebody, and about too few."""
        return self.count > 0 and self.households < k


@dataclass(slots=True)
class Release:
    """What is published: a rounded count under each key, None where it is hidden; `small` are hidden for themselves."""

    values: dict[Key, int | None]
    small: frozenset[Key]
    k: int = DEFAULT_K

    @property
    def share_shown(self) -> float:
        """The part of the figures that is shown; 1 when there are none."""
        return sum(value is not None for value in self.values.values()) / len(self.values) if self.values else 1.0

    @property
    def bounds(self) -> dict[Key, Bounds]:
        """What a reader knows of each figure; kept in the ledger for the attacker of later releases."""
        return {key: known(value, self.k) for key, value in self.values.items()}


def rounded(count: int) -> int:
    """To the nearest multiple of five."""
    return ROUNDED_TO * round(count / ROUNDED_TO)


def known(value: int | None, k: int) -> Bounds:
    """What a published value tells: nothing hides a zero, so what is hidden is at least one."""
    if value is None:
        return Bounds(1, FAR)
    if value == 0:
        return Bounds(0, 0)
    half = ROUNDED_TO // 2
    return Bounds(max(value - half, k), value + half)


def protect(
    figures: Mapping[Key, Figure],
    relations: Sequence[Relation],
    *,
    before: Mapping[Key, Bounds] | None = None,
    guarded: Iterable[Key] = (),
    k: int = DEFAULT_K,
    watch: Callable[[float], None] = lambda share: None,
) -> Release:
    """The release of these figures with the fewest hidden that we can find.

    `before` is what earlier releases told, and `guarded` the small figures among it: they must stay hidden now as well.
    Relations may name its keys. A figure told before is told again the same, or stays hidden. `watch` hears which part
    of the small figures, from 0 to 1, was tried. Raises `CannotBeMadeSafe`, and ValueError when a relation names a
    figure that nobody knows.
    """
    ledger = dict(before or {})
    for key in (key for relation in relations for key in (relation.whole, *relation.parts)):
        if key not in figures and key not in ledger:
            raise ValueError(f"A relation names {key!r}, which is neither a figure nor known from before.")
    small = {key for key, figure in figures.items() if figure.is_small(k)}
    hidden = small | {key for key, bounds in ledger.items() if key in figures and bounds.high >= FAR}
    guard = _Guard(figures, relations, ledger, k, hidden)
    guard.hide_single_ones()
    guard.hide_until_safe({*small, *guarded}, watch)
    values = {key: None if key in hidden else rounded(figure.count) for key, figure in figures.items()}
    return Release(values, frozenset(small), k)


@dataclass
class _Guard:
    """Hides figures, the cheapest first, until the attacker learns too little."""

    figures: Mapping[Key, Figure]
    relations: Sequence[Relation]
    ledger: Mapping[Key, Bounds]
    k: int
    hidden: set[Key]
    _of: dict[Key, list[Relation]] = field(init=False)
    _attackers: dict[Key, Attacker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._of = defaultdict(list)
        for relation in self.relations:
            for key in (relation.whole, *relation.parts):
                self._of[key].append(relation)

    def hide_single_ones(self) -> None:
        """One hidden part beside a whole that is shown is as good as shown: hide the smallest other part as well."""
        waiting = list(self.relations)
        while waiting:
            relation = waiting.pop()
            members = (relation.whole, *relation.parts)
            dark = [key for key in members if self._is_dark(key)]
            if len(dark) == 1 and self._is_small(dark[0]) and (more := self._cheapest(relation.parts)) is not None:
                self.hidden.add(more)
                waiting += self._of[more]

    def hide_until_safe(self, small: Collection[Key], watch: Callable[[float], None]) -> None:
        """Let the attacker try every small figure, and hide something next to it for as long as too much is learnt.

        Hiding one figure never tells more about another, so none has to be tried twice.
        """
        waiting = sorted(small, key=repr)
        for place, key in enumerate(waiting):
            watch(place / len(waiting))
            attacker = self._attacker(key, waiting)
            while (holding := attacker.holding(key, self.k - 1)) is not None:
                more = self._cheapest(holding) or self._next_to(key)
                if more is None:
                    raise CannotBeMadeSafe(f"{key!r} can be worked out, whatever else is hidden.")
                self.hidden.add(more)
                attacker.forget(more, self._bounds(more))

    def _attacker(self, start: Key, small: Sequence[Key]) -> Attacker:
        """For the group of figures that hang together with this one; groups tell nothing about each other."""
        if start not in self._attackers:
            group = self._group(start)
            relations = list({id(relation): relation for key in group for relation in self._of[key]}.values())
            made = Attacker({key: self._bounds(key) for key in sorted(group, key=repr)}, relations)
            made.look_around([key for key in small if key in group], self.k - 1)
            self._attackers.update(dict.fromkeys(group, made))
        return self._attackers[start]

    def _group(self, start: Key) -> set[Key]:
        group, waiting = {start}, [start]
        while waiting:
            for relation in self._of[waiting.pop()]:
                fresh = {relation.whole, *relation.parts} - group
                group |= fresh
                waiting += fresh
        return group

    def _bounds(self, key: Key) -> Bounds:
        """What is known of it: from before, and from now unless it is hidden."""
        earlier = self.ledger.get(key, Bounds(0, FAR))
        if key not in self.figures:
            return earlier
        now = known(None if key in self.hidden else rounded(self.figures[key].count), self.k)
        return Bounds(max(earlier.low, now.low), min(earlier.high, now.high))

    def _is_dark(self, key: Key) -> bool:
        return key in self.hidden if key in self.figures else self.ledger[key].high >= FAR

    def _is_small(self, key: Key) -> bool:
        return key in self.figures and self.figures[key].is_small(self.k)

    def _can_hide(self, key: Key) -> bool:
        """A zero stays a zero, and what was told before cannot be taken back."""
        told = key in self.ledger and self.ledger[key].high < FAR
        return key in self.figures and key not in self.hidden and self.figures[key].count > 0 and not told

    def _cheapest(self, keys: Iterable[Key]) -> Key | None:
        """Of what can be hidden, what costs the reader least: the smallest count."""
        choice = [key for key in keys if self._can_hide(key)]
        return min(choice, key=lambda key: (self.figures[key].count, repr(key)), default=None)

    def _next_to(self, key: Key) -> Key | None:
        """The nearest figure to hide: another part of the same whole, then the whole, then one step further."""
        near, seen = [key], {key}
        while near:
            parts = [part for one in near for relation in self._of[one] for part in relation.parts]
            wholes = [relation.whole for one in near for relation in self._of[one]]
            for choice in (parts, wholes):
                if (found := self._cheapest(choice)) is not None:
                    return found
            near = [one for one in dict.fromkeys((*parts, *wholes)) if one not in seen]
            seen |= set(near)
        return None
