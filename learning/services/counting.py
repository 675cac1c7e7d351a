"""Counting in the database: queries of the ORM, compiled and run as one INSERT … SELECT, so no row comes here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from cases.models import RoutineUse, RoutineUseTotal
from deviations.models import Deviation, RegisterImport
from learning.models import Cube, CubeUse, KeptCount, KeptSummary, KeptUse
from organisation.kernel.periods import Period

from . import summing_up
from .inserting import insert_cells, rows_of, together
from .summing_up import Place

# Raised when what is counted, or how, changes; it is written in every run.
SPEC_VERSION = 2

WHERE = ("period", "routine", "team", "policy_domain")
WHAT = ("kind", "answer", "outcome", "source_type", "weight")
MEASURES: dict[str, Any] = {
    "n": Count("*"),  # Count("id") would read the table itself: five times slower
    "amount": Sum("amount_cents"),
    "avoided": Sum("avoided_cents"),
    "minutes": Coalesce(Sum("lead_minutes"), 0),
    "with_minutes": Count("lead_minutes"),
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Where something changed: a month, and inside it one routine of one team, or all of them."""

    period: int
    routine: UUID | None = None
    team: UUID | None = None

    @property
    def condition(self) -> Q:
        """The rows of this key, in any table we count."""
        condition = Q(period=self.period)
        if self.routine:
            condition &= Q(routine=self.routine, team=self.team)
        return condition

    @property
    def place(self) -> Place:
        """The summaries that change with it."""
        return Place(self.period, self.period, self.team)


@dataclass(frozen=True, slots=True)
class Span:
    """Months from one to another, both included: what a full run counts at a time."""

    first: int
    last: int

    @property
    def condition(self) -> Q:
        """The rows of these months, in any table we count."""
        return Q(period__gte=self.first, period__lte=self.last)


def deviation_cells(key: Key | Span) -> QuerySet[Any, Any]:
    """The cells of the cube as they are counted now, in the order of `CUBE_COLUMNS` without the generation."""
    return Deviation.objects.counted().filter(key.condition).order_by().values(*WHERE, *WHAT).annotate(**MEASURES)


def use_cells(key: Key | Span) -> QuerySet[Any, Any]:
    """Uses of routines in cases here; the policy domain is that of the case, as with a deviation."""
    return (
        RoutineUse.objects.filter(key.condition)
        .order_by()
        .values("period", "routine", "team", domain=F("case__policy_domain"))
        .annotate(source=Value(CubeUse.Source.CASES), n=Count("*"))
    )


def total_cells(key: Key | Span) -> QuerySet[Any, Any]:
    """Uses reported from outside; those of an import that is not finished do not count yet."""
    rows = RoutineUseTotal.objects.filter(key.condition)
    unfinished = list(RegisterImport.objects.unfinished().values_list("pk", flat=True))
    return (
        rows.filter(Q(source__isnull=True) | ~Q(source__in=unfinished))
        .order_by()
        .values("period", "routine", "team", domain=F("routine__policy_domain"))
        .annotate(origin=Value(CubeUse.Source.REPORTED), n=Sum("uses"))
    )


def kept_deviation_cells(key: Key | Span) -> QuerySet[Any, Any]:
    """What is left of deviations that were destroyed, in the order of `CUBE_COLUMNS` without the generation."""
    return KeptCount.objects.filter(key.condition).order_by().values(*CUBE_COLUMNS[:-1])


def kept_use_cells(key: Key | Span) -> QuerySet[Any, Any]:
    """What is left of uses in cases that were destroyed."""
    return (
        KeptUse.objects.filter(key.condition)
        .order_by()
        .values(*WHERE)
        .annotate(source=Value(CubeUse.Source.CASES), n=F("uses"))
    )


CUBE_COLUMNS = (
    *WHERE, *WHAT, "deviations", "amount_cents", "avoided_cents", "lead_minutes", "lead_count", "generation",
)  # fmt: skip
USE_COLUMNS = (*WHERE, "source", "uses", "generation")
CUBE_NUMBERS = ("deviations", "amount_cents", "avoided_cents", "lead_minutes", "lead_count")
USE_NUMBERS = ("uses",)


def insert(key: Key | Span, *, generation: int) -> int:
    """Count these rows into a generation that has no cells of them. Returns how many cells were made."""
    return (
        insert_cells(Cube, CUBE_COLUMNS, deviation_cells(key), generation)
        + insert_cells(Cube, CUBE_COLUMNS, kept_deviation_cells(key), generation, adding=CUBE_NUMBERS)
        + insert_cells(CubeUse, USE_COLUMNS, use_cells(key), generation)
        + insert_cells(CubeUse, USE_COLUMNS, kept_use_cells(key), generation, adding=USE_NUMBERS)
        + insert_cells(CubeUse, USE_COLUMNS, total_cells(key), generation)
    )


def renew(key: Key, *, generation: int) -> int | None:
    """Count a key again. None when it says the same as before; else how many cells it has now."""
    if key.routine and not differs(key, generation=generation):
        return None
    for model in (Cube, CubeUse):
        model.objects.filter(key.condition, generation=generation).delete()
    return insert(key, generation=generation)


def differs(key: Key, *, generation: int) -> bool:
    """Whether counting this key again would change anything. For small keys: it fetches the rows."""
    stored = Cube.objects.filter(key.condition, generation=generation)
    used = CubeUse.objects.filter(key.condition, generation=generation)
    fresh = together([*rows_of(deviation_cells(key)), *rows_of(kept_deviation_cells(key))], len(CUBE_NUMBERS))
    fresh_uses = together([*rows_of(use_cells(key)), *rows_of(kept_use_cells(key)), *rows_of(total_cells(key))], 1)
    return fresh != sorted(stored.values_list(*CUBE_COLUMNS[:-1])) or fresh_uses != sorted(
        used.values_list(*USE_COLUMNS[:-1])
    )


COUNTED = (Deviation, RoutineUse, RoutineUseTotal, KeptCount, KeptUse, KeptSummary)


def months_with_figures() -> list[int]:
    """Every month from the first to the last that has anything to count, as 202611."""
    ends = [end for table in COUNTED for end in _ends(table)] + summing_up.first_and_last_closed()
    if not ends:
        return []
    return [int(period) for period in Period.from_int(min(ends)).upto(Period.from_int(max(ends)))]


def _ends(table: type[models.Model]) -> list[int]:
    # Two questions, each answered by one end of the index; asked together SQLite reads all of it.
    rows = table._default_manager.order_by()
    first = rows.aggregate(end=Min("period"))["end"]
    last = rows.aggregate(end=Max("period"))["end"]
    return [end for end in (first, last) if end is not None]
