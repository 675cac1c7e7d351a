"""The effect of a change: the rate before and after, with trend and season taken out, and an honest word for it.

A Poisson regression of deviations on uses (interrupted time series; Bernal, Cummins and Gasparrini 2017): a level, a
trend when there is a year before the change, a yearly wave when there are two years in all, and a step at the change.
The interval allows for unrest (quasi-Poisson). Formulas and limits stand in `docs/statistics.md`.
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from scipy import stats

from .statistics import Numbers

ENOUGH_MONTHS = 3  # after the change
ENOUGH_EXPECTED = 10.0  # deviations after the change, had nothing changed
TREND_FROM, WAVE_FROM = 12, 24  # months
LEAST_BEFORE = 6
ROUNDS = 25


class Verdict(TextChoices):
    """What can be said of the effect."""

    TOO_EARLY = "too_early", _("Too early to say")
    FEWER = "fewer", _("It is departed from less often")
    MORE = "more", _("It is departed from more often")
    NO_DIFFERENCE = "no_difference", _("No difference can be seen")


@dataclass(frozen=True, slots=True)
class Effect:
    """Rates per hundred uses before and after, and the ratio between them with its 95% interval."""

    verdict: Verdict
    before: float
    after: float
    months_after: int
    ratio: float = 1.0
    low: float = 0.0
    high: float = float("inf")
    trend: bool = False
    wave: bool = False


def measure(counts: Numbers, uses: Numbers, change: int) -> Effect:
    """The effect of a change at place `change` in these months; the last month must be over.

    `uses` is how often the routine was applied, or 1 for each month when nobody knows.
    """
    before, after = _rate(counts[:change], uses[:change]), _rate(counts[change:], uses[change:])
    months = len(counts) - change
    expected = before / 100 * float(uses[change:].sum())
    if change < LEAST_BEFORE or months < ENOUGH_MONTHS or expected < ENOUGH_EXPECTED:
        return Effect(Verdict.TOO_EARLY, before, after, max(months, 0))
    trend, wave = change >= TREND_FROM, len(counts) >= WAVE_FROM
    step, spread, freedom = _fit(counts, uses, _columns(len(counts), change, trend=trend, wave=wave))
    reach = float(stats.t.ppf(0.975, freedom)) * spread
    low, high = float(np.exp(step - reach)), float(np.exp(min(step + reach, 50)))
    verdict = Verdict.FEWER if high < 1 else Verdict.MORE if low > 1 else Verdict.NO_DIFFERENCE
    return Effect(verdict, before, after, months, float(np.exp(step)), low, high, trend, wave)


def _rate(counts: Numbers, uses: Numbers) -> float:
    return 100 * float(counts.sum()) / max(float(uses.sum()), 1e-9)


def _columns(months: int, change: int, *, trend: bool, wave: bool) -> Numbers:
    time = np.arange(months, dtype=float)
    columns = [np.ones(months), (time >= change).astype(float)]
    if trend:
        columns.append(time / 12)
    if wave:
        columns += [np.sin(2 * np.pi * time / 12), np.cos(2 * np.pi * time / 12)]
    return np.column_stack(columns)


def _fit(counts: Numbers, uses: Numbers, columns: Numbers) -> tuple[float, float, int]:
    """The step on a log scale, its standard error, and degrees of freedom; by iteratively reweighted least squares."""
    known = uses > 0
    counts, columns, offset = counts[known], columns[known], np.log(uses[known])
    fitted = np.log((counts + 0.5) / np.exp(offset))
    found = np.linalg.lstsq(columns, fitted, rcond=None)[0]
    for _round in range(ROUNDS):
        mean = np.exp(np.clip(columns @ found + offset, -30, 30))
        working = columns @ found + (counts - mean) / mean
        weight = np.sqrt(mean)
        found = np.linalg.lstsq(columns * weight[:, None], working * weight, rcond=None)[0]
    mean = np.exp(np.clip(columns @ found + offset, -30, 30))
    freedom = max(len(counts) - columns.shape[1], 1)
    unrest = max(1.0, float(((counts - mean) ** 2 / mean).sum()) / freedom)
    covariance = np.linalg.pinv(columns.T @ (columns * mean[:, None])) * unrest
    return float(found[1]), float(np.sqrt(covariance[1, 1])), freedom
