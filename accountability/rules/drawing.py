"""The draw of a round of reviews: which uses of space somebody looks at, by chance and so that anybody can repeat it.

Each use belongs to a stratum: team, weight, and the position of the slider *sight* when the space agreed to it. In a
stratum uses stand in the order in which they were agreed to, and are cut into blocks of one, four or ten (`EVERY`). Of
each block one use is drawn; which one follows from the seed, the stratum and the number of the block.

So in a stratum of n uses between ⌊n / every⌋ and ⌈n / every⌉ are drawn, each use had the same chance, the same seed
gives the same draw, and what is agreed to later never changes what was drawn before. The last block may not be full:
then the place that was drawn in it may still be empty.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

# Position of the slider sight: one in so many. None: account is given in a conversation, so nothing is drawn.
# What is reported before acting is looked at no less than what is not.
EVERY: dict[int, int | None] = {0: 1, 1: 1, 2: 4, 3: 10, 4: None}


class Stratum(NamedTuple):
    """Uses that are alike for the draw."""

    team: str
    weight: str
    sight: int

    @property
    def every(self) -> int | None:
        """One in so many is looked at."""
        return EVERY[self.sight]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a space; `key` is that of its decision."""

    key: str
    at: datetime
    stratum: Stratum


class Count(NamedTuple):
    """How many of a stratum there were, and how many were drawn."""

    decided: int
    drawn: int


@dataclass(frozen=True)
class Draw:
    """What was drawn, in the order in which it was agreed to, and how many of each stratum."""

    chosen: tuple[str, ...]
    strata: Mapping[Stratum, Count]

    @property
    def decided(self) -> int:
        """How many uses one could have drawn from."""
        return sum(count.decided for stratum, count in self.strata.items() if stratum.every)

    @property
    def for_conversation(self) -> int:
        """How many are for a conversation instead."""
        return sum(count.decided for stratum, count in self.strata.items() if not stratum.every)


def draw(uses: Iterable[Use], seed: str) -> Draw:
    """Draw from these uses. A pure function: the same uses and seed give the same draw, in whatever order they come."""
    strata: dict[Stratum, list[Use]] = defaultdict(list)
    for use in sorted(uses, key=lambda use: (use.at, use.key)):
        strata[use.stratum].append(use)
    drawn = {stratum: _of_stratum(stratum, rows, seed) for stratum, rows in strata.items()}
    chosen = sorted((use for rows in drawn.values() for use in rows), key=lambda use: (use.at, use.key))
    counts = {stratum: Count(len(strata[stratum]), len(drawn[stratum])) for stratum in sorted(strata)}
    return Draw(tuple(use.key for use in chosen), counts)


def _of_stratum(stratum: Stratum, uses: list[Use], seed: str) -> list[Use]:
    every = stratum.every
    if not every:
        return []
    blocks = [uses[start : start + every] for start in range(0, len(uses), every)]
    places = [chance(seed, *stratum, number) % every for number in range(len(blocks))]
    return [block[place] for block, place in zip(blocks, places, strict=True) if place < len(block)]


def chance(seed: str, *about: object) -> int:
    """A large number that looks like chance and always comes out the same."""
    text = "|".join([seed, *(str(each) for each in about)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
