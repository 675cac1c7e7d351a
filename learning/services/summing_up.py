"""The summaries, counted in the database: a query for each table, compiled and run as INSERT … SELECT."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Case, CharField, Count, F, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from cases.models import Case as CaseFile
from cases.models.casefile import Practice
from deviations.models import Deviation
from deviations.models.deviations import Answer, Kind, Urgency
from learning.models import KeptSummary, Summary
from learning.models.summaries import NUMBERS, PLACE, Table
from organisation.kernel.periods import Period

from .inserting import Rows, insert_cells, rows_of, together

DAY, WEEK = 1440, 7 * 1440  # minutes
COLUMNS = (*PLACE, *NUMBERS, "generation")
WHERE = ("period", "team", "policy_domain")
MADE = Q(kind=Kind.MADE)

_HOW_LONG = (
    When(lead_minutes__isnull=True, then=Value("open")),
    When(lead_minutes__lte=DAY, then=Value("day")),
    When(lead_minutes__lte=WEEK, then=Value("week")),
)
_ASKED = Case(When(urgency=Urgency.ALREADY_DONE, then=Value("done:")), default=Value("asked:"))
TIME: Any = Case(
    When(answer=Answer.BY_SPACE, then=Value("space")),
    default=Concat(_ASKED, Case(*_HOW_LONG, default=Value("later")), output_field=CharField()),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Months from one to another, both included, of one team or of all."""

    first: int
    last: int
    team: UUID | None = None

    @property
    def period(self) -> int:
        """The first of them."""
        return self.first

    @property
    def of_team(self) -> Q:
        """Rows of that team."""
        return Q(team=self.team) if self.team else Q()

    @property
    def condition(self) -> Q:
        """The rows of this place, in any table that holds its month."""
        return Q(period__gte=self.first, period__lte=self.last) & self.of_team


def summaries(place: Place) -> list[Rows]:
    """Every table as it is counted now, each row in the order of `COLUMNS` without the generation."""
    deviations = Deviation.objects.counted().filter(place.condition).order_by()
    made, cases = deviations.filter(MADE), _closed(place.first, place.last).filter(place.of_team)
    return [
        _many(deviations.filter(causes__isnull=False), Table.CAUSES, "causes__code"),
        _many(deviations.filter(life_domains__isnull=False), Table.LIFE_DOMAINS, "life_domains__code"),
        _values(made, Table.STRUCTURAL, F("structural")),
        _values(made, Table.TIMES, TIME),
        *(_amounts(made, value, condition, number, *pair) for value, condition, number, *pair in AMOUNTS),
        _values(cases, Table.PRACTICE, Concat("practice", Value(":"), "result")),
        _values(cases.filter(contact_count__lte=1), Table.PRACTICE, Concat("practice", Value(":once"))),
    ]


_AMOUNT, _REAL = "amount_cents", "evaluation__real_cents"
_MEASURED = Q(evaluation__real_cents__isnull=False)
# What was planned stands beside what it really cost, for the deviations of which that is known.
AMOUNTS: tuple[tuple[str, Q, str | None, str, str], ...] = (
    ("extra", Q(amount_cents__gt=0), _AMOUNT, _AMOUNT, _AMOUNT),
    ("avoided", Q(avoided_cents__gt=0), "avoided_cents", "avoided_cents", "avoided_cents"),
    ("real", _MEASURED, _REAL, _REAL, _REAL),
    ("planned", _MEASURED, _AMOUNT, _AMOUNT, _AMOUNT),
    ("both", _MEASURED, None, _AMOUNT, _REAL),
)


def kept(place: Place) -> Rows:
    """What is left of what was destroyed."""
    return KeptSummary.objects.filter(place.condition).order_by().values(*PLACE, *NUMBERS)


def insert(place: Place, *, generation: int) -> int:
    """Count these months into a generation that has no summaries of them. Returns how many rows were made."""
    made = sum(insert_cells(Summary, COLUMNS, rows, generation) for rows in summaries(place))
    return made + insert_cells(Summary, COLUMNS, kept(place), generation, adding=NUMBERS)


def renew(place: Place, *, generation: int) -> int | None:
    """Count a place again. None when it says the same as before; else how many rows it has now."""
    shown = Summary.objects.filter(place.condition, generation=generation)
    fresh = together([row for rows in (*summaries(place), kept(place)) for row in rows_of(rows)], len(NUMBERS))
    if fresh == sorted(shown.values_list(*PLACE, *NUMBERS)):
        return None
    shown.delete()
    fields = [f"{name}_id" if name in ("team", "policy_domain") else name for name in (*PLACE, *NUMBERS)]
    made = Summary.objects.bulk_create(
        Summary(generation=generation, **dict(zip(fields, row, strict=True))) for row in fresh
    )
    return len(made)


def first_and_last_closed() -> list[int]:
    """The months in which the first and the last case were closed; none when no case was."""
    ends = CaseFile.objects.order_by().aggregate(first=Min("closed_at"), last=Max("closed_at")).values()
    return [int(Period.of(moment)) for moment in ends if moment]


def cells_of(*, deviations: Iterable[UUID], cases: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """The cells of these rows alone, each in the order of `COLUMNS` without the generation."""
    of = {Deviation: Q(pk__in=list(deviations)), CaseFile: Q(pk__in=list(cases))}
    periods = set(Deviation.objects.counted().filter(of[Deviation]).values_list("period", flat=True))
    ends = CaseFile.objects.filter(of[CaseFile]).values_list("closed_at", flat=True)
    periods |= {int(Period.of(moment)) for moment in ends if moment}
    if not periods:
        return []
    tables = [rows.filter(of[rows.model]) for rows in summaries(Place(min(periods), max(periods)))]
    return together([row for rows in tables for row in rows_of(rows)], len(NUMBERS))


def _values(rows: QuerySet[Any], table: Table, value: Any, **numbers: Any) -> Rows:
    measures = {"n": Count("*"), "total": Value(0), "spread": Value(0)} | numbers
    named = rows.values(*WHERE, what=Value(table.value, CharField()), which=value)
    return named.annotate(**measures)


def _many(rows: QuerySet[Any], table: Table, path: str) -> Rows:
    return _values(rows, table, F(path))


def _amounts(rows: QuerySet[Any], value: str, condition: Q, total: str | None, one: str, other: str) -> Rows:
    """Sums of money, and of its squares in whole euros: cents squared would not fit."""
    product: Callable[[], Any] = lambda: Cast(F(one) * F(other) / 10_000, BigIntegerField())  # noqa: E731
    cents: Any = Coalesce(Sum(total), 0) if total else Value(0)
    return _values(
        rows.filter(condition), Table.COSTS, Value(value, CharField()), total=cents, spread=Coalesce(Sum(product()), 0)
    )


def _closed(first: int, last: int) -> QuerySet[Any]:
    """Cases that were closed in these months, each with its month."""
    months = list(Period.from_int(first).upto(Period.from_int(last)))
    whens = [
        When(closed_at__gte=month.starts_at, closed_at__lt=month.ends_before, then=Value(int(month)))
        for month in months
    ]
    ended = {"closed_at__gte": months[0].starts_at, "closed_at__lt": months[-1].ends_before}
    rows = CaseFile.objects.filter(**ended, practice__in=Practice.values).order_by()
    return rows.annotate(period=Case(*whens))
