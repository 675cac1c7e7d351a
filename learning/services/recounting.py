"""Proving the figures: counts once more in plain Python, from the raw rows, and compares every cell.

On purpose this shares no query and no definition with the roll-up; only the names of columns are the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.models import RoutineUse, RoutineUseTotal
from deviations.models import Deviation, RegisterImport
from learning.models import Cube, CubeState, CubeUse, KeptCount, KeptUse

from . import recounting_summaries

Cells = dict[tuple[str, ...], list[int]]

_NOT_COUNTED = ("draft", "withdrawn")
_ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that does not say what the rows say."""

    cell: tuple[str, ...]
    counted: list[int] | None
    stored: list[int] | None

    def __str__(self) -> str:
        return f"{' · '.join(part or '-' for part in self.cell)}: counted {self.counted}, stored {self.stored}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many cells were compared, and those that differ."""

    cells: int
    differences: tuple[Difference, ...]


def verify() -> Verdict:
    """Compare every cell of the generation that is shown with a recount of all rows."""
    counted, stored = _count_rows(), _read_cube()
    differences = tuple(
        Difference(cell, counted.get(cell), stored.get(cell))
        for cell in sorted(counted.keys() | stored.keys())
        if counted.get(cell) != stored.get(cell)
    )
    return Verdict(len(counted.keys() | stored.keys()), differences)


def _count_rows() -> Cells:
    imports = {str(pk): state for pk, state in RegisterImport.objects.values_list("pk", "state")}
    cells: Cells = defaultdict(lambda: [0, 0, 0, 0, 0])
    for row in _deviations():
        if row["state"] in _NOT_COUNTED or imports.get(str(row["register_id"]), "done") != "done":
            continue
        cell = cells[("deviations", *(str(row[name]) for name in _DEVIATION))]
        lead = row["lead_minutes"]
        added = (1, row["amount_cents"], row["avoided_cents"], lead or 0, 0 if lead is None else 1)
        for place, number in enumerate(added):
            cell[place] += number
    for period, routine, team, domain in RoutineUse.objects.values_list(
        "period", "routine_id", "team_id", "case__policy_domain_id"
    ).iterator(_ROWS_AT_ONCE):
        cells[("uses", str(period), str(routine), str(team), str(domain), "cases")][0] += 1
    for period, routine, team, domain, source, uses in RoutineUseTotal.objects.values_list(
        "period", "routine_id", "team_id", "routine__policy_domain_id", "source", "uses"
    ).iterator(_ROWS_AT_ONCE):
        if imports.get(str(source), "done") == "done":
            cells[("uses", str(period), str(routine), str(team), str(domain), "reported")][0] += uses
    _count_kept(cells)
    recounting_summaries.count(cells, imports)
    return dict(cells)


def _count_kept(cells: Cells) -> None:
    """What is left of cases that were destroyed: there is nothing else to recount."""
    for row in KeptCount.objects.iterator(_ROWS_AT_ONCE):
        cell = cells[("deviations", *(str(getattr(row, name)) for name in _DEVIATION))]
        left = (row.deviations, row.amount_cents, row.avoided_cents, row.lead_minutes, row.lead_count)
        for place, number in enumerate(left):
            cell[place] += number
    for use in KeptUse.objects.iterator(_ROWS_AT_ONCE):
        where = (str(use.period), str(use.routine_id), str(use.team_id), str(use.policy_domain_id))
        cells[("uses", *where, "cases")][0] += use.uses


_DEVIATION = (
    "period", "routine_id", "team_id", "policy_domain_id", "kind", "answer", "outcome", "source_type", "weight",
)  # fmt: skip


def _deviations() -> Iterator[dict[str, Any]]:
    names = (*_DEVIATION, "state", "register_id", "amount_cents", "avoided_cents", "lead_minutes")
    return Deviation.objects.order_by().values(*names).iterator(_ROWS_AT_ONCE)


def _read_cube() -> Cells:
    generation = CubeState.now().generation
    cells: Cells = {}
    for row in Cube.objects.filter(generation=generation).iterator(_ROWS_AT_ONCE):
        numbers = [row.deviations, row.amount_cents, row.avoided_cents, row.lead_minutes, row.lead_count]
        cells[("deviations", *(str(getattr(row, name)) for name in _DEVIATION))] = numbers
    for use in CubeUse.objects.filter(generation=generation).iterator(_ROWS_AT_ONCE):
        where = (str(use.period), str(use.routine_id), str(use.team_id), str(use.policy_domain_id))
        cells[("uses", *where, use.source)] = [use.uses, 0, 0, 0, 0]
    return cells | recounting_summaries.stored(generation)
