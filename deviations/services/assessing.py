"""From rows to rules: what a deviation weighs, what is missing, how it stands in law, which space covers it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils import timezone

from cases.models import Routine
from deviations.models import (
    Deliberation,
    Deviation,
    DiscretionarySpace,
    Ground,
    Objection,
    SecondRequest,
    SpaceBudget,
)
from deviations.models.deliberating import DELIBERATED
from deviations.models.deviations import Answer, Kind, Urgency
from deviations.rules import covering, lawfulness, weighing
from deviations.rules.advising import Lack
from deviations.rules.covering import DeviationFacts, SpaceFacts
from deviations.rules.lawfulness import Standing, StandingFacts
from deviations.rules.limits import Limit
from deviations.rules.parts import ORDER, offered
from deviations.rules.weighing import GroundFacts, RiskFlag, WeighedFacts, Weighing
from organisation.kernel.money import from_cents
from organisation.kernel.periods import Period
from organisation.models import User

from . import hearing
from .recording import deliberation_of, held

# Fields that are always filled in: they have a value from the start.
GIVEN = frozenset({"urgency", "belongs_or_helps"})
PEER_FIRST = 2  # slider deciding


@dataclass(frozen=True)
class Terms:
    """What is ticked and thought through beside the text: in the form before it is saved, or as stored."""

    grounds: tuple[Ground, ...]
    has_causes: bool
    has_life_domains: bool = False
    deliberation: Deliberation = field(default_factory=Deliberation)

    @classmethod
    def of(cls, deviation: Deviation) -> "Terms":
        """As stored."""
        return cls(
            grounds=tuple(cast("list[Ground]", list(deviation.grounds.all()))),
            has_causes=deviation.causes.exists(),
            has_life_domains=deviation.life_domains.exists(),
            deliberation=deliberation_of(deviation),
        )


@dataclass(frozen=True)
class Stock:
    """Names of fields: what is asked for and there, what is asked for and missing, what is there unasked."""

    there: tuple[str, ...]
    missing: tuple[str, ...]
    more: tuple[str, ...]


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
    def stops(self) -> tuple[Limit, ...]:
        """The limits that are not passed."""
        return tuple(limit for limit in self.limits if not limit.passed)

    @property
    def passes(self) -> tuple[Limit, ...]:
        """The limits that are passed."""
        return tuple(limit for limit in self.limits if limit.passed)


def risk_flags(deviation: Deviation) -> frozenset[str]:
    """The risks ticked on this deviation."""
    return frozenset(flag.value for flag in RiskFlag if getattr(deviation, f"risk_{flag.value}"))


def weigh(deviation: Deviation, terms: Terms) -> Weighing:
    """The weight of a deviation, saved or not, with its reasons and the fields it asks for."""
    return weighing.weigh(
        WeighedFacts(
            kind=deviation.kind,
            source_type=deviation.source_type,
            grounds=_ground_facts(terms),
            amount=from_cents(deviation.amount_cents),
            risk_flags=risk_flags(deviation),
        )
    )


def missing(deviation: Deviation, terms: Terms, required: Collection[str]) -> tuple[str, ...]:
    """The required fields that are empty, by name; a routine is always required."""
    return take_stock(deviation, terms, required).missing


def take_stock(deviation: Deviation, terms: Terms, required: Collection[str]) -> Stock:
    """What is there and what is missing, in the order of the form; a routine is always required."""
    asked = {"routine", *required}
    extra = {name for part in offered(deviation.kind) for name in part.fields}
    filled = _filled(deviation, terms, asked | extra) | GIVEN
    return Stock(_in_order(asked & filled), _in_order(asked - filled), _in_order(filled - asked - GIVEN))


def standing(deviation: Deviation, terms: Terms, weighed: Weighing, *, board: bool | None = None) -> Standing:
    """How it stands in law, with what is missing. `board`: its decision is known (default: as kept with the answer)."""
    return lawfulness.standing(
        StandingFacts(
            kind=deviation.kind,
            source_type=deviation.source_type,
            grounds=_ground_facts(terms),
            absent=missing(deviation, terms, weighed.required),
            lacking=_lacking(deviation, terms, weighed, board),
            done_already=deviation.urgency == Urgency.ALREADY_DONE,
            answer=deviation.answer,
        )
    )


def _lacking(deviation: Deviation, terms: Terms, weighed: Weighing, board: bool | None) -> tuple[Lack, ...]:
    if not weighed.advice or deviation.answer == Answer.BY_SPACE:
        return ()
    if board is None:
        board = bool(deviation.answer) and deviation.decisions.final().filter(board_on__isnull=False).exists()
    return hearing.lacking(deviation, weighed.advice, grounds=terms.grounds, board=board)


def stand(deviation: Deviation, terms: Terms | None = None, *, board: bool | None = None) -> None:
    """Set how it stands in law now, for lists and figures; the caller saves. What was imported says nothing of it."""
    if deviation.register_id is None:
        terms = terms or Terms.of(deviation)
        deviation.lawfulness = standing(deviation, terms, weigh(deviation, terms), board=board).status


def stand_again(deviation: Deviation) -> None:
    """After advice: look again at how a request stands that was sent in. Locks its row."""
    row = held(deviation)
    before = row.lawfulness
    if before:
        stand(row)
    if row.lawfulness != before:
        row.save(update_fields=["lawfulness"])


def answers(spaces: Iterable[DiscretionarySpace], deviation: Deviation, terms: Terms, by: User) -> list[SpaceAnswer]:
    """What each of these spaces says to this deviation today: the ones that cover first, then the nearest."""
    routine = deviation.routine
    if deviation.kind != Kind.MADE or routine is None:
        return []
    asked, today = list(spaces), timezone.localdate()
    peer = any(space.deciding_slider == PEER_FIRST for space in asked) and hearing.peer_agreed(deviation, terms.grounds)
    facts = _deviation_facts(deviation, routine, terms, today, peer_agreed=peer)
    found = [SpaceAnswer(space, covering.covering(space_facts(space, by, today), facts)) for space in asked]
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
        granted_by_author=space.granted_by_id in user.accounts,
    )


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else from_cents(cents)


def _deviation_facts(
    deviation: Deviation, routine: Routine, terms: Terms, on: date, *, peer_agreed: bool = False
) -> DeviationFacts:
    return DeviationFacts(
        on=on,
        routine_id=routine.pk,
        policy_domain_id=routine.policy_domain_id,
        source_type=deviation.source_type,
        amount=from_cents(deviation.amount_cents),
        weight=weigh(deviation, terms).weight,
        risk_flags=risk_flags(deviation),
        explanation=_filled(deviation, terms, covering.ASKED),
        objected=Objection.objects.filter(decision__deviation=deviation.pk).exists(),
        refused=SecondRequest.objects.filter(deviation=deviation.pk).exists(),
        peer_agreed=peer_agreed,
    )


def _ground_facts(terms: Terms) -> tuple[GroundFacts, ...]:
    return tuple(
        GroundFacts(ground.code, ground.weight, ground.kind, frozenset(ground.source_types)) for ground in terms.grounds
    )


def _filled(deviation: Deviation, terms: Terms, names: Collection[str]) -> frozenset[str]:
    """Which of these fields say something. Nought euros and an empty tick say nothing; the middle of a slider does."""
    ticked = {
        "grounds": bool(terms.grounds),
        "causes": terms.has_causes,
        "life_domains": terms.has_life_domains,
        "routine": deviation.routine_version_id is not None,
    }
    written = {name for name in names if name not in ticked and _says_something(deviation, terms, name)}
    return frozenset(written | {name for name in names if ticked.get(name)})


def _says_something(deviation: Deviation, terms: Terms, name: str) -> bool:
    value = getattr(terms.deliberation if name in DELIBERATED else deviation, name)
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None if name in DELIBERATED else bool(value)


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=ORDER.__getitem__))
