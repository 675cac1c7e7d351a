"""What a deviation weighs, A to D, and what follows from it: computed by the tables below, never typed.

The heaviest of four things decides:

1. the source of the routine (`SOURCES`): a habit, a system or a work instruction A, a policy rule B, an
   ordinance C, a statute C. A statute asks for a ground. If the statute itself gives the room (a ground of
   interpretation or deviation), the weight of that ground replaces C; without any ground the weight is D;
2. each ground, by its own weight;
3. the amount (`Thresholds`, by default € 500 B, € 2,500 C, € 25,000 D);
4. each risk flag: C.

The weight decides which fields must be filled in (`REQUIRED`), which advice comes first (`ADVICE`) and who
answers (`DECIDERS`). Only a deviation that was made needs more than the quick record and an answer; one that
was considered or blocked departs from nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.money import euros

MADE = "made"


class Weight(TextChoices):
    """How heavy a deviation is, and so who has to agree; the later letter is the heavier weight."""

    A = "A", _("A: your own judgement")
    B = "B", _("B: with a colleague")
    C = "C", _("C: with the manager")
    D = "D", _("D: legal advice and executive board")


class RiskFlag(TextChoices):
    """What makes the manager look, however small the deviation."""

    CHILD_SAFETY = "child_safety", _("Safety of a child")
    FRAUD_INQUIRY = "fraud_inquiry", _("Fraud inquiry under way")
    RIGHTS_OF_OTHERS = "rights_of_others", _("Rights of other people")


class Decider(TextChoices):
    """Who answers, or with whom a weight belongs."""

    SELF = "self", _("The professional")
    PEER = "peer", _("The professional with a peer")
    MANAGER = "manager", _("The manager")
    BOARD = "board", _("The executive board")


class Advice(TextChoices):
    """What has to be heard before a request is agreed to."""

    PEER = "peer", _("Advice of a colleague")
    LEGAL = "legal", _("Legal advice")
    BOARD = "board", _("Decision of the executive board")


class Source(NamedTuple):
    """A row of the table of sources: its own weight, and the weight when no ground gives room in it."""

    weight: Weight
    without_ground: Weight
    sentence: Promise


SOURCES: dict[str, Source] = {
    "": Source(Weight.A, Weight.A, _("No routine has been chosen yet.")),
    "habit": Source(Weight.A, Weight.A, _("The routine is a habit: weight A.")),
    "system": Source(Weight.A, Weight.A, _("The routine is how a system works: weight A.")),
    "work_instruction": Source(Weight.A, Weight.A, _("The routine is a work instruction: weight A.")),
    "policy_rule": Source(Weight.B, Weight.B, _("The routine is a policy rule: weight B.")),
    "ordinance": Source(Weight.C, Weight.C, _("The routine is an ordinance: weight C.")),
    "statute": Source(Weight.C, Weight.D, _("The routine is a statute: weight C.")),
}

# Kinds of ground that find the room inside the rule itself; principles and policy beyond the law do not.
OPENING_KINDS = frozenset({"interpretation", "deviation"})

# Against or outside the law, an experiment, a promise made: for the board, also if the taxonomy says less.
FOR_THE_BOARD = frozenset({"CL", "BWB", "EXP", "VERTR"})
BEYOND_LAW = "beyond_law"

RISK_SENTENCES: dict[str, Promise] = {
    RiskFlag.CHILD_SAFETY: _("The safety of a child is at stake: weight C."),
    RiskFlag.FRAUD_INQUIRY: _("A fraud inquiry is under way: weight C."),
    RiskFlag.RIGHTS_OF_OTHERS: _("The rights of other people are at stake: weight C."),
}

# Names of fields of a deviation and its deliberation. The first five are the quick record.
QUICK = frozenset({"if_followed", "instead", "why_here", "urgency", "belongs_or_helps"})
# Who followed the routine after all has nothing to hurry and nothing to weigh.
FOLLOWED = frozenset({"if_followed", "instead", "why_here"})
_B = QUICK | {"grounds"}
_C = _B | {"purpose_served", "alternatives", "residents_view", "same_again"}
_D = _C | {"value_one", "value_two", "tension", "core_value", "legal_route", "conclusion"}

# Nothing for a professional's own judgement; a manager judges without asking, and may always ask.
ADVICE: dict[Weight, tuple[Advice, ...]] = {
    Weight.A: (),
    Weight.B: (Advice.PEER,),
    Weight.C: (),
    Weight.D: (Advice.LEGAL, Advice.BOARD),
}

REQUIRED: dict[Weight, frozenset[str]] = {Weight.A: QUICK, Weight.B: _B, Weight.C: _C, Weight.D: _D}


class Routing(NamedTuple):
    """With whom a weight belongs, and who answers when no space covers the deviation."""

    belongs_with: Decider
    decided_by: Decider


# Until peers and the board answer here themselves, every request without a space goes to the manager.
DECIDERS: dict[Weight, Routing] = {
    Weight.A: Routing(Decider.SELF, Decider.MANAGER),
    Weight.B: Routing(Decider.PEER, Decider.MANAGER),
    Weight.C: Routing(Decider.MANAGER, Decider.MANAGER),
    Weight.D: Routing(Decider.BOARD, Decider.MANAGER),
}


@dataclass(frozen=True)
class Thresholds:
    """From which amount, in euros, a deviation weighs at least B, C and D."""

    b: Decimal = Decimal(500)
    c: Decimal = Decimal(2_500)
    d: Decimal = Decimal(25_000)


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class GroundFacts:
    """A chosen ground, as its row in the taxonomy says.

    `kind` is interpretation, deviation, principle or beyond_law; `source_types` names the sources in which it
    can give room, and empty means any.
    """

    code: str
    weight: str
    kind: str
    source_types: frozenset[str] = frozenset()

    def serves(self, source_type: str) -> bool:
        return not self.source_types or source_type in self.source_types


@dataclass(frozen=True)
class WeighedFacts:
    """What counts for the weight: `source_type` is a key of `SOURCES`, the amount is in euros."""

    kind: str
    source_type: str
    grounds: tuple[GroundFacts, ...] = ()
    amount: Decimal = Decimal(0)
    risk_flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One thing that gives weight, with the sentence to show for it."""

    code: str
    weight: Weight
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Weighing:
    """The weight with its reasons, the fields it requires, the advice that comes first and who answers."""

    weight: Weight
    reasons: tuple[Reason, ...]
    required: frozenset[str]
    belongs_with: Decider
    decided_by: Decider
    advice: tuple[Advice, ...] = ()
    remark: str = ""


