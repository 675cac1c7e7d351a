"""Rises: a series against its own past, with season, restlessness and a short history allowed for.

After Farrington (1996) and Noufaily (2013), who find outbreaks: the last months are compared with the months before
them, months that stood out in the past weigh less, and the spread of the series decides what is surprising. Here the
rate per use of the routine is followed, several lengths of window are tried and paid for, and false discoveries are
controlled over all series at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from organisation.kernel.periods import Period

from .findings import FEWEST, Found, Kind, believed
from .statistics import PRIOR, Numbers, discoveries, rate_ratio, tail

WINDOWS = (1, 2, 3, 4, 6)  # months that may have risen, up to and including the last
TRIED = 2.5  # what trying them all is paid with: they overlap, so less than their number (measured, see the docs)
PAST = 36  # months looked back on at most
SHORTEST_PAST = 6
SEASON_FROM = 24  # months of past before a season can be told from chance
SEASON_PRIOR = 20.0  # deviations: a month of the year with few of them is drawn towards no season at all
STANDS_OUT = 2.58  # deviance of a month in the past from which it weighs less
SMALLEST_EFFECT = 1.5
REST_STILL_ROSE = 0.01  # the chance below which the rest of a whole rose too
SPREAD_FREEDOM = 24  # how much the spread of all series counts in that of one


Key = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Series:
    """Deviations and uses per month, the last month at the end. `routine` or `team` is None when it is over all.

    Without `per_use` nobody knows how often the routine was applied: `uses` is then 1 for every month.
    """

    routine: str | None
    team: str | None
    counts: Numbers
    uses: Numbers
    per_use: bool = True

    def without(self, others: "Iterable[Series]") -> "Series":
        """What is left of it when others are taken out."""
        counts, uses = self.counts.copy(), self.uses.copy()
        for other in others:
            counts -= other.counts
            uses -= other.uses if self.per_use else 0
        return replace(self, counts=np.maximum(counts, 0), uses=np.maximum(uses, 0))


@dataclass(frozen=True, slots=True)
class Usual:
    """What each month does by itself, as a factor on the rate, and how many deviations that is known from."""

    factors: Numbers
    behind: Numbers


@dataclass(slots=True)
class Looked:
    """A series with what its past says: the months that count in it, what is usual, and how restless it is."""

    series: Series
    usual: Usual
    exposure: Numbers
    weights: Numbers
    pearson: float
    freedom: int
    dispersion: float = 1.0


def rises(series: Sequence[Series], last: Period) -> list[Found]:
    """The series that rose, each named where the rise is: a team, or the routine as a whole.

    `last` is the month of the last number in every series; it must be over.
    """
    usual = _usual(series)
    looked = [_look(each, usual[each.routine]) for each in series if _has_past(each)]
    _settle_spread(looked)
    tested = [found for found in (_strongest(each, last) for each in looked) if found]
    sure = believed(tested, discoveries([each.chance or 0.0 for each in tested]))
    sure = [
        each for each in sure if each.interval[0] > 1 and each.effect >= SMALLEST_EFFECT and each.observed >= FEWEST
    ]
    return _where_it_is(sure, {(each.series.routine, each.series.team): each for each in looked}, last)


def _has_past(series: Series) -> bool:
    """Enough months of past behind the shortest window, and something was ever counted."""
    return len(series.counts) > SHORTEST_PAST and bool(series.counts.any()) and bool(series.uses[:-1].any())


def _quiet(months: int) -> int:
    """How many months at the start are past for every window; the rest may hold the rise itself."""
    return max(months - max(WINDOWS), SHORTEST_PAST)


def _usual(series: Sequence[Series]) -> dict[str | None, Usual]:
    """What every month does to a routine by itself, as a factor: one team alone has too few to see that in.

    With two years of past it is the season of the routine. With less the season cannot be told apart, and it is the
    tide of the whole municipality that is taken out: what rises everywhere at once is then not seen as a rise.
    """
    wholes = {each.routine: each for each in series if each.team is None}
    everything = wholes.get(None)
    usual: dict[str | None, Usual] = {}
    for each in series:
        whole = wholes.get(each.routine) or everything or each
        if each.routine not in usual:
            long_enough = _quiet(len(whole.counts)) >= SEASON_FROM
            usual[each.routine] = _season(whole) if long_enough else _tide(everything or whole)
    return usual


def _season(series: Series) -> Usual:
    past = _quiet(len(series.counts))
    place = np.arange(len(series.counts)) % 12
    expected = _rate(series.counts[:past], series.uses[:past]) * series.uses[:past]
    seen = np.bincount(place[:past], series.counts[:past], minlength=12).astype(np.float64) + SEASON_PRIOR
    usual = np.bincount(place[:past], expected, minlength=12).astype(np.float64) + SEASON_PRIOR
    return Usual((seen / usual)[place], seen[place])


def _tide(everything: Series) -> Usual:
    expected = _rate(everything.counts, everything.uses) * everything.uses
    return Usual((everything.counts + SEASON_PRIOR) / (expected + SEASON_PRIOR), everything.counts + SEASON_PRIOR)


def _rate(counts: Numbers, uses: Numbers) -> float:
    return float(counts.sum() / max(uses.sum(), 1e-9))


def _look(series: Series, usual: Usual) -> Looked:
    """Weigh the past: a month that stood out counts for less, so that an old peak does not hide a new one."""
    exposure, months = series.uses * usual.factors, len(series.counts)
    past = slice(max(0, months - PAST - max(WINDOWS)), _quiet(months))
    counts, then = series.counts[past], exposure[past]
    weights = np.ones_like(then)
    pearson, freedom = 0.0, max(int((then > 0).sum()) - 1, 0)
    for _again in range(2):
        expected = _rate(weights * counts, weights * then) * then
        # A month that helped to make its own factor lies closer to it than chance would have it.
        loose = np.maximum(1 - expected / usual.behind[past], 0.2) * expected
        squares = np.divide((counts - expected) ** 2, loose, out=np.zeros_like(then), where=expected > 0)
        # The median, so that a peak does not look usual by itself; by chance alone it is 0.455.
        spread = max(1.0, float(np.median(squares)) / 0.455)
        # One month that stood out says little about how restless the series is in all others.
        pearson = float(np.minimum(squares, STANDS_OUT**2 * spread).sum())
        weights = np.where((counts > expected) & (squares > STANDS_OUT**2 * spread), 0.1, 1.0)
    whole = np.ones(months)
    whole[past] = weights
    whole[: past.start] = 0
    return Looked(series, usual, exposure, whole, pearson, freedom)


def _settle_spread(looked: Sequence[Looked]) -> None:
    """The spread of each series, drawn towards that of all of them; never less than theirs, or than chance gives."""
    whole = max(1.0, sum(each.pearson for each in looked) / max(sum(each.freedom for each in looked), 1))
    for each in looked:
        each.dispersion = max(whole, (each.pearson + SPREAD_FREEDOM * whole) / (each.freedom + SPREAD_FREEDOM))


def _strongest(looked: Looked, last: Period) -> Found | None:
    """The window that says most, with the price of having tried them all."""
    counts, exposure = looked.series.counts, looked.exposure
    best: Found | None = None
    usable = [window for window in WINDOWS if len(counts) - window >= SHORTEST_PAST]
    for window in usable:
        before = looked.weights[:-window]
        seen, now = float(counts[-window:].sum()), float(exposure[-window:].sum())
        past, then = float((before * counts[:-window]).sum()), float((before * exposure[:-window]).sum())
        if not now or not then:
            continue
        expected = (past + PRIOR) / then * now
        # What is usual is not known exactly either: both uncertainties together, as if less had been counted.
        known = 1 / (1 / (past + PRIOR) + 1 / float(looked.usual.behind[-window:].sum()))
        chance = min(1.0, tail(seen, expected, known, looked.dispersion) * TRIED)
        if best is None or chance < (best.chance or 0.0):
            effect, low, high = rate_ratio(seen, expected, known, known, looked.dispersion)
            best = Found(
                kind=Kind.RISE, routine=looked.series.routine, team=looked.series.team, since=last - (window - 1),
                observed=seen, expected=expected, effect=effect, interval=(low, high), chance=chance,
            )  # fmt: skip
    return best


def _where_it_is(found: list[Found], looked: dict[Key, Looked], last: Period) -> list[Found]:
    """Say a rise once, at the place that explains it.

    When a routine rose in some teams and not in the rest, those teams are the signal; when most rose, or the rest rose
    too, the routine is, and a team only if it rose clearly more. Then the same for a team and for everything together.
    """
    narrow: dict[Key, Found] = {(each.routine, each.team): each for each in found if each.routine and each.team}
    kept: list[Found] = []
    explained: set[Key] = set(narrow)
    for whole in sorted((each for each in found if not (each.routine and each.team)), key=_width):
        inside = {key for key in looked if all(key) and _is_part(key, whole)}
        parts = explained & inside
        everywhere = _of_the_rest(whole, looked, parts, last)
        if everywhere is None and 2 * len(parts) > len(inside):
            everywhere = median([narrow[key].effect for key in parts if key in narrow] or [whole.effect])
        if everywhere is None:
            continue
        kept.append(whole)
        for key in parts & set(narrow):
            if narrow[key].interval[0] <= everywhere:
                del narrow[key]
        explained |= inside
    return [*kept, *narrow.values()]


def _of_the_rest(whole: Found, looked: dict[Key, Looked], parts: set[Key], last: Period) -> float | None:
    """How much the rest of a whole rose when its parts are taken out; None when it did not."""
    if not parts:
        return whole.effect
    rest = _rest(looked[whole.routine, whole.team], [looked[key].series for key in parts], last)
    return rest.effect if rest and (rest.chance or 0.0) < REST_STILL_ROSE else None


def _width(found: Found) -> int:
    """Routines first, then teams, then everything."""
    return 0 if found.routine else 1 if found.team else 2


def _is_part(key: Key, whole: Found) -> bool:
    return (whole.routine in (None, key[0])) and (whole.team in (None, key[1]))


def _rest(whole: Looked, parts: list[Series], last: Period) -> Found | None:
    """What is left of a whole without its parts, looked at in the same way."""
    rest = whole.series.without(parts)
    if not _has_past(rest):
        return None
    again = _look(rest, whole.usual)
    again.dispersion = whole.dispersion
    return _strongest(again, last)
