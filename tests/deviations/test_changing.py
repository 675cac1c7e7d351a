"""What voids a decision, and what only adds to it: the table written again by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.models.deliberating import DELIBERATED
from deviations.rules.changing import ADDITIONS, changed, material
from deviations.services.recording import TICKED, WRITTEN

BEFORE = {
    "number": "A-2026-00001", "weight": "A", "source_type": "habit", "submitted_at": "2026-03-01T10:00:00+00:00",
    "routine": "INK-01 v1", "kind": "made", "if_followed": "Weeks go by.", "instead": "We call.",
    "why_here": "The account is blocked.", "urgency": "normal", "acted_on": None, "belongs_or_helps": 2,
    "amount_cents": 5_000, "avoided_cents": 0, "avoided_source": "", "grounds": ["INT-01"], "causes": [],
    "life_domains": [], "purpose_served": "", "alternatives": "", "residents_view": "", "tension": "",
    "lasts_until": "2026-12-31", "risk_child_safety": False, "risk_fraud_inquiry": False,
    "risk_rights_of_others": False, "structural": "",
}  # fmt: skip
VOIDS = {
    "routine": "INK-02 v1", "kind": "considered", "if_followed": "Months go by.", "instead": "We visit.",
    "why_here": "There is no account.", "urgency": "urgent", "acted_on": "2026-03-01", "belongs_or_helps": 4,
    "amount_cents": 5_001, "avoided_cents": 100, "avoided_source": "Price list.", "grounds": ["INT-01", "VO-HC"],
    "purpose_served": "It does.", "alternatives": "None.", "residents_view": "Glad.", "tension": "Fast or sure.",
    "lasts_until": None, "risk_child_safety": True, "risk_fraud_inquiry": True, "risk_rights_of_others": True,
}  # fmt: skip
ADDS = {"causes": ["FORM"], "life_domains": ["money", "home"], "structural": "structural"}
FOLLOWS = {"number": "A-2026-00002", "weight": "C", "source_type": "statute", "submitted_at": None, "limits": ["Yes."]}


@pytest.mark.parametrize("name", VOIDS)
def test_what_was_decided_on_voids(name):
    assert material(BEFORE, BEFORE | {name: VOIDS[name]}) == (name,)


@pytest.mark.parametrize("name", ADDS)
def test_what_only_helps_to_learn_does_not(name):
    after = BEFORE | {name: ADDS[name]}
    assert (material(BEFORE, after), changed(BEFORE, after)) == ((), (name,))


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_the_server_sets_is_no_change_of_the_author(name):
    assert changed(BEFORE, BEFORE | {name: FOLLOWS[name]}) == ()


def test_every_field_of_the_record_is_judged():
    assert set(VOIDS) | set(ADDS) == {*WRITTEN, *TICKED, "routine"}
    assert set(ADDS) == ADDITIONS
    assert not ADDITIONS & {*DELIBERATED}


def test_what_is_added_to_the_record_some_day_is_material():
    assert material(BEFORE, BEFORE | {"value_triangle": "Yield."}) == ("value_triangle",)
    assert material(BEFORE | {"value_triangle": ""}, BEFORE) == ()


def test_a_browser_that_sends_other_line_ends_changes_nothing():
    text = "First.\nSecond."
    assert material({"instead": text}, {"instead": " First. \r\nSecond.\r\n"}) == ()
    assert material({"instead": text}, {"instead": "First. Second."}) == ("instead",)


@given(st.dictionaries(st.sampled_from(sorted(VOIDS)), st.one_of(st.none(), st.text(), st.integers(0, 9)), min_size=1))
def test_a_record_never_differs_from_itself_and_always_in_both_directions(fields):
    assert material(fields, fields) == ()
    assert set(material(BEFORE, fields)) == set(material(fields, BEFORE))
