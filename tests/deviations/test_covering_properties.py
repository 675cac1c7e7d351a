"""Properties of covering: nothing beyond a limit, nothing more in a narrower space, and sentences throughout."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.covering import DeviationFacts, SpaceFacts, covering, is_covered
from tests.deviations.test_covering import (
    DAY,
    DEVIATION,
    DOMAIN,
    FIELDS,
    OTHER_DOMAIN,
    OTHER_ROUTINE,
    RISKS,
    ROUTINE,
    SOURCE_TYPES,
    SPACE,
    limit,
)

DATES = st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3))
CENTS = st.integers(0, 100_000)
MONEY = CENTS.map(lambda cents: Decimal(cents) / 100)
SLIDER = st.integers(0, 4)
SPACES = st.builds(
    SpaceFacts,
    state=st.sampled_from(("active", "active", "active", "suspended")),
    valid_from=DATES,
    valid_until=DATES,
    routines=st.frozensets(st.sampled_from((ROUTINE, OTHER_ROUTINE))),
    policy_domains=st.frozensets(st.sampled_from((DOMAIN, OTHER_DOMAIN))),
    purpose=SLIDER,
    rules=SLIDER,
    means=SLIDER,
    deciding=SLIDER,
    sight=SLIDER,
    amount_per_deviation=MONEY,
    amount_per_month=MONEY,
    amount_per_period=MONEY,
    spent_month=MONEY,
    spent_period=MONEY,
    never=st.frozensets(st.sampled_from(RISKS), max_size=1),
    holder=st.just(True),
    granted_by_author=st.just(False),
)
DEVIATIONS = st.builds(
    DeviationFacts,
    on=DATES,
    routine_id=st.just(ROUTINE),
    policy_domain_id=st.just(DOMAIN),
    source_type=st.sampled_from(SOURCE_TYPES),
    amount=st.one_of(st.just(Decimal(0)), MONEY),
    weight=st.sampled_from("ABCD"),
    risk_flags=st.frozensets(st.sampled_from(RISKS), max_size=1),
    explanation=st.one_of(st.just(frozenset(FIELDS)), st.frozensets(st.sampled_from(FIELDS))),
    peer_agreed=st.booleans(),
)


@given(SPACES, DEVIATIONS)
def test_what_is_covered_lies_within_every_limit(space: SpaceFacts, deviation: DeviationFacts) -> None:
    if not is_covered(covering(space, deviation)):
        return
    assert (space.state, space.holder, space.granted_by_author) == ("active", True, False)
    assert space.valid_from <= deviation.on <= space.valid_until
    assert deviation.routine_id in space.routines or deviation.policy_domain_id in space.policy_domains
    assert SOURCE_TYPES.index(deviation.source_type) <= space.rules
    assert deviation.source_type != "statute"
    assert deviation.weight != "D"
    assert not deviation.risk_flags & space.never
    assert space.deciding > 0
    if deviation.amount:
        assert space.means > 0
        assert space.spent_period + deviation.amount <= space.amount_per_period
    if deviation.amount and space.means < 4:
        assert deviation.amount <= space.amount_per_deviation
        assert space.spent_month + deviation.amount <= space.amount_per_month


@given(SPACES, DEVIATIONS, st.data())
def test_a_narrower_space_never_covers_more(wide: SpaceFacts, deviation: DeviationFacts, data: st.DataObject) -> None:
    narrow = replace(
        wide,
        valid_from=wide.valid_from + timedelta(days=data.draw(st.integers(0, 2))),
        valid_until=wide.valid_until - timedelta(days=data.draw(st.integers(0, 2))),
        routines=wide.routines & data.draw(st.sampled_from((frozenset({ROUTINE}), frozenset()))),
        policy_domains=wide.policy_domains & data.draw(st.sampled_from((frozenset({DOMAIN}), frozenset()))),
        never=wide.never | data.draw(st.frozensets(st.sampled_from(RISKS), max_size=1)),
        spent_month=wide.spent_month + data.draw(st.sampled_from((Decimal(0), Decimal(100)))),
        spent_period=wide.spent_period + data.draw(st.sampled_from((Decimal(0), Decimal(100)))),
        amount_per_deviation=min(wide.amount_per_deviation, data.draw(MONEY)),
        amount_per_month=min(wide.amount_per_month, data.draw(MONEY)),
        amount_per_period=min(wide.amount_per_period, data.draw(MONEY)),
    )
    assert is_covered(covering(wide, deviation)) or not is_covered(covering(narrow, deviation))


@pytest.mark.parametrize("slider", ["purpose", "rules", "means", "sight"])
@given(space=SPACES, deviation=DEVIATIONS)
def test_a_slider_moved_up_never_covers_less(slider: str, space: SpaceFacts, deviation: DeviationFacts) -> None:
    answers = [is_covered(covering(replace(space, **{slider: n}), deviation)) for n in range(5)]
    assert answers == sorted(answers)


@given(space=SPACES, deviation=DEVIATIONS)
def test_with_a_peer_the_slider_deciding_moved_up_never_covers_less(
    space: SpaceFacts, deviation: DeviationFacts
) -> None:
    agreed = replace(deviation, peer_agreed=True)
    answers = [is_covered(covering(replace(space, deciding=n), agreed)) for n in range(5)]
    assert answers == sorted(answers)


@given(SPACES, DEVIATIONS)
def test_weight_d_and_statutes_are_never_covered(space: SpaceFacts, deviation: DeviationFacts) -> None:
    assert not is_covered(covering(space, replace(deviation, weight="D")))
    assert not is_covered(covering(space, replace(deviation, source_type="statute")))


@given(SPACES, DEVIATIONS)
def test_nobody_is_covered_by_what_was_not_granted_to_them(space: SpaceFacts, deviation: DeviationFacts) -> None:
    assert not is_covered(covering(replace(space, holder=False), deviation))
    assert not is_covered(covering(replace(space, granted_by_author=True), deviation))


@given(SPACES, DEVIATIONS)
def test_every_limit_appears_once_with_a_whole_sentence(space: SpaceFacts, deviation: DeviationFacts) -> None:
    with override("en"):
        limits = covering(space, deviation)
    assert len({limit.code for limit in limits}) == len(limits)
    for found in limits:
        assert found.sentence[0].isupper() or found.sentence[0] == "€"
        assert found.sentence.endswith(".")
        assert "%(" not in found.sentence


def test_the_sentences_name_the_amounts_and_the_days() -> None:
    dear = replace(DEVIATION, amount=Decimal(840))
    with override("en"):
        assert limit("amount_per_deviation", SPACE, dear).sentence == (
            "€\xa0840.00 is more than the €\xa0500.00 this space allows per deviation."
        )
        assert limit("amount_per_month", SPACE, dear).sentence == (
            "€\xa0840.00 is more than the €\xa0700.00 that is left of the €\xa02,000.00 this space allows per month."
        )
        assert limit("amount_per_period", SPACE, dear).sentence == (
            "€\xa0840.00 fits in the €\xa01,000.00 that is left of the €\xa010,000.00 budget of this space."
        )
        ended = replace(SPACE, valid_until=date(2026, 3, 1))
        assert "2026" in limit("dates", ended).sentence


def test_the_sentence_about_explanation_names_what_is_missing() -> None:
    with override("en"):
        bare = replace(DEVIATION, explanation=frozenset({"why_here"}))
        assert limit("purpose", SPACE, bare).sentence == (
            "This space also asks you to say: which purpose this serves, on which ground."
        )


def test_an_overspent_budget_has_nothing_left() -> None:
    with override("en"):
        found = limit("amount_per_month", replace(SPACE, spent_month=Decimal(2_500)))
        assert "€\xa00.00 that is left" in found.sentence
