"""What a space covers: the sliders written again by hand, and properties no space may break."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from deviations.rules.covering import TOLD, DeviationFacts, SpaceFacts, covering, is_covered
from deviations.rules.limits import Limit

ROUTINE, OTHER_ROUTINE, DOMAIN, OTHER_DOMAIN = (UUID(int=n) for n in range(1, 5))
SOURCE_TYPES = ("habit", "system", "work_instruction", "policy_rule", "ordinance", "statute")
FIELDS = ("purpose_served", "why_here", "grounds", "alternatives", "residents_view")
RISKS = ("child_safety", "fraud_inquiry", "rights_of_others")
DAY = date(2026, 11, 20)

SPACE = SpaceFacts(
    state="active",
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    routines=frozenset({ROUTINE}),
    policy_domains=frozenset({DOMAIN}),
    purpose=2,
    rules=3,
    means=3,
    deciding=3,
    sight=2,
    amount_per_deviation=Decimal(500),
    amount_per_month=Decimal(2_000),
    amount_per_period=Decimal(10_000),
    spent_month=Decimal(1_300),
    spent_period=Decimal(9_000),
    never=frozenset({"child_safety"}),
    holder=True,
    granted_by_author=False,
)
DEVIATION = DeviationFacts(
    on=DAY,
    routine_id=ROUTINE,
    policy_domain_id=DOMAIN,
    source_type="policy_rule",
    amount=Decimal(500),
    weight="B",
    risk_flags=frozenset(),
    explanation=frozenset({"purpose_served", "why_here", "grounds"}),
)


def failing(space: SpaceFacts = SPACE, deviation: DeviationFacts = DEVIATION) -> list[str]:
    return [limit.code for limit in covering(space, deviation) if not limit.passed]


def limit(code: str, space: SpaceFacts = SPACE, deviation: DeviationFacts = DEVIATION) -> Limit:
    return next(limit for limit in covering(space, deviation) if limit.code == code)


def test_a_space_covers_when_every_limit_is_passed() -> None:
    limits = covering(SPACE, DEVIATION)
    assert is_covered(limits)
    assert [limit.code for limit in limits] == [
        *("state", "holder", "dates", "routine", "rules", "weight", "never:child_safety"),
        *("amount_per_deviation", "amount_per_month", "amount_per_period", "purpose", "deciding", "sight"),
    ]


def test_one_limit_that_is_not_passed_is_enough() -> None:
    assert not is_covered(covering(replace(SPACE, holder=False), DEVIATION))


@pytest.mark.parametrize(("fact", "code"), [("objected", "objection"), ("refused", "refusal")])
def test_a_space_does_not_overrule_what_a_manager_said(fact: str, code: str) -> None:
    assert failing(deviation=replace(DEVIATION, **{fact: True})) == [code]


@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn", "expired"])
def test_only_an_active_space_covers(state: str) -> None:
    assert failing(replace(SPACE, state=state)) == ["state"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"holder": False}, "holder"),
        ({"granted_by_author": True}, "holder"),
        ({"valid_from": DAY + timedelta(days=1)}, "dates"),
        ({"valid_until": DAY - timedelta(days=1)}, "dates"),
        ({"routines": frozenset(), "policy_domains": frozenset()}, "routine"),
        ({"routines": frozenset({OTHER_ROUTINE}), "policy_domains": frozenset({OTHER_DOMAIN})}, "routine"),
        ({"amount_per_deviation": Decimal("499.99")}, "amount_per_deviation"),
        ({"spent_month": Decimal("1500.01")}, "amount_per_month"),
        ({"spent_period": Decimal("9500.01")}, "amount_per_period"),
    ],
)
def test_a_space_stops_at_each_of_its_limits(change: dict[str, Any], code: str) -> None:
    assert failing(replace(SPACE, **change)) == [code]


@pytest.mark.parametrize(
    "change",
    [
        {"valid_from": DAY, "valid_until": DAY},
        {"routines": frozenset()},
        {"policy_domains": frozenset()},
        {"spent_month": Decimal(1_500)},
        {"spent_period": Decimal(9_500)},
        {"never": frozenset()},
    ],
)
def test_the_limit_itself_is_still_inside(change: dict[str, Any]) -> None:
    assert failing(replace(SPACE, **change)) == []


@pytest.mark.parametrize(
    ("rules", "bending"),
    [
        (0, set()),
        (1, {"habit", "system"}),
        (2, {"habit", "system", "work_instruction"}),
        (3, {"habit", "system", "work_instruction", "policy_rule"}),
        (4, {"habit", "system", "work_instruction", "policy_rule", "ordinance"}),
    ],
)
def test_the_slider_rules_says_which_sources_may_bend_and_never_a_statute(rules: int, bending: set[str]) -> None:
    space = replace(SPACE, rules=rules)
    assert {s for s in SOURCE_TYPES if not failing(space, replace(DEVIATION, source_type=s))} == bending


@pytest.mark.parametrize(
    ("means", "named", "inside", "outside"),
    [
        (0, (500, 2_000, 10_000), "0", "0.01"),
        (1, (500, None, None), "500", "500.01"),
        (1, (500, 1_400, None), "100", "100.01"),  # an amount that is named counts
        (2, (500, 1_700, None), "400", "400.01"),
        (2, (500, 2_000, 9_200), "200", "200.01"),
        (3, (500, 2_000, 9_300), "300", "300.01"),
        (4, (500, 2_000, 10_000), "1000", "1000.01"),  # free within the budget
        (4, (None, None, 9_800), "800", "800.01"),
    ],
)
def test_the_slider_means_says_what_may_be_spent(
    means: int, named: tuple[int | None, int | None, int | None], inside: str, outside: str
) -> None:
    amounts = [None if amount is None else Decimal(amount) for amount in named]
    names = ("amount_per_deviation", "amount_per_month", "amount_per_period")
    space = replace(SPACE, means=means, **dict(zip(names, amounts, strict=True)))
    assert failing(space, replace(DEVIATION, amount=Decimal(inside))) == []
    assert len(failing(space, replace(DEVIATION, amount=Decimal(outside)))) == 1


@pytest.mark.parametrize(
    ("means", "absent"),
    [
        (1, "amount_per_deviation"),
        (2, "amount_per_deviation"),
        (2, "amount_per_month"),
        (3, "amount_per_deviation"),
        (3, "amount_per_month"),
        (3, "amount_per_period"),
        (4, "amount_per_period"),
    ],
)
def test_an_amount_the_slider_asks_for_must_be_named(means: int, absent: str) -> None:
    space = replace(SPACE, means=means, **{absent: None})
    assert failing(space) == [absent]
    with override("en"):
        assert limit(absent, space).sentence.startswith("This space must name ")


@pytest.mark.parametrize("means", range(5))
def test_what_costs_nothing_needs_no_money(means: int) -> None:
    space = replace(SPACE, means=means, amount_per_deviation=None, amount_per_month=None, amount_per_period=None)
    assert failing(space, replace(DEVIATION, amount=Decimal(0))) == []


@pytest.mark.parametrize(
    ("deciding", "alone", "with_a_peer", "told"),
    [
        (0, False, False, None),
        (1, True, True, "manager"),
        (2, False, True, None),
        (3, True, True, "team"),
        (4, True, True, None),
    ],
)
def test_the_slider_deciding_says_who_must_agree_and_who_is_told(
    deciding: int, alone: bool, with_a_peer: bool, told: str | None
) -> None:
    space = replace(SPACE, deciding=deciding)
    assert is_covered(covering(space, DEVIATION)) is alone
    assert is_covered(covering(space, replace(DEVIATION, peer_agreed=True))) is with_a_peer
    assert TOLD[deciding] == told


@pytest.mark.parametrize(
    ("purpose", "asked"),
    [
        (0, {"purpose_served", "why_here", "grounds", "alternatives", "residents_view"}),
        (1, {"purpose_served", "why_here", "grounds", "alternatives"}),
        (2, {"purpose_served", "why_here", "grounds"}),
        (3, {"purpose_served", "why_here"}),
        (4, {"why_here"}),
    ],
)
def test_the_slider_purpose_says_what_must_be_explained(purpose: int, asked: set[str]) -> None:
    space = replace(SPACE, purpose=purpose)
    assert failing(space, replace(DEVIATION, explanation=frozenset(asked))) == []
    assert set(limit("purpose", space, replace(DEVIATION, explanation=frozenset())).missing) == asked
    for field in asked:
        assert failing(space, replace(DEVIATION, explanation=frozenset(asked - {field}))) == ["purpose"]


@pytest.mark.parametrize("sight", range(5))
def test_the_slider_sight_stops_nothing(sight: int) -> None:
    assert failing(replace(SPACE, sight=sight)) == []


@pytest.mark.parametrize("risk", RISKS)
def test_a_space_stops_only_at_the_risks_it_names(risk: str) -> None:
    stopped = failing(SPACE, replace(DEVIATION, risk_flags=frozenset({risk})))
    assert stopped == (["never:child_safety"] if risk == "child_safety" else [])


@pytest.mark.parametrize("slider", ["purpose", "rules", "means", "deciding", "sight"])
@pytest.mark.parametrize("value", [-1, 5])
def test_a_slider_has_five_positions(slider: str, value: int) -> None:
    with pytest.raises(ValueError, match=slider):
        replace(SPACE, **{slider: value})
