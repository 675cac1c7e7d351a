"""From requests to a space: the narrowest room that holds all of these, as far as a space can hold them at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from deviations.rules.covering import ACTIVE, BENDING, EXPLANATION, DeviationFacts, SpaceFacts
from deviations.rules.weighing import RiskFlag, Weight

# What the requests do not say, for a manager to change: told of each use at once, and one in four looked at.
DECIDING, SIGHT = 1, 2
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Proposal:
    """The positions of the sliders, the amount, and where it stops."""

    routines: frozenset[UUID]
    purpose: int
    rules: int
    means: int
    per_deviation: Decimal | None
    never: frozenset[str]
    deciding: int = DECIDING
    sight: int = SIGHT

    def facts(self, first: date, last: date) -> SpaceFacts:
        """As a space that is in force on these days, towards somebody who holds it."""
        return SpaceFacts(
            state=ACTIVE,
            valid_from=first,
            valid_until=last,
            routines=self.routines,
            policy_domains=frozenset(),
            purpose=self.purpose,
            rules=self.rules,
            means=self.means,
            deciding=self.deciding,
            sight=self.sight,
            amount_per_deviation=self.per_deviation,
            amount_per_month=None,
            amount_per_period=None,
            spent_month=NOTHING,
            spent_period=NOTHING,
            never=self.never,
            holder=True,
            granted_by_author=False,
        )


def propose(requests: Sequence[DeviationFacts]) -> Proposal:
    """What these requests have in common. One that no space can cover (weight D, a statute) widens nothing."""
    fit = [asked for asked in requests if can_be_covered(asked)] or list(requests)
    dearest = max((asked.amount for asked in fit), default=NOTHING)
    raised = frozenset(flag for asked in fit for flag in asked.risk_flags)
    return Proposal(
        routines=frozenset(asked.routine_id for asked in fit),
        purpose=_purpose(fit),
        rules=_rules(fit),
        means=1 if dearest else 0,
        per_deviation=Decimal(math.ceil(dearest)) if dearest else None,
        never=frozenset(RiskFlag.values) - raised,
    )


def can_be_covered(asked: DeviationFacts) -> bool:
    """Whether any space at all could hold it."""
    return asked.weight != Weight.D and any(asked.source_type in sources for sources in BENDING.values())


def _purpose(requests: Sequence[DeviationFacts]) -> int:
    """The most explanation that every one of them gave."""
    for position, fields in EXPLANATION.items():
        if all(asked.explanation.issuperset(fields) for asked in requests):
            return position
    return max(EXPLANATION)


def _rules(requests: Sequence[DeviationFacts]) -> int:
    """The lightest position at which all their sources may bend."""
    sources = {asked.source_type for asked in requests if can_be_covered(asked)}
    return next(position for position, bending in BENDING.items() if sources <= bending)
