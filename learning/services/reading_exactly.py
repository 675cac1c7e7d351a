"""The figures of a team as they are counted, for who leads it: sums of the cube and of the summaries."""

from collections.abc import Iterator
from math import sqrt
from typing import Any

from django.db.models import F, QuerySet, Sum

from cases.models import Routine
from learning.models import Cube, CubeUse, Summary
from learning.rules.lattice import ALL, MADE
from learning.rules.selecting import Selection
from learning.rules.telling import Money, Numbers, Told

BY = {"kinds": "kind", "answers": "answer", "outcomes": "outcome", "sources": "source_type"}


def numbers(selection: Selection) -> Numbers:
    """Everything of this selection."""
    cube, uses = _rows(Cube.objects.current(), selection), _rows(CubeUse.objects.current(), selection)
    made = cube.filter(kind=MADE)
    found = {(table, code): n for table, name in BY.items() for code, n in _counts(table, cube, made, name).items()}
    by_team = {pair: n for pair, n in _sums(made, "routine_id", "team_id", of="deviations").items()}
    for (routine, _team), n in by_team.items():
        for row in (routine, ALL):
            found["made", row] = found.get(("made", row), 0) + n
    for (routine,), n in _sums(uses, "routine_id", of="uses").items():
        found["uses", routine] = n
        found["uses", ALL] = found.get(("uses", ALL), 0) + n
    summed = _summed(selection)
    found |= {place: row[0] for place, row in summed.items()}
    return Numbers(
        {place: Told(n) for place, n in found.items()},
        {pair: Told(n) for pair, n in by_team.items()},
        _money(summed),
        tuple(sorted({team for _routine, team in by_team})),
    )


def by_month(selection: Selection) -> Iterator[tuple[int, Numbers]]:
    """Made, considered and blocked in each month."""
    cube = _rows(Cube.objects.current(), selection)
    found: dict[int, dict[tuple[str, str], Told]] = {month: {} for month in selection.months}
    for (month, kind), n in _sums(cube, "period", "kind", of="deviations").items():
        found[int(month)]["kinds", kind] = Told(n)
    yield from ((month, Numbers(figures)) for month, figures in found.items())


def routines_of(domain: str) -> frozenset[str]:
    """The routines of a policy domain."""
    return frozenset(map(str, Routine.objects.filter(policy_domain__pk=domain).values_list("pk", flat=True)))


def _counts(table: str, cube: QuerySet[Any], made: QuerySet[Any], name: str) -> dict[str, int]:
    rows = cube if table == "kinds" else made
    return {code: n for (code,), n in _sums(rows, name, of="deviations").items()}


def _rows(rows: QuerySet[Any], selection: Selection) -> QuerySet[Any]:
    rows = rows.of_months(selection.first, selection.last).order_by()  # type: ignore[attr-defined]
    if selection.domain:
        rows = rows.filter(policy_domain=selection.domain)
    if selection.teams is not None:
        rows = rows.filter(team__in=selection.teams)
    return rows


def _sums(rows: QuerySet[Any], *by: str, of: str) -> dict[Any, int]:
    grouped = rows.values_list(*by).annotate(n=Sum(F(of)))
    return {tuple(str(part) for part in row[:-1]): row[-1] for row in grouped}


def _summed(selection: Selection) -> dict[tuple[str, str], tuple[int, int, int]]:
    rows = _rows(Summary.objects.current(), selection).values_list("table", "value")
    found = rows.annotate(n=Sum("number"), total=Sum("cents"), spread=Sum("squares"))
    return {(table, value): (n, total, spread) for table, value, n, total, spread in found}


def _money(summed: dict[tuple[str, str], tuple[int, int, int]]) -> dict[str, Money | None]:
    """Cents, and the root of the squares, which are kept in whole euros."""
    costs = {value: row for (table, value), row in summed.items() if table == "costs"}
    found: dict[str, Money | None] = {name: (row[1], round(100 * sqrt(row[2]))) for name, row in costs.items()}
    if "real" in costs and costs["planned"][1]:
        ratio = costs["real"][1] / costs["planned"][1]
        left = costs["real"][2] - 2 * ratio * costs["both"][2] + ratio**2 * costs["planned"][2]
        found["real"] = (costs["real"][1], round(100 * sqrt(max(left, 0))))
    return found
