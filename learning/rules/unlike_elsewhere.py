"""Signals that compare a place with other places: disproportion, poor outcomes, unequal and slow answers.

Disproportion comes from drug safety (information component: Bate 1998, Norén 2013): how much more often two things
go together than they would by themselves, drawn towards nothing special where counts are small.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from organisation.kernel.periods import Period

from .findings import FEWEST, Found, Kind, believed
from .statistics import common_odds, discoveries, share_interval, shrunk_ratio, spread_between, tail

T = TypeVar("T")
SMALLEST_EFFECT = 1.5
TWICE = 2.0  # places differ by themselves: less than twice as often is for the figures, not for a signal
CAREFUL_EFFECT = 1.2  # also the careful end of the interval has to be more than a trifle
ENOUGH_ALIKE = 50  # deviations of other routines in the policy domain that make a fair comparison
WHAT_IT_IS_ABOUT = 0.5  # a value in this share of the deviations of a routine is its subject, not a surprise
LATE_SHARE = 0.10  # of the answers may be late before it is a signal


@dataclass(frozen=True, slots=True)
class Count:
    """So many deviations of a routine of a policy domain at a value of some dimension (a life domain, a team …)."""

    routine: str
    domain: str
    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Requests of one routine and weight in one team: how many were answered, and how many with what we look for."""

    routine: str
    team: str
    weight: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Compared:
    """`seen` of `here` at a place, and `elsewhere` of `there` at the places it is compared with."""

    routine: str
    value: str
    seen: int
    here: int
    elsewhere: int
    there: int
    team: str | None = None


def disproportions(counts: Sequence[Count], dimension: str, since: Period) -> list[Found]:
    """Routines that go together with a value more often than the other routines of their policy domain do."""
    of_routine = _sums(counts, lambda count: count.routine, lambda count: count.number)
    of_domain = _sums(counts, lambda count: count.domain, lambda count: count.number)
    domain_of = {count.routine: count.domain for count in counts}
    whole = sum(of_routine.values())
    with_value: dict[tuple[str, str], int] = defaultdict(int)
    here: dict[tuple[str, str], int] = defaultdict(int)
    for count in counts:
        here[count.routine, count.value] += count.number
        with_value[count.domain, count.value] += count.number
        with_value["", count.value] += count.number
    compared = []
    for (routine, value), seen in here.items():
        domain = domain_of[routine]
        others = of_domain[domain] - of_routine[routine]
        place, others = (domain, others) if others >= ENOUGH_ALIKE else ("", whole - of_routine[routine])
        if others and seen < WHAT_IT_IS_ABOUT * of_routine[routine]:
            elsewhere = with_value[place, value] - seen
            compared.append(Compared(routine, value, seen, of_routine[routine], elsewhere, others))
    return _more(compared, Kind.DISPROPORTION, dimension, since)


def by_team(rows: Iterable[tuple[str, str, int, int]], since: Period) -> list[Found]:
    """Teams that depart from a routine more often per use than the other teams do: (routine, team, made, uses)."""
    rows = list(rows)
    made = _sums(rows, lambda row: row[0], lambda row: row[2])
    uses = _sums(rows, lambda row: row[0], lambda row: row[3])
    compared = [
        Compared(routine, team, seen, used, made[routine] - seen, uses[routine] - used, team)
        for routine, team, seen, used in rows
        if used and uses[routine] > used
    ]
    return _more(compared, Kind.DISPROPORTION, "team", since)


def poor_outcomes(rows: Sequence[Answers], since: Period) -> list[Found]:
    """Routines where a deviation did not help more often than with all other routines; `part` did not help."""
    part = _sums(rows, lambda row: row.routine, lambda row: row.part)
    whole = _sums(rows, lambda row: row.routine, lambda row: row.whole)
    parts, wholes = sum(part.values()), sum(whole.values())
    compared = [
        Compared(routine, "no", seen, whole[routine], parts - seen, wholes - whole[routine])
        for routine, seen in part.items()
        if wholes > whole[routine]
    ]
    return _more(compared, Kind.POOR_OUTCOME, "outcome", since)


