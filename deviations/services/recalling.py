"""What happened, as the facts a space looks at: columns made in SQL, in the order of time, never as instances."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from cases.models import Routine
from deviations.models import Deviation
from deviations.models.deviations import Kind
from deviations.rules.covering import ASKED, DeviationFacts
from deviations.rules.replaying import Past
from deviations.rules.weighing import RiskFlag
from organisation.kernel.money import from_cents
from organisation.kernel.periods import Period

BATCH = 2_000
TICKED = "grounds"
COLUMNS = (
    "pk", "routine_id", "source_type", "weight", "amount_cents", "author_id", "answer", "outcome", "period", "bits",
)  # fmt: skip
# One number says which explanations and risks a row has: bit by bit, so that a row is one look in a table.
BITS = (*ASKED, *RiskFlag.values)
EVERYTHING = frozenset(ASKED)
BLANK = "".join(filter(str.isspace, map(chr, range(0x3001))))


def past(*, team_id: UUID, period: int) -> Iterator[Past]:
    """What this team departed from in one month, the oldest first; read in batches."""
    return _as_past(rows_of(team_id, period))


def of_these(keys: Collection[UUID]) -> list[Past]:
    """These few, the oldest first."""
    return list(_as_past(_told(Deviation.objects.counted().filter(pk__in=keys)).values_list(*COLUMNS)))


def rows_of(team_id: UUID, period: int) -> Iterator[tuple[Any, ...]]:
    """The columns that count, of what this team departed from in one month, the oldest first."""
    rows: Iterator[tuple[Any, ...]] = _told(made_by(team_id, [period])).values_list(*COLUMNS).iterator(BATCH)
    return rows


def made_by(team_id: UUID, periods: Collection[int]) -> Any:
    """What this team departed from in these months: own and imported."""
    return Deviation.objects.counted().filter(team_id=team_id, kind=Kind.MADE, period__in=periods)


def _told(rows: Any) -> Any:
    return rows.annotate(bits=_bits()).order_by(Coalesce("submitted_at", "created_at"), "pk")


def _as_past(rows: Any) -> Iterator[Past]:
    """A register has no place for the explanation that a space asks for: who has a space gives it, so it counts."""
    domains = dict(Routine.objects.values_list("pk", "policy_domain_id"))
    for key, routine, source, weight, cents, author, answer, outcome, period, bits in rows:
        explanation, risks = _meaning(bits)
        facts = DeviationFacts(
            on=_first_day(period),
            routine_id=routine,
            policy_domain_id=domains[routine],
            source_type=source,
            amount=from_cents(cents),
            weight=weight,
            risk_flags=risks,
            explanation=explanation if author else EVERYTHING,
            peer_agreed=True,
        )
        yield Past(key=key, facts=facts, author=author, period=period, cents=cents, answer=answer, outcome=outcome)


@cache
def _first_day(period: int) -> date:
    return Period.from_int(period).first_day


class Trimmed(Func):
    """A text without white space at its ends, as Python strips it."""

    function = "TRIM"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same under its other name."""
        return super().as_sql(compiler, connection, function="BTRIM", **extra)


def _bits() -> Combinable:
    """Which explanations and risks are there, as one number: the database looks quicker than it hands over texts."""
    ticked = Deviation.grounds.through._default_manager.filter(deviation=OuterRef("pk"))
    total: Combinable = Value(0)
    for place, name in enumerate(BITS):
        there: Any = Q(**{f"risk_{name}": True})
        if name == TICKED:
            there = Exists(ticked)
        elif name in ASKED:
            there = GreaterThan(Trimmed(F(name), Value(BLANK)), Value(""))
        total = total + Case(When(there, then=1 << place), default=0)
    return total


@cache
def _meaning(bits: int) -> tuple[frozenset[str], frozenset[str]]:
    """The explanations and the risks that this number stands for."""
    names = {name for place, name in enumerate(BITS) if bits & 1 << place}
    return frozenset(names & ASKED.keys()), frozenset(names - ASKED.keys())
