"""The arithmetic of signals: tails that allow for few counts and restless series, intervals, false discoveries.

Formulas, assumptions and sources stand in `docs/statistics.md`. Everything takes and gives plain numbers or numpy
arrays; a probability is between 0 and 1, a ratio of rates is 1 when nothing differs.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Numbers = NDArray[np.float64]

# A count is added to what was seen before as a prior (Jeffreys): a series without a past is not infinitely surprising.
PRIOR = 0.5
MANY_PLACES = 10  # fewer say too little about how much places differ by themselves


def tail(observed: float, expected: float, past: float, dispersion: float = 1.0) -> float:
    """The chance of at least `observed` where `expected` follows from a past in which `past` were counted.

    The expected number is not known exactly, so the count is negative binomial: with `dispersion` 1 (variance over
    mean) this is the predictive distribution of a Poisson count after a gamma-distributed rate; a restless series
    has a longer tail. Nothing expected or nothing seen says nothing: 1.
    """
    if observed <= 0 or expected <= 0:
        return 1.0
    size = expected / (dispersion - 1 + dispersion * expected / (past + PRIOR))
    return float(special.betainc(observed, size, expected / (expected + size)))


def discoveries(chances: Sequence[float]) -> list[float]:
    """The q-value of each chance: the share of false discoveries when it and all that are smaller are believed.

    Benjamini and Hochberg (1995). In the order given; holds when tests are independent or move together.
    """
    p = np.asarray(chances, dtype=float)
    if not len(p):
        return []
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(value) for value in q]


def rate_ratio(
    observed: float, exposure: float, past: float, past_exposure: float, dispersion: float = 1.0, level: float = 0.95
) -> tuple[float, float, float]:
    """The ratio of two rates with its interval, by the F-distribution of a ratio of gammas (Jeffreys prior)."""
    a, b = observed / dispersion + PRIOR, past / dispersion + PRIOR
    scale = (a / exposure) / (b / past_exposure)
    low, high = (float(stats.f.ppf(side, 2 * a, 2 * b)) for side in ((1 - level) / 2, (1 + level) / 2))
    return scale, scale * low, scale * high


def spread_between(observed: Sequence[float], expected: Sequence[float]) -> float:
    """How much places differ by themselves: the variance of their true ratios to what was expected, 0 or more.

    By moments, like the random effect of DerSimonian and Laird (1986); the tenth of the places that differ most is left
    out, since what we look for should not hide itself.
    """
    o, e = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    if len(o) < MANY_PLACES:
        return 0.0
    excess = (o - e) ** 2 - e
    usual = np.argsort((o - e) ** 2 / np.maximum(e, PRIOR))[: int(len(o) * 0.9)]
    return max(0.0, float(excess[usual].sum() / (e[usual] ** 2).sum()))


def share_interval(part: float, whole: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share; everything is possible when nothing was seen.

    Of a sample that was not simple, `whole` is its effective size, which need not be a whole number.
    """
    if not whole:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + level) / 2))
    share, spread = part / whole, z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def shrunk_ratio(observed: float, expected: float) -> tuple[float, float, float]:
    """How many times more than expected, drawn towards 1 where counts are small, with its 95% interval.

    Two to the power of the information component of Norén, Hopstadius and Bate (2013): (O + ½) / (E + ½), with the
    interval of a gamma distribution of shape O + ½ and rate E + ½.
    """
    low, high = stats.gamma.ppf([0.025, 0.975], observed + PRIOR, scale=1 / (expected + PRIOR))
    return (observed + PRIOR) / (expected + PRIOR), float(low), float(high)


def common_odds(strata: Sequence[tuple[int, int, int, int]]) -> tuple[float, float, float, float]:
    """The odds ratio over strata of (here yes, here no, elsewhere yes, elsewhere no), its interval, and the chance.

    Mantel and Haenszel (1959), interval by Robins, Breslow and Greenland (1986), chance with continuity correction.
    (1, 0, inf, 1) when no stratum can compare.
    """
    rows = np.array([row for row in strata if sum(row[:2]) and sum(row[2:]) and row[0] + row[2]], dtype=float)
    if not len(rows):
        return 1.0, 0.0, float("inf"), 1.0
    a, b, c, d = rows.T
    n = rows.sum(axis=1)
    expected = (a + b) * (a + c) / n
    variance = (a + b) * (c + d) * (a + c) * (b + d) / (n**2 * np.maximum(n - 1, 1))
    gap = max(abs(a.sum() - expected.sum()) - 0.5, 0.0)
    chance = float(stats.chi2.sf(gap**2 / variance.sum(), 1)) if variance.sum() else 1.0
    # A half in every cell, so that a side with none gives a wide interval and no division by zero.
    a, b, c, d = a + PRIOR, b + PRIOR, c + PRIOR, d + PRIOR
    n = n + 4 * PRIOR
    up, down, plus, cross = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    ratio = float(up.sum() / down.sum())
    spread = sqrt(
        float(
            (plus * up).sum() / (2 * up.sum() ** 2)
            + (plus * down + cross * up).sum() / (2 * up.sum() * down.sum())
            + (cross * down).sum() / (2 * down.sum() ** 2)
        )
    )
    return ratio, ratio * float(np.exp(-1.96 * spread)), ratio * float(np.exp(1.96 * spread)), chance
