"""What requests have in common: the narrowest space that holds all that a space can hold."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.covering import DeviationFacts, covering, is_covered
from deviations.rules.generalising import can_be_covered, propose
from tests.deviations.test_covering import DAY, DEVIATION, FIELDS, OTHER_ROUTINE, RISKS, ROUTINE
from tests.deviations.test_covering_properties import DEVIATIONS

QUICK = frozenset({"why_here"})
REQUESTS = st.lists(
    DEVIATIONS.map(lambda asked: replace(asked, on=DAY, explanation=asked.explanation | QUICK)), min_size=1, max_size=6
)


@given(REQUESTS)
def test_it_covers_every_request_that_a_space_can_cover(requests: list[DeviationFacts]) -> None:
    facts = propose(requests).facts(DAY, DAY)
    for asked in requests:
        assert is_covered(covering(facts, asked)) == can_be_covered(asked) or not any(map(can_be_covered, requests))


@given(REQUESTS)
def test_each_slider_is_as_narrow_as_it_can_be(requests: list[DeviationFacts]) -> None:
    fit = [asked for asked in requests if can_be_covered(asked)]
    facts = propose(requests).facts(DAY, DAY)
    for slider in ("purpose", "rules", "means"):
        position = getattr(facts, slider)
        if fit and position:
            narrower = replace(facts, **{slider: position - 1})
            assert not all(is_covered(covering(narrower, asked)) for asked in fit)


@given(REQUESTS)
def test_it_stops_at_every_risk_that_none_of_them_raised(requests: list[DeviationFacts]) -> None:
    fit = [asked for asked in requests if can_be_covered(asked)] or requests
    raised = {flag for asked in fit for flag in asked.risk_flags}
    assert propose(requests).never == frozenset(RISKS) - raised


@pytest.mark.parametrize(
    ("sources", "position"),
    [
        (["habit"], 1),
        (["system", "habit"], 1),
        (["work_instruction", "habit"], 2),
        (["policy_rule"], 3),
        (["ordinance", "system"], 4),
        (["statute"], 0),
        (["statute", "work_instruction"], 2),
    ],
)
def test_the_heaviest_source_sets_the_rules(sources: list[str], position: int) -> None:
    assert propose([replace(DEVIATION, source_type=source) for source in sources]).rules == position


@pytest.mark.parametrize(
    ("explanation", "position"),
    [
        (FIELDS, 0),
        (("why_here", "purpose_served", "grounds", "alternatives"), 1),
        (("why_here", "purpose_served", "grounds"), 2),
        (("why_here", "purpose_served"), 3),
        (("why_here",), 4),
        ((), 4),
    ],
)
def test_the_explanation_they_all_gave_sets_the_purpose(explanation: tuple[str, ...], position: int) -> None:
    full = replace(DEVIATION, explanation=frozenset(FIELDS))
    assert propose([full, replace(DEVIATION, explanation=frozenset(explanation))]).purpose == position


def test_the_dearest_one_sets_the_amount_in_whole_euros() -> None:
    dear = [replace(DEVIATION, amount=Decimal(amount)) for amount in ("0", "120.01", "80")]
    proposal = propose(dear)
    assert (proposal.means, proposal.per_deviation) == (1, Decimal(121))
    free = propose([replace(DEVIATION, amount=Decimal(0))])
    assert (free.means, free.per_deviation) == (0, None)


def test_one_that_no_space_can_cover_does_not_widen_it() -> None:
    heavy = replace(DEVIATION, weight="D", amount=Decimal(30_000), routine_id=OTHER_ROUTINE)
    proposal = propose([DEVIATION, heavy])
    assert (proposal.routines, proposal.per_deviation) == (frozenset({ROUTINE}), DEVIATION.amount)