def weigh(facts: WeighedFacts, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Weighing:
    """Weigh a deviation; raises KeyError for a source type or risk flag that does not exist."""
    reasons = tuple(_reasons(facts, thresholds))
    weight = max(reason.weight for reason in reasons)
    if facts.kind != MADE:
        return Weighing(weight, reasons, FOLLOWED, Decider.SELF, Decider.SELF)
    remark = gettext("The manager answers after the executive board has decided.") if weight == Weight.D else ""
    return Weighing(weight, reasons, REQUIRED[weight], *DECIDERS[weight], ADVICE[weight], remark)


def _reasons(facts: WeighedFacts, thresholds: Thresholds) -> Iterator[Reason]:
    yield _source_reason(facts)
    for ground in facts.grounds:
        weight = _ground_weight(ground)
        words = {"code": ground.code, "weight": weight.value}
        yield Reason(f"ground:{ground.code}", weight, gettext("Ground %(code)s: weight %(weight)s.") % words)
    yield from _amount_reason(facts.amount, thresholds)
    for flag in sorted(facts.risk_flags):
        yield Reason(f"risk:{flag}", Weight.C, str(RISK_SENTENCES[flag]))


def _source_reason(facts: WeighedFacts) -> Reason:
    source = SOURCES[facts.source_type]
    code = f"source:{facts.source_type}"
    own = Reason(code, source.weight, str(source.sentence))
    if source.without_ground == source.weight or facts.kind != MADE:
        return own
    serving = [ground for ground in facts.grounds if ground.serves(facts.source_type)]
    if not serving:
        return Reason(f"{code}:no_ground", source.without_ground, _no_ground_sentence(facts))
    opening = [_ground_weight(ground) for ground in serving if ground.kind in OPENING_KINDS]
    if not opening or max(opening) >= source.weight:
        return own
    sentence = gettext("The routine is a statute, and a ground in the law gives room: weight %(weight)s.")
    return Reason(f"{code}:room", max(opening), sentence % {"weight": max(opening).value})


def _no_ground_sentence(facts: WeighedFacts) -> str:
    if facts.grounds:
        return gettext("The routine is a statute, and no chosen ground gives room in a statute: weight D.")
    return gettext("The routine is a statute, and no ground has been chosen yet: weight D.")


def _ground_weight(ground: GroundFacts) -> Weight:
    if ground.code in FOR_THE_BOARD or ground.kind == BEYOND_LAW:
        return Weight.D
    return Weight(ground.weight)


def _amount_reason(amount: Decimal, thresholds: Thresholds) -> Iterator[Reason]:
    steps = ((thresholds.d, Weight.D), (thresholds.c, Weight.C), (thresholds.b, Weight.B))
    for threshold, weight in steps:
        if amount >= threshold:
            words = {"amount": euros(amount), "threshold": euros(threshold), "weight": weight.value}
            sentence = gettext("The amount, %(amount)s, is %(threshold)s or more: weight %(weight)s.") % words
            yield Reason(f"amount:{weight.value}", weight, sentence)
            return
