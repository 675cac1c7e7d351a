"""The weight of a deviation, its reasons and what follows: the tables written again by hand."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from deviations.models import Deliberation, Deviation
from deviations.rules.covering import EXPLANATION
from deviations.rules.weighing import (
    REQUIRED,
    Decider,
    GroundFacts,
    Thresholds,
    WeighedFacts,
    Weighing,
    weigh,
)

QUICK = {"if_followed", "instead", "why_here", "urgency", "belongs_or_helps"}
FOLLOWED = {"if_followed", "instead", "why_here"}
ROOM = GroundFacts("PW-41-11", "A", "interpretation", frozenset({"statute"}))
URGENT = GroundFacts("PW-16", "C", "deviation", frozenset({"statute"}))
SOMETIMES = GroundFacts("PW-35", "B", "interpretation")
INHERENT = GroundFacts("AWB-4-84", "B", "deviation", frozenset({"policy_rule"}))
EQUALITY = GroundFacts("GELIJK", "B", "principle")
AGAINST = GroundFacts("CL", "D", "beyond_law")
SOURCE_TYPES = ("habit", "system", "work_instruction", "policy_rule", "ordinance", "statute")
GROUNDS = st.builds(
    GroundFacts,
    st.sampled_from(("INT-01", "PW-35", "GELIJK", "CL", "VERTR")),
    st.sampled_from("ABCD"),
    st.sampled_from(("interpretation", "deviation", "principle", "beyond_law")),
    st.frozensets(st.sampled_from(SOURCE_TYPES), max_size=2),
)
EUROS = st.integers(0, 50_000).map(Decimal)
FACTS = st.builds(
    WeighedFacts,
    kind=st.sampled_from(("made", "considered", "blocked")),
    source_type=st.sampled_from(SOURCE_TYPES),
    grounds=st.lists(GROUNDS, max_size=3).map(tuple),
    amount=EUROS,
    risk_flags=st.frozensets(st.sampled_from(("child_safety", "fraud_inquiry", "rights_of_others"))),
)


def weighed(
    source_type: str = "habit", *grounds: GroundFacts, amount: str = "0", risk: tuple[str, ...] = (), kind: str = "made"
) -> Weighing:
    return weigh(WeighedFacts(kind, source_type, grounds, Decimal(amount), frozenset(risk)))


@pytest.mark.parametrize(
    ("source_type", "weight"),
    [
        ("", "A"),  # a draft without a routine
        ("habit", "A"),
        ("system", "A"),
        ("work_instruction", "A"),
        ("policy_rule", "B"),
        ("ordinance", "C"),
        ("statute", "D"),  # no ground
    ],
)
def test_the_source_of_the_routine_weighs(source_type: str, weight: str) -> None:
    assert weighed(source_type).weight == weight


@pytest.mark.parametrize(
    ("grounds", "weight"),
    [
        ((ROOM,), "A"),
        ((SOMETIMES,), "B"),
        ((URGENT,), "C"),
        ((ROOM, SOMETIMES), "B"),
        ((EQUALITY,), "C"),  # a principle does not make a statute lighter
        ((ROOM, EQUALITY), "B"),
        ((INHERENT,), "D"),  # gives room in a policy rule, not in a statute
        ((INHERENT, ROOM), "B"),
        ((AGAINST,), "D"),
        ((ROOM, AGAINST), "D"),
    ],
)
def test_a_statute_weighs_what_its_own_ground_weighs(grounds: tuple[GroundFacts, ...], weight: str) -> None:
    assert weighed("statute", *grounds).weight == weight


@pytest.mark.parametrize(
    ("source_type", "ground", "weight"),
    [
        ("habit", SOMETIMES, "B"),
        ("policy_rule", INHERENT, "B"),
        ("policy_rule", ROOM, "B"),
        ("policy_rule", URGENT, "C"),
        ("ordinance", ROOM, "C"),
        ("ordinance", AGAINST, "D"),
    ],
)
def test_elsewhere_a_ground_only_makes_heavier(source_type: str, ground: GroundFacts, weight: str) -> None:
    assert weighed(source_type, ground).weight == weight


@pytest.mark.parametrize("code", ["CL", "BWB", "EXP", "VERTR"])
def test_some_grounds_are_for_the_board_whatever_the_taxonomy_says(code: str) -> None:
    assert weighed("habit", GroundFacts(code, "A", "deviation")).weight == "D"


def test_anything_beyond_the_law_is_for_the_board() -> None:
    assert weighed("habit", GroundFacts("NEW-1", "A", "beyond_law")).weight == "D"


@pytest.mark.parametrize(
    ("amount", "weight"),
    [("499.99", "A"), ("500", "B"), ("2499.99", "B"), ("2500", "C"), ("24999.99", "C"), ("25000", "D")],
)
def test_the_amount_weighs(amount: str, weight: str) -> None:
    assert weighed(amount=amount).weight == weight


def test_a_municipality_may_set_its_own_thresholds() -> None:
    facts = WeighedFacts("made", "habit", amount=Decimal(100))
    assert weigh(facts, Thresholds(b=Decimal(50), c=Decimal(100))).weight == "C"


@pytest.mark.parametrize("flag", ["child_safety", "fraud_inquiry", "rights_of_others"])
def test_each_risk_flag_is_for_the_manager(flag: str) -> None:
    assert weighed(risk=(flag,)).weight == "C"


@pytest.mark.parametrize(
    ("source_type", "grounds", "more"),
    [
        ("habit", (), set()),
        ("policy_rule", (), {"grounds"}),
        ("ordinance", (), {"grounds", "purpose_served", "alternatives", "residents_view", "same_again"}),
        (
            "statute",
            (AGAINST,),
            {
                *("grounds", "purpose_served", "alternatives", "residents_view", "same_again"),
                *("value_one", "value_two", "tension", "core_value", "legal_route", "conclusion"),
            },
        ),
    ],
)
def test_a_heavier_weight_asks_for_more_fields(
    source_type: str, grounds: tuple[GroundFacts, ...], more: set[str]
) -> None:
    assert weighed(source_type, *grounds).required == QUICK | more


def test_every_field_that_is_asked_for_exists() -> None:
    fields = {field.name for model in (Deviation, Deliberation) for field in model._meta.get_fields()}
    assert set().union(*REQUIRED.values(), *EXPLANATION.values()) <= fields


@pytest.mark.parametrize(
    ("source_type", "belongs_with", "remark"),
    [
        ("habit", "self", False),
        ("policy_rule", "peer", False),
        ("ordinance", "manager", False),
        ("statute", "board", True),
    ],
)
def test_the_manager_answers_every_weight_and_is_told_when_the_board_must_advise(
    source_type: str, belongs_with: str, remark: bool
) -> None:
    answer = weighed(source_type)
    assert (answer.decided_by, answer.belongs_with) == (Decider.MANAGER, belongs_with)
    assert bool(answer.remark) is remark


@pytest.mark.parametrize(
    ("source_type", "advice"),
    [("habit", ()), ("policy_rule", ("peer",)), ("ordinance", ()), ("statute", ("legal", "board"))],
)
def test_the_weight_says_whose_advice_comes_first(source_type: str, advice: tuple[str, ...]) -> None:
    assert weighed(source_type).advice == advice
    assert weighed(source_type, kind="blocked").advice == ()


@pytest.mark.parametrize("kind", ["considered", "blocked"])
def test_who_followed_the_routine_fills_in_three_fields_and_needs_no_answer(kind: str) -> None:
    answer = weighed("statute", amount="30000", kind=kind)
    assert (answer.required, answer.decided_by, answer.remark) == (FOLLOWED, Decider.SELF, "")


def test_who_followed_a_statute_needs_no_ground_for_it() -> None:
    assert weighed("statute", kind="considered").weight == "C"


def test_every_reason_is_a_sentence_with_a_code() -> None:
    with override("en"):
        answer = weighed("statute", ROOM, amount="2600", risk=("child_safety",))
    assert [(reason.code, reason.weight, str(reason)) for reason in answer.reasons] == [
        ("source:statute:room", "A", "The routine is a statute, and a ground in the law gives room: weight A."),
        ("ground:PW-41-11", "A", "Ground PW-41-11: weight A."),
        ("amount:C", "C", "The amount, €\xa02,600.00, is €\xa02,500.00 or more: weight C."),
        ("risk:child_safety", "C", "The safety of a child is at stake: weight C."),
    ]


@pytest.mark.parametrize(
    ("grounds", "sentence"),
    [
        ((), "The routine is a statute, and no ground has been chosen yet: weight D."),
        ((INHERENT,), "The routine is a statute, and no chosen ground gives room in a statute: weight D."),
        ((URGENT,), "The routine is a statute: weight C."),
    ],
)
def test_a_statute_says_what_its_ground_is_missing(grounds: tuple[GroundFacts, ...], sentence: str) -> None:
    with override("en"):
        assert weighed("statute", *grounds).reasons[0].sentence == sentence


@pytest.mark.parametrize(
    "facts", [WeighedFacts("made", "rumour"), WeighedFacts("made", "habit", risk_flags=frozenset({"rain"}))]
)
def test_what_does_not_exist_cannot_be_weighed(facts: WeighedFacts) -> None:
    with pytest.raises(KeyError):
        weigh(facts)


@given(FACTS)
def test_the_weight_is_that_of_the_heaviest_reason(facts: WeighedFacts) -> None:
    answer = weigh(facts)
    assert answer.weight == max(reason.weight for reason in answer.reasons)
    assert answer.required >= (QUICK if facts.kind == "made" else FOLLOWED)


@given(FACTS, EUROS, st.sampled_from(("child_safety", "fraud_inquiry")))
def test_more_money_and_more_risk_never_weigh_less(facts: WeighedFacts, more: Decimal, flag: str) -> None:
    heavier = WeighedFacts(facts.kind, facts.source_type, facts.grounds, facts.amount + more, facts.risk_flags | {flag})
    assert weigh(heavier).weight >= weigh(facts).weight
    assert weigh(heavier).required >= weigh(facts).required


@given(FACTS, GROUNDS)
def test_only_a_statute_gets_lighter_by_a_ground(facts: WeighedFacts, ground: GroundFacts) -> None:
    grounded = WeighedFacts(facts.kind, facts.source_type, (*facts.grounds, ground), facts.amount, facts.risk_flags)
    assert weigh(grounded).weight >= weigh(facts).weight or facts.source_type == "statute"