def unequal_answers(rows: Sequence[Answers], since: Period) -> list[Found]:
    """Teams whose requests are refused more often than comparable ones elsewhere; `part` was refused.

    Comparable is: the same routine and the same weight. The effect is a ratio of odds over the weights.
    """
    tested = []
    for routine in sorted({row.routine for row in rows}):
        of_routine = [row for row in rows if row.routine == routine]
        for team in sorted({row.team for row in of_routine}):
            seen = sum(row.part for row in of_routine if row.team == team)
            whole = sum(row.whole for row in of_routine if row.team == team)
            if seen < FEWEST or sum(row.whole for row in of_routine) - whole < FEWEST:
                continue
            effect, low, high, chance = common_odds(_strata(of_routine, team))
            expected = _comparable(of_routine, team)
            tested.append(
                Found(
                    kind=Kind.UNEQUAL_ANSWERS, routine=routine, team=team, since=since, observed=seen,
                    expected=expected, effect=effect, interval=(low, high), chance=chance,
                    dimension="answer", value="refused",
                )
            )  # fmt: skip
    return _clear(tested)


def slow_answers(rows: Iterable[tuple[str, int, int]], since: Period) -> list[Found]:
    """Teams where more answers come late than can be put down to chance: (team, late, answered)."""
    found = []
    for team, late, answered in rows:
        low, high = share_interval(late, answered)
        if late >= FEWEST and low > LATE_SHARE:
            allowed = LATE_SHARE * answered
            found.append(
                Found(
                    kind=Kind.SLOW_ANSWERS, routine=None, team=team, since=since, observed=late, expected=allowed,
                    effect=late / allowed, interval=(low / LATE_SHARE, high / LATE_SHARE),
                    chance=tail(late, allowed, 1e9), dimension="answer", value="late",
                )
            )  # fmt: skip
    return believed(found, discoveries([each.chance or 0.0 for each in found]))


def over_threshold(rows: Iterable[tuple[str, int]], limit: int, month: Period) -> list[Found]:
    """Routines departed from more often in one month than was agreed: (routine, made)."""
    return [
        Found(
            kind=Kind.THRESHOLD, routine=routine, team=None, since=month, observed=made, expected=limit,
            effect=made / limit, interval=(made / limit, made / limit),
        )
        for routine, made in rows
        if made > limit
    ]  # fmt: skip


def _more(compared: Sequence[Compared], kind: Kind, dimension: str, since: Period) -> list[Found]:
    """Those that have it more often than the others, beyond what places differ by themselves."""
    places = [(one, (one.elsewhere + 0.5) / (one.there + 0.5) * one.here) for one in compared]
    between = spread_between([one.seen for one, _expected in places], [expected for _one, expected in places])
    tested = []
    for one, expected in places:
        if one.seen < FEWEST:
            continue
        effect, low, high = shrunk_ratio(one.seen, expected)
        known = 1 / (1 / (one.elsewhere + 0.5) + between)
        tested.append(
            Found(
                kind=kind, routine=one.routine, team=one.team, since=since, observed=one.seen, expected=expected,
                effect=effect, interval=(low, high), chance=tail(one.seen, expected, known),
                dimension=dimension, value=one.value,
            )
        )  # fmt: skip
    return _clear(tested, TWICE if kind == Kind.DISPROPORTION else SMALLEST_EFFECT)


def _clear(tested: Sequence[Found], least: float = SMALLEST_EFFECT) -> list[Found]:
    """Those that are no false discovery and are large enough to matter."""
    sure = believed(tested, discoveries([each.chance or 0.0 for each in tested]))
    return [each for each in sure if each.effect >= least and each.interval[0] >= CAREFUL_EFFECT]


def strongest_of_each_routine(found: Iterable[Found]) -> list[Found]:
    """One signal a routine: most routines have something to do with some sides of life, that is no news."""
    best: dict[str | None, Found] = {}
    for each in sorted(found, key=lambda one: one.interval[0]):
        best[each.routine] = each
    return list(best.values())


def _strata(rows: Iterable[Answers], team: str) -> list[tuple[int, int, int, int]]:
    found = []
    by_weight: Mapping[str, list[Answers]] = _grouped(rows, lambda row: row.weight)
    for group in by_weight.values():
        here = [row for row in group if row.team == team]
        there = [row for row in group if row.team != team]
        a, b = sum(row.part for row in here), sum(row.whole - row.part for row in here)
        c, d = sum(row.part for row in there), sum(row.whole - row.part for row in there)
        found.append((a, b, c, d))
    return found


def _comparable(rows: Iterable[Answers], team: str) -> float:
    """How many would have been refused here if each weight were answered as elsewhere."""
    return sum((a + b) * c / (c + d) for a, b, c, d in _strata(rows, team) if c + d)


def _grouped(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _sums(rows: Iterable[T], key: Callable[[T], str], of: Callable[[T], int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[key(row)] += of(row)
    return found
