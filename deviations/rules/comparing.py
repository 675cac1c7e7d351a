"""Which earlier deviations are comparable and by what, and whether most of them went the other way.

Points are given for what two deviations have in common: the routine, what was ticked (`TICKED`), and up to
`LIKE_TEXT` for how alike the texts are. From `COMPARABLE` points on an earlier one is comparable: the same routine
and at least one thing more, or without the routine nearly everything else. The fewer of the earlier texts hold a
word, the more it tells. Words also count by their first and last four letters, since Dutch writes compounds as one:
energierekening and energieleverancier, bankafschriften and afschrift.

Of a text that the reader may not see, only what at least `SHARED_BY` texts have counts. Otherwise somebody could
learn, by typing a name, whether it stands in the text of another team.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SAME_ROUTINE = 40
# What is ticked: for the first in common, for each further one, and how many further ones count.
GROUND, LIFE_DOMAIN = "g:", "l:"
TICKED = {GROUND: (15, 5, 2), LIFE_DOMAIN: (10, 5, 1)}
LIKE_TEXT = 60
COMPARABLE = 50
SHARED_BY = 5

WORD, FRONT, BACK, LETTERS = "w:", "f:", "b:", 4
TOLD_WORDS = 3

# Most of the ten nearest went one way: at least three were answered, and more than half of them the same.
NEAREST = 10
ENOUGH = 3
REFUSED = "refused"


def features(words: Iterable[str], ticked: Iterable[str]) -> frozenset[str]:
    """What a deviation is compared by: its words, their beginnings and ends, and what is ticked."""
    found = set(ticked)
    for word in words:
        found.add(WORD + word)
        if len(word) >= LETTERS:
            found |= {FRONT + word[:LETTERS], BACK + word[-LETTERS:]}
    return frozenset(found)


def packed(found: Iterable[str]) -> bytes:
    """Features as they are kept: four bytes each."""
    return _codes(found).tobytes()


def _codes(found: Iterable[str]) -> NDArray[np.uint32]:
    return np.unique(np.array([crc32(feature.encode()) for feature in found], dtype="<u4"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One earlier deviation: its place in the pool, its points, and the features that it has in common."""

    row: int
    points: float
    shared: frozenset[str]

    @property
    def is_comparable(self) -> bool:
        """Whether it is near enough to be held against."""
        return self.points >= COMPARABLE


class Comparing:
    """A deviation laid beside a pool of earlier ones, each with its packed features, the newest first."""

    def __init__(self, mine: frozenset[str], pool: Sequence[Any], same_routine: Sequence[bool]) -> None:
        self.mine = sorted(mine, key=lambda feature: crc32(feature.encode()))
        self.same_routine = np.array(same_routine, dtype=bool)
        self.size = len(pool)
        wanted = np.array([crc32(feature.encode()) for feature in self.mine], dtype="<u4")
        held = np.frombuffer(b"".join(pool), dtype="<u4")
        rows = np.repeat(np.arange(self.size), [len(each) // 4 for each in pool])
        places = np.minimum(np.searchsorted(wanted, held), max(len(wanted) - 1, 0))
        hits = wanted[places] == held if len(wanted) else np.zeros(len(held), dtype=bool)
        self._places, self._rows = places[hits], rows[hits]
        self._counts = np.bincount(self._places, minlength=len(self.mine))
        is_text = np.array([feature[:2] not in TICKED for feature in self.mine], dtype=bool)
        self._tells = np.where(is_text, np.log((self.size + 2) / (self._counts + 1)), 0.0)

    def by_words(self) -> Numbers:
        """Which part of what is telling in my text each earlier text has too, from 0 to 1."""
        return self._share(self._tells)

    def points(self, likeness: Numbers) -> Numbers:
        """The points of each earlier one, given how alike the texts are."""
        total = self.same_routine * float(SAME_ROUTINE) + LIKE_TEXT * likeness
        for kind, (first, further, most) in TICKED.items():
            of_kind = np.array([feature.startswith(kind) for feature in self.mine], dtype=float)
            count = np.bincount(self._rows, of_kind[self._places], minlength=self.size)
            total += np.where(count > 0, first + further * np.minimum(np.maximum(count - 1, 0), most), 0)
        return np.round(total, 3)

    def nearest(self, likeness: Numbers, most: int, readable: Callable[[list[int]], Iterable[int]]) -> list[Comparison]:
        """The most comparable ones, the newest of equals first. `readable` says which of these rows may be read."""
        points = self.points(likeness)
        closest = self._first(points, range(self.size), most)
        may_read = set(readable(closest))
        known = self._counts >= SHARED_BY
        unread = self.points(self._share(np.where(known, self._tells, 0.0)))
        fair = np.where(np.isin(np.arange(self.size), list(may_read)), points, unread)
        shared: dict[int, set[str]] = {row: set() for row in closest}
        near = np.isin(self._rows, closest)
        for row, place in zip(self._rows[near].tolist(), self._places[near].tolist(), strict=True):
            if row in may_read or known[place] or self.mine[place][:2] in TICKED:
                shared[row].add(self.mine[place])
        first = self._first(fair, closest, most)
        return [Comparison(row, float(fair[row]), frozenset(shared[row])) for row in first]

    def telling(self, shared: Iterable[str]) -> list[str]:
        """The words among these features that tell most."""
        tells = dict(zip(self.mine, self._tells.tolist(), strict=True))
        words = [feature for feature in shared if feature.startswith(WORD)]
        return [word[2:] for word in sorted(words, key=lambda word: (-tells[word], word))[:TOLD_WORDS]]

    def rarest(self, most: int) -> list[str]:
        """The words of mine that the fewest earlier texts have; of these the longest."""
        words = [(count, word) for word, count in zip(self.mine, self._counts, strict=True) if word.startswith(WORD)]
        return [word[2:] for _count, word in sorted(words, key=lambda each: (each[0], -len(each[1]), each[1]))[:most]]

    def _share(self, tells: Numbers) -> Numbers:
        everything = float(self._tells.sum())
        held = np.bincount(self._rows, tells[self._places], minlength=self.size).astype(np.float64)
        return held / (everything or 1.0)

    def _first(self, points: Numbers, rows: Iterable[int], most: int) -> list[int]:
        chosen = np.fromiter(rows, dtype=int)
        return [int(row) for row in chosen[np.lexsort((chosen, -points[chosen]))][:most]]


class Leaning(Enum):
    """Which way the precedents went."""

    NEITHER = "neither"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the nearest comparable ones were answered."""

    agreed: int = 0
    refused: int = 0

    @classmethod
    def of(cls, answers: Iterable[str]) -> "Tally":
        """Count the first ten answers; whatever is not a refusal is an agreement."""
        counted = list(answers)[:NEAREST]
        refused = counted.count(REFUSED)
        return cls(len(counted) - refused, refused)

    @property
    def counted(self) -> int:
        """How many there were."""
        return self.agreed + self.refused

    @property
    def leaning(self) -> Leaning:
        """The way that most of them went; neither when they are few or divided."""
        if self.counted < ENOUGH or self.agreed == self.refused:
            return Leaning.NEITHER
        return Leaning.AGREED if self.agreed > self.refused else Leaning.REFUSED

    def goes_against(self, answer: str) -> bool:
        """Whether this answer, or asking for it, departs from what most precedents were told."""
        return self.leaning is (Leaning.AGREED if answer == REFUSED else Leaning.REFUSED)
