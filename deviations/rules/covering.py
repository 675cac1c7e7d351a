"""May I? Whether a discretionary space covers a deviation, limit by limit, each with a sentence.

Used three times with the same answer: live in the form, inside the submit transaction (with the row of the
space locked, so that what was spent is true), and when past deviations are replayed against a space. A space
covers only when every limit is passed. The five sliders run from 0, narrow, to 4, wide:

* purpose: which explanation must be there (`EXPLANATION`), less as the slider goes up;
* rules: which sources of a routine may bend (`BENDING`), a statute never;
* means: which amounts the space must name (`MEANS`). From 1 to 3 every amount it names is a limit; at 4 only
  the budget of the whole period counts; at 0 nothing may be spent;
* deciding: 0 never covers, because the manager decides beforehand; 2 asks for the consent of a peer; who is
  told is in `TOLD`;
* sight: never stops anything, it says how account is given afterwards.

Weight D is never covered, and neither is work of the one who granted the space.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deviations.rules.limits import Limit
from deviations.rules.weighing import RiskFlag, Weight

ACTIVE = "active"


@dataclass(frozen=True)
class SpaceFacts:
    """A space as it stands towards one person.

    `valid_until` is the last day it can be used. It reaches the routines it names and every routine of the
    policy domains it names. Amounts are in euros, None where the space names none. `never` holds the risk
    flags at which it stops. `holder`: this person may use it. `granted_by_author`: this person granted it.
    """

    state: str
    valid_from: date
    valid_until: date
    routines: frozenset[UUID]
    policy_domains: frozenset[UUID]
    purpose: int
    rules: int
    means: int
    deciding: int
    sight: int
    amount_per_deviation: Decimal | None
    amount_per_month: Decimal | None
    amount_per_period: Decimal | None
    spent_month: Decimal
    spent_period: Decimal
    never: frozenset[str]
    holder: bool
    granted_by_author: bool

    def __post_init__(self) -> None:
        for slider in ("purpose", "rules", "means", "deciding", "sight"):
            if getattr(self, slider) not in range(5):
                raise ValueError(f"The slider {slider} runs from 0 to 4.")


@dataclass(frozen=True)
class DeviationFacts:
    """A deviation as far as a space looks at it; `explanation` names the fields that are filled in."""

    on: date
    routine_id: UUID
    policy_domain_id: UUID
    source_type: str
    amount: Decimal
    weight: str
    risk_flags: frozenset[str]
    explanation: frozenset[str]
    peer_agreed: bool = False
    objected: bool = False
    refused: bool = False


class Named(NamedTuple):
    """An amount a space can name, with its sentences: not named though it must be, too little, enough."""

    code: str
    absent: Promise
    too_little: Promise
    enough: Promise


PER_DEVIATION = Named(
    "amount_per_deviation",
    _("This space must name an amount per deviation, and does not."),
    _("%(amount)s is more than the %(allowed)s this space allows per deviation."),
    _("%(amount)s is within the %(allowed)s this space allows per deviation."),
)
PER_MONTH = Named(
    "amount_per_month",
    _("This space must name an amount per month, and does not."),
    _("%(amount)s is more than the %(left)s that is left of the %(allowed)s this space allows per month."),
    _("%(amount)s fits in the %(left)s that is left of the %(allowed)s this space allows per month."),
)
PER_PERIOD = Named(
    "amount_per_period",
    _("This space must name a budget for its whole period, and does not."),
    _("%(amount)s is more than the %(left)s that is left of the %(allowed)s budget of this space."),
    _("%(amount)s fits in the %(left)s that is left of the %(allowed)s budget of this space."),
)

# slider means: the amounts the space must name; at 4 the others no longer count
MEANS: dict[int, tuple[Named, ...]] = {
    1: (PER_DEVIATION,),
    2: (PER_DEVIATION, PER_MONTH),
    3: (PER_DEVIATION, PER_MONTH, PER_PERIOD),
    4: (PER_PERIOD,),
}

# slider rules: the sources that may bend
BENDING: dict[int, frozenset[str]] = {
    0: frozenset(),
    1: frozenset({"habit", "system"}),
    2: frozenset({"habit", "system", "work_instruction"}),
    3: frozenset({"habit", "system", "work_instruction", "policy_rule"}),
    4: frozenset({"habit", "system", "work_instruction", "policy_rule", "ordinance"}),
}

# slider purpose: the fields that must explain the deviation, in the order in which they are asked
EXPLANATION: dict[int, tuple[str, ...]] = {
    0: ("why_here", "purpose_served", "grounds", "alternatives", "residents_view"),
    1: ("why_here", "purpose_served", "grounds", "alternatives"),
    2: ("why_here", "purpose_served", "grounds"),
    3: ("why_here", "purpose_served"),
    4: ("why_here",),  # the quick record says it all
}

ASKED: dict[str, Promise] = {
    "purpose_served": _("which purpose this serves"),
    "why_here": _("why here"),
    "grounds": _("on which ground"),
    "alternatives": _("which alternatives there were"),
    "residents_view": _("what the resident thinks of it"),
}

# slider deciding: who is told at once that the space was used
TOLD: dict[int, Literal["manager", "team"] | None] = {0: None, 1: "manager", 2: None, 3: "team", 4: None}

DECIDING: dict[int, Promise] = {
    0: _("In this space the manager decides beforehand: put it before the manager."),
    1: _("You decide. The manager is told at once and may object for one working day."),
    3: _("You decide. The team is told."),
    4: _("You decide."),
}

SIGHT: dict[int, Promise] = {
    0: _("You report each use to the manager before you act."),
    1: _("Each use is looked at afterwards."),
    2: _("One in four uses is looked at afterwards."),
    3: _("One in ten uses is looked at afterwards."),
    4: _("You talk about the uses together afterwards."),
}

STATES: dict[str, Promise] = {
    ACTIVE: _("This space is in use."),
    "draft": _("This space is still a draft: it has not been granted yet."),
    "suspended": _("This space has been suspended."),
    "withdrawn": _("This space has been withdrawn."),
    "expired": _("This space has expired."),
}


def covering(space: SpaceFacts, deviation: DeviationFacts) -> tuple[Limit, ...]:
    """Every limit of the space, in the order in which people read them."""
    return tuple(_limits(space, deviation))


def is_covered(limits: tuple[Limit, ...]) -> bool:
    """Whether the space covers the deviation: all its limits are passed."""
    return all(limit.passed for limit in limits)


def _limits(space: SpaceFacts, deviation: DeviationFacts) -> Iterator[Limit]:
    yield Limit("state", space.state == ACTIVE, STATES[space.state])
    yield _holder(space.granted_by_author, space.holder)
    yield _dates(space.valid_from, space.valid_until, deviation.on)
    yield _reach(deviation.routine_id in space.routines, deviation.policy_domain_id in space.policy_domains)
    yield _rules(space.rules, deviation.source_type)
    yield _weight(deviation.weight)
    yield from _never(space.never, deviation.risk_flags)
    yield from _means(space, deviation)
    yield _purpose(space.purpose, deviation.explanation)
    yield _deciding(space.deciding, deviation.peer_agreed)
    if deviation.objected:
        yield Limit("objection", False, _("Somebody objected to the use of a space for this: the manager answers."))
    if deviation.refused:
        yield Limit("refusal", False, _("A manager refused this before: a space does not overrule that."))
    yield Limit("sight", True, SIGHT[space.sight])


remembered = lru_cache(maxsize=1024)  # a limit never changes, and who replays the past asks for each 100,000 times


@remembered
def _holder(granted_by_author: bool, holder: bool) -> Limit:
    if granted_by_author:
        return Limit("holder", False, _("You granted this space yourself: it cannot cover your own work."))
    if holder:
        return Limit("holder", True, _("This space was granted to you or your team."))
    return Limit("holder", False, _("This space was not granted to you or your team."))


@remembered
def _dates(valid_from: date, valid_until: date, on: date) -> Limit:
    words = (("from", valid_from), ("until", valid_until))
    if on < valid_from:
        return Limit("dates", False, _("This space begins on %(from)s."), words)
    if on > valid_until:
        return Limit("dates", False, _("This space ended after %(until)s."), words)
    return Limit("dates", True, _("This space holds from %(from)s up to and including %(until)s."), words)


@remembered
def _reach(for_routine: bool, for_policy_domain: bool) -> Limit:
    if for_routine:
        return Limit("routine", True, _("This space is meant for this routine."))
    if for_policy_domain:
        return Limit("routine", True, _("This space is meant for every routine in this policy domain."))
    return Limit("routine", False, _("This space is not meant for this routine or its policy domain."))


@remembered
def _rules(rules: int, source_type: str) -> Limit:
    if source_type in BENDING[rules]:
        return Limit("rules", True, _("You may depart from a routine with this kind of source."))
    if source_type == "statute":
        return Limit("rules", False, _("The routine is a statute: no space covers that."))
    return Limit("rules", False, _("The source of this routine is heavier than this space allows."))


@remembered
def _weight(weight: str) -> Limit:
    if weight == Weight.D:
        return Limit("weight", False, _("This deviation weighs D: that always needs a decision of its own."))
    return Limit("weight", True, _("This deviation weighs %(weight)s."), (("weight", weight),))


@remembered
def _never(never: frozenset[str], risk_flags: frozenset[str]) -> tuple[Limit, ...]:
    """One limit for each risk at which the space stops, none when it names no such risk."""
    said = {True: _("This risk does not play a part: %(risk)s."), False: _("This space stops at this risk: %(risk)s.")}
    return tuple(
        Limit(f"never:{flag}", passed, said[passed], (("risk", RiskFlag(flag).label),))
        for flag, passed in ((flag, flag not in risk_flags) for flag in sorted(never))
    )


def _means(space: SpaceFacts, deviation: DeviationFacts) -> Iterator[Limit]:
    if deviation.amount == 0:
        yield Limit("means", True, _("It costs nothing extra."))
    elif space.means == 0:
        words = (("amount", deviation.amount),)
        yield Limit("means", False, _("This space holds no money, and this costs %(amount)s."), words)
    else:
        required = MEANS[space.means]
        counting = required if space.means == 4 else (PER_DEVIATION, PER_MONTH, PER_PERIOD)
        for named in counting:
            allowed: Decimal | None = getattr(space, named.code)
            if allowed is not None:
                yield _amount(named, allowed, space, deviation.amount)
            elif named in required:
                yield Limit(named.code, False, named.absent)


def _amount(named: Named, allowed: Decimal, space: SpaceFacts, amount: Decimal) -> Limit:
    spent = {PER_MONTH.code: space.spent_month, PER_PERIOD.code: space.spent_period}.get(named.code, Decimal(0))
    passed = spent + amount <= allowed
    words = (("amount", amount), ("allowed", allowed), ("left", max(allowed - spent, Decimal(0))))
    return Limit(named.code, passed, named.enough if passed else named.too_little, words)


@remembered
def _purpose(purpose: int, explanation: frozenset[str]) -> Limit:
    missing = tuple(field for field in EXPLANATION[purpose] if field not in explanation)
    if missing:
        words = (("fields", tuple(ASKED[field] for field in missing)),)
        return Limit("purpose", False, _("This space also asks you to say: %(fields)s."), words, missing)
    return Limit("purpose", True, _("You have given the explanation this space asks for."))


@remembered
def _deciding(deciding: int, peer_agreed: bool) -> Limit:
    if deciding != 2:
        return Limit("deciding", deciding != 0, DECIDING[deciding])
    if peer_agreed:
        return Limit("deciding", True, _("A peer has agreed, as this space asks."))
    return Limit("deciding", False, _("In this space a peer must agree first."))
