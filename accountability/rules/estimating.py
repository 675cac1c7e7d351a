"""What a sample says about all uses of space: a share with its interval, that knows how few there were to draw from.

Uses were drawn at different rates, so each rate class counts by its part of all uses (a stratified estimate). The
interval is Wilson's, for a simple sample that would be as uncertain as this one (its effective size), with the
correction for a finite population in every class: what was looked at whole has no chance in it. What was found stands
whatever the rest turns out to be, and of a class in which nothing was looked at anything can be true.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from learning.rules.statistics import share_interval


@dataclass(frozen=True)
class Part:
    """One rate class: how many uses there were, how many were looked at, and of how many of those it was found."""

    population: int
    looked_at: int
    found: int


@dataclass(frozen=True)
class Estimate:
    """Shares between 0 and 1: the estimate, and the 95% interval."""

    share: float
    low: float
    high: float


def estimate(parts: Sequence[Part], level: float = 0.95) -> Estimate | None:
    """The share among all uses of which it would be found; None when nothing was looked at.

    Raises ValueError when more was looked at than there was, or found than looked at.
    """
    if any(not 0 <= part.found <= part.looked_at <= part.population for part in parts):
        raise ValueError("One cannot find more than one looks at, nor look at more than there is.")
    known = [part for part in parts if part.looked_at]
    covered, everything = sum(part.population for part in known), sum(part.population for part in parts)
    if not covered:
        return None
    share = sum(part.population * part.found / part.looked_at for part in known) / covered
    low, high = _interval(known, share, covered, level)
    # Of what nobody looked at, all or nothing can be true.
    low, high = low * covered / everything, (high * covered + everything - covered) / everything
    found, clear = sum(part.found for part in known), sum(part.looked_at - part.found for part in known)
    low, high = max(low, found / everything), min(high, (everything - clear) / everything)
    return Estimate(share, low, max(low, high))


def _interval(parts: Sequence[Part], share: float, covered: int, level: float) -> tuple[float, float]:
    spread = sum((part.population / covered) ** 2 * _left_to_chance(part) / part.looked_at for part in parts)
    return share_interval(share / spread, 1 / spread, level) if spread else (share, share)


def _left_to_chance(part: Part) -> float:
    """The correction for a finite population: 0 when all was looked at, nearly 1 when little was."""
    if part.population == part.looked_at:
        return 0.0
    return (part.population - part.looked_at) / (part.population - 1)
