"""The rows of a quarter, for the tables that leave the teams: counted by household, so from the rows themselves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.models import Case
from deviations.models import Deviation, Evaluation
from learning.models import KeptCount
from learning.rules.households import household
from learning.rules.lattice import Shape
from learning.rules.tallying import Closed, Row, tallied, uses_tallied
from organisation.kernel.periods import Quarter
from organisation.kernel.protecting import Figure

from . import counting, summing_up
from .inserting import rows_of

FIELDS = (
    "routine_id", "team_id", "kind", "answer", "outcome", "source_type", "structural", "amount_cents", "avoided_cents",
    "case_id", "register_reference", "neighbourhood_id", "time", "pk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """A quarter: its deviations, the cases that were closed in it, and how often routines were applied."""

    rows: list[Row]
    closed: list[Closed]
    uses: dict[tuple[str, str], int]

    @property
    def shape(self) -> Shape:
        """What stands along the sides of its tables."""
        routines = {row.routine for row in self.rows} | {routine for routine, _team in self.uses}
        teams = (
            {row.team for row in self.rows}
            | {case.team for case in self.closed}
            | {team for _routine, team in self.uses}
        )
        return Shape(
            tuple(sorted(routines)),
            tuple(sorted(teams)),
            tuple(sorted({cause for row in self.rows for cause in row.causes})),
            tuple(sorted({life for row in self.rows for life in row.life_domains})),
        )

    @property
    def figures(self) -> dict[Any, Figure]:
        """The true figures: they go into the protection and nowhere else."""
        return tallied(self.rows, self.closed) | uses_tallied(self.uses)


def gather(quarter: Quarter) -> Gathered:
    """All of a quarter, in memory: some ten thousands of rows for the largest of municipalities."""
    span = counting.Span(int(quarter.first), int(quarter.last))
    uses: dict[tuple[str, str], int] = defaultdict(int)
    for cells in (counting.use_cells(span), counting.kept_use_cells(span), counting.total_cells(span)):
        for _period, routine, team, _domain, _source, number in rows_of(cells):
            uses[str(routine), str(team)] += number
    rows = [*_rows(quarter), *_kept(quarter)]
    return Gathered(rows, list(_closed(quarter)), dict(uses))


def _rows(quarter: Quarter) -> Iterator[Row]:
    rows = Deviation.objects.counted().filter(period__gte=int(quarter.first), period__lte=int(quarter.last))
    causes = _codes(Deviation.causes.through, "cause__code", quarter)
    lives = _codes(Deviation.life_domains.through, "lifedomain__code", quarter)
    measured = Evaluation.objects.filter(deviation__in=rows, real_cents__isnull=False)
    real = {pk: cents for pk, cents in measured.values_list("deviation_id", "real_cents") if cents is not None}
    for row in rows.order_by("pk").annotate(time=summing_up.TIME).values(*FIELDS).iterator():
        pk, money = row["pk"], {"extra": row["amount_cents"], "avoided": row["avoided_cents"]}
        money = {name: cents for name, cents in money.items() if cents}
        if pk in real:
            money |= {"real": real[pk], "planned": row["amount_cents"]}
        yield Row(
            routine=str(row["routine_id"]), team=str(row["team_id"]),
            kind=row["kind"], answer=row["answer"], outcome=row["outcome"], source=row["source_type"],
            structural=row["structural"], time=row["time"], money=money,
            household=household(row["case_id"], row["register_reference"], row["neighbourhood_id"]),
            causes=tuple(causes.get(pk, ())), life_domains=tuple(lives.get(pk, ())),
        )  # fmt: skip


def _codes(through: Any, code: str, quarter: Quarter) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    months = {"deviation__period__gte": int(quarter.first), "deviation__period__lte": int(quarter.last)}
    for pk, value in through.objects.filter(**months).values_list("deviation_id", code):
        found[pk].append(value)
    return found


def _kept(quarter: Quarter) -> Iterator[Row]:
    """What was destroyed since. Nobody knows whose it was: on the careful side all of a cell is one household."""
    cells = KeptCount.objects.filter(period__gte=int(quarter.first), period__lte=int(quarter.last)).order_by("pk")
    for cell in cells:
        row = Row(
            routine=str(cell.routine_id), team=str(cell.team_id), kind=cell.kind,
            answer=cell.answer, outcome=cell.outcome, source=cell.source_type, household=f"kept {cell.pk}",
        )  # fmt: skip
        yield from (row for _one in range(cell.deviations))


def _closed(quarter: Quarter) -> Iterator[Closed]:
    ended = Case.objects.filter(closed_at__gte=quarter.first.starts_at, closed_at__lt=quarter.last.ends_before)
    names = ("team_id", "practice", "result", "contact_count", "pk")
    for team, practice, result, contacts, pk in ended.order_by("pk").values_list(*names).iterator():
        yield Closed(str(team), practice, result, contacts <= 1, str(pk))
