"""From rows to rules: what a deviation weighs, what is missing, and which space covers it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils import timezone

from cases.models import Routine
from deviations.models import Deviation, DiscretionarySpace, Ground, SpaceBudget
from deviations.models.deviations import Kind
from deviations.rules import covering, weighing
from deviations.rules.covering import DeviationFacts, Limit, SpaceFacts
from deviations.rules.weighing import GroundFacts, RiskFlag, WeighedFacts, Weighing
from organisation.kernel.money import from_cents
from organisation.kernel.periods import Period
from organisation.models import User

# Fields that are always filled in: they have a value from the start.
GIVEN = frozenset({"urgency", "belongs_or_helps"})
TICKED = frozenset({"grounds", "causes"})


@dataclass(frozen=True)
class Terms:
    """What is ticked beside the text: in the form before it is saved, or as stored."""

    grounds: tuple[Ground, ...]
    has_causes: bool

    @classmethod
    def of(cls, deviation: Deviation) -> "Terms":
        """As stored."""
        return cls(
            grounds=tuple(cast("list[Ground]", list(deviation.grounds.all()))), has_causes=deviation.causes.exists()
        )


@dataclass(frozen=True)
class SpaceAnswer:
    """What one space says: every limit, and whether all of them are passed."""

    space: DiscretionarySpace
    limits: tuple[Limit, ...]

    @property
    def covers(self) -> bool:
        """Whether the deviation falls within this space."""
        return covering.is_covered(self.limits)

    @property
    def in_order(self) -> tuple[Limit, ...]:
        """What stops it first, the rest behind it."""
        return tuple(sorted(self.limits, key=lambda limit: limit.passed))

    @property
    def stops(self) -> tuple[Limit, ...]:
        """The limits that are not passed."""
        return tuple(limit for limit in self.limits if not limit.passed)


def risk_flags(deviation: Deviation) -> frozenset[str]:
    """The risks ticked on this deviation."""
    return frozenset(flag.value for flag in RiskFlag if getattr(deviation, f"risk_{flag.value}"))


def weigh(deviation: Deviation, terms: Terms) -> Weighing:
    """The weight of a deviation, saved or not, with its reasons and the fields it asks for."""
    grounds = tuple(
        GroundFacts(
            code=ground.code, weight=ground.weight, kind=ground.kind, source_types=frozenset(ground.source_types)
        )
        for ground in terms.grounds
    )
    return weighing.weigh(
        WeighedFacts(
            kind=deviation.kind,
            source_type=deviation.source_type,
            grounds=grounds,
            amount=from_cents(deviation.amount_cents),
            risk_flags=risk_flags(deviation),
        )
    )


def missing(deviation: Deviation, terms: Terms, required: Collection[str]) -> tuple[str, ...]:
    """The required fields that are empty, by name; a routine is always required."""
    filled = _filled(deviation, terms, required) | GIVEN
    absent = sorted(name for name in required if name not in filled)
    return ("routine", *absent) if deviation.routine_version_id is None else tuple(absent)


def answers(spaces: Iterable[DiscretionarySpace], deviation: Deviation, terms: Terms, by: User) -> list[SpaceAnswer]:
    """What each of these spaces says to this deviation today: the ones that cover first, then the nearest."""
    routine = deviation.routine
    if deviation.kind != Kind.MADE or routine is None:
        return []
    today = timezone.localdate()
    facts = _deviation_facts(deviation, routine, terms, today)
    found = [SpaceAnswer(space, covering.covering(space_facts(space, by, today), facts)) for space in spaces]
    return sorted(found, key=lambda answer: len(answer.stops))


def spaces_of(user: User, deviation: Deviation) -> list[DiscretionarySpace]:
    """The spaces somebody holds in the team of this deviation, except drafts, ready to be asked."""
    held = DiscretionarySpace.objects.held_by(user).granted().filter(team_id=deviation.team_id)
    return list(held.select_related("granted_by").prefetch_related("routines", "policy_domains", "budgets"))


def space_facts(space: DiscretionarySpace, user: User, on: date, *, holder: bool = True) -> SpaceFacts:
    """A space as it stands towards somebody; `holder` is what the caller has read from the database."""
    spent = {budget.period: from_cents(budget.spent_cents) for budget in space.budgets.all()}
    return SpaceFacts(
        state=space.state,
        valid_from=space.valid_from,
        valid_until=space.valid_until,
        routines=frozenset(routine.pk for routine in space.routines.all()),
        policy_domains=frozenset(domain.pk for domain in space.policy_domains.all()),
        purpose=space.purpose_slider,
        rules=space.rules_slider,
        means=space.means_slider,
        deciding=space.deciding_slider,
        sight=space.sight_slider,
        amount_per_deviation=_euros(space.cents_per_deviation),
        amount_per_month=_euros(space.cents_per_month),
        amount_per_period=_euros(space.cents_per_period),
        spent_month=spent.get(int(Period.of_date(on)), Decimal(0)),
        spent_period=spent.get(SpaceBudget.WHOLE, Decimal(0)),
        never=frozenset(flag.value for flag in RiskFlag if getattr(space, f"never_{flag.value}")),
        holder=holder,
        granted_by_author=space.granted_by_id == user.pk,
    )


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else from_cents(cents)


def _deviation_facts(deviation: Deviation, routine: Routine, terms: Terms, on: date) -> DeviationFacts:
    return DeviationFacts(
        on=on,
        routine_id=routine.pk,
        policy_domain_id=routine.policy_domain_id,
        source_type=deviation.source_type,
        amount=from_cents(deviation.amount_cents),
        weight=weigh(deviation, terms).weight,
        risk_flags=risk_flags(deviation),
        explanation=_filled(deviation, terms, covering.ASKED),
    )


def _filled(deviation: Deviation, terms: Terms, names: Collection[str]) -> frozenset[str]:
    written = {name for name in names if name not in TICKED | GIVEN and getattr(deviation, name).strip()}
    ticked = {"grounds"} & set(names) if terms.grounds else set()
    caused = {"causes"} & set(names) if terms.has_causes else set()
    return frozenset(written | ticked | caused)
