"""What may be shown: small cells hidden everywhere, and nothing left from which one can be worked out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.costing import estimate, planned_and_real
from learning.rules.publishing import MORE_THAN_USES, NO_USES, hide_row, publish
from learning.rules.selecting import Selection, last_months, last_quarters
from learning.rules.telling import Numbers, Told, added
from organisation.kernel.periods import Period, Quarter

K = 10
ROWS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 400)), min_size=1, max_size=8)


@given(ROWS)
def test_the_total_minus_what_is_shown_is_never_a_small_number(row):
    cells = hide_row(row, K)
    rest = sum(row) - sum(cell.value or 0 for cell in cells)
    everything_hidden = not any(cell.value for cell in cells)
    assert rest == 0 or rest >= K or everything_hidden


@given(ROWS)
def test_no_small_number_is_shown_and_what_is_shown_is_true(row):
    for count, cell in zip(row, hide_row(row, K), strict=True):
        assert cell.value in (None, count)
        assert cell.hidden or not 0 < count < K


def numbers(made=None, uses=None, **tables) -> Numbers:
    """What is known, a plain number or the reason why it is hidden."""
    found = {("made", key): value for key, value in (made or {}).items()}
    found |= {("uses", key): value for key, value in (uses or {}).items()}
    found |= {(table, row): value for table, rows in tables.items() for row, value in rows.items()}
    return Numbers({key: Told(None, value) if isinstance(value, str) else Told(value) for key, value in found.items()})


def published(now, before=None):
    return publish(now, before, [(202601, now)], K)


def rows(figures):
    return {row["routine"]: row for row in figures["routines"]}


def test_a_rate_has_its_denominator_beside_it_and_the_change_since_the_period_before():
    now, before = numbers({"a": 40, "b": 20}, {"a": 400, "b": 100}), numbers({"a": 20}, {"a": 400})
    found = rows(published(now, before))
    assert (found["a"]["uses"][0], found["a"]["made"][0], found["a"]["rate"], found["a"]["change"]) == (400, 40, 10, 5)
    assert [row["routine"] for row in published(now, before)["routines"]] == ["b", "a"]


@pytest.mark.parametrize(
    ("made", "uses", "why"),
    [(40, 0, NO_USES), (40, 30, MORE_THAN_USES), ("hidden", 400, "hidden"), (40, "hidden", "hidden")],
)
def test_a_rate_that_cannot_be_given_says_why(made, uses, why):
    row = rows(published(numbers({"a": made}, {"a": uses})))["a"]
    assert (row["rate"], row["why"]) == (None, why)


def test_nothing_made_is_a_rate_of_zero_and_not_a_hidden_one():
    assert rows(published(numbers({"a": 0}, {"a": 50})))["a"]["rate"] == 0.0


def test_a_hidden_routine_does_not_betray_itself_by_its_place():
    now = numbers({"z": "hidden", "y": "hidden", "x": "hidden", "a": 90}, dict.fromkeys("zyxa", 100))
    assert [row["routine"] for row in published(now)["routines"]] == ["a", "x", "y", "z"]


def test_shares_are_given_only_when_all_they_are_made_of_is_told():
    keys = published(numbers(answers={"by_space": 60, "agreed": 40}))["keys"]
    assert keys["by_space"][0] == [60, "", 0]
    keys = published(numbers(answers={"by_space": "hidden", "agreed": 96}))["keys"]
    assert keys["by_space"][0] == [None, "hidden", 0]
    assert published(numbers())["keys"]["helped"][0] == [None, "", 0]


def test_the_two_practices_are_never_added_up():
    cases = {"routine:reached": 30, "routine:not": 10, "routine:once": 20, "tailored:reached": 9, "tailored:once": 3}
    found = {row[0]: row[1:] for row in published(numbers(practice=cases, outcomes={"yes": 3, "no": 1}))["practice"]}
    assert [cell[0] for cell in found["closed"]] == [40, 9]
    assert [cell[0] for cell in found["reached"]] == [75, 100]
    assert [cell[0] for cell in found["once"]] == [50, 33]
    assert found["helped"] == [None, [75, "", 0]]


def test_a_sum_of_which_a_part_is_hidden_is_hidden_and_at_least_the_rest():
    assert added([Told(20), Told(None, "hidden"), Told(15)]) == Told(None, "hidden", 35)
    assert added([Told(20), Told(15)]) == Told(35)
    assert added([]) == Told(0)


def test_a_sum_of_money_has_an_interval():
    found = estimate(Told(4), (100_000, 30_000))
    assert (found["cents"], found["low"], found["high"]) == (100_000, 41_200, 158_800)
    assert estimate(Told(None, "hidden"), None)["cents"] is None
    real = planned_and_real(Told(12), (100_000, 0), (120_000, 10_000))
    assert (real["ratio"], real["low"], real["high"]) == (1.2, 1.0, 1.4)
    assert planned_and_real(Told(3), (0, 0), (5_000, 100))["ratio"] is None
    assert planned_and_real(Told(0), None, None)["real"] is None


def test_a_selection_compares_with_as_many_months_before_it():
    quarter = Selection(first=202601, last=202603, domain="d", teams=("t",))
    assert (quarter.before.first, quarter.before.last, quarter.before.teams) == (202510, 202512, ("t",))
    assert Selection.from_fields(json.loads(json.dumps(quarter.fields))) == quarter
    assert Selection.from_fields(Selection(1, 2).fields).key == Selection(1, 2).key != quarter.key
    assert last_months(Period(2026, 11)) == (202512, 202611)
    assert quarter.quarters == [Quarter(2026, 1)]
    assert Selection(202602, 202606).quarters == [Quarter(2026, 2)]


def test_the_last_quarters_follow_each_other():
    told = [Quarter(2025, 1), Quarter(2025, 3), Quarter(2025, 4)]
    assert last_quarters(told) == (202507, 202512)
    assert last_quarters(told, 1) == (202510, 202512)
    assert last_quarters([]) is None
