"""What may be shown: small cells hidden everywhere, and nothing left from which one can be worked out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.publishing import MORE_THAN_USES, NO_USES, Counts, hide_row, publish
from learning.rules.selecting import Selection, last_months
from organisation.kernel.periods import Period

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


def counts(**made) -> Counts:
    """Made per routine, all in one team and one month."""
    return Counts(made={(key, "t"): n for key, n in made.items()}, kinds={(202601, "made"): sum(made.values())})


def published(now, before=None, months=(202601,)):
    return publish(now, before or Counts(), list(months), K)


def rows(figures):
    return {row["routine"]: row for row in figures["routines"]}


def test_a_rate_has_its_denominator_beside_it_and_the_change_since_the_period_before():
    now, before = counts(a=40, b=20), counts(a=20, b=20)
    now.uses, before.uses = {"a": 400, "b": 100}, {"a": 400, "b": 100}
    found = rows(published(now, before))
    assert (found["a"]["uses"], found["a"]["made"], found["a"]["rate"], found["a"]["change"]) == (
        [400, ""], [40, ""], 10.0, 5.0,
    )  # fmt: skip
    assert [row["routine"] for row in published(now, before)["routines"]] == ["b", "a"]


@pytest.mark.parametrize(
    ("made", "uses", "why"),
    [(40, None, NO_USES), (40, 30, MORE_THAN_USES), (3, 400, "too_few"), (40, 4, "too_few")],
    ids=["no uses known", "fewer uses than deviations", "few deviations", "few uses"],
)
def test_a_rate_that_cannot_be_given_says_why(made, uses, why):
    now = counts(a=made, b=60, c=70)
    now.uses = {"a": uses, "b": 100, "c": 200} if uses else {"b": 100, "c": 200}
    row = rows(published(now))["a"]
    assert (row["rate"], row["why"]) == (None, why)


def test_nothing_made_is_a_rate_of_zero_and_not_a_hidden_one():
    now = counts(a=0, b=60)
    now.uses = {"a": 50, "b": 100}
    assert rows(published(now))["a"]["rate"] == 0.0


def test_a_hidden_routine_does_not_betray_itself_by_its_place():
    now = counts(z=1, y=9, x=5, a=90)
    now.uses = dict.fromkeys("zyxa", 100)
    assert [row["routine"] for row in published(now)["routines"]] == ["a", "x", "y", "z"]


def test_shares_are_given_only_when_all_they_are_made_of_is_shown():
    now = counts(a=100)
    now.answers = {"by_space": 60, "agreed": 40}
    assert published(now)["by_space"] == [60, ""]
    now.answers = {"by_space": 4, "agreed": 96}
    assert published(now)["by_space"] == [None, "too_few"]
    now.outcomes = {"yes": 50, "partly": 25, "no": 25}
    assert published(now)["helped"] == [50, ""]
    now.outcomes = {"yes": 50, "partly": 2, "no": 48}
    assert published(now)["helped"][0] is None


def test_the_time_until_the_answer_is_a_mean_of_ten_answers_or_more():
    now = counts(a=100)
    now.lead_minutes, now.lead_count = 1440 * 18, 9
    assert published(now)["lead_days"] == [None, "too_few"]
    now.lead_count = 10
    assert published(now)["lead_days"] == [1.8, ""]


def test_costs_of_a_few_are_not_shown():
    now = counts(a=4)
    now.amount_cents = 123_456
    assert published(now)["amount_cents"] is None


def test_no_hidden_number_is_anywhere_in_what_is_published():
    now = counts(a=7, b=300)
    now.made = {("a", "t"): 7, ("b", "t"): 297, ("b", "u"): 3}
    now.answers, now.outcomes, now.uses = {"refused": 7, "agreed": 300}, {"no": 7, "yes": 300}, {"a": 7, "b": 3000}
    now.kinds = {(202601, "made"): 307, (202602, "blocked"): 7}
    numbers = json.dumps(published(now, months=(202601, 202602)))
    assert not {" 7,", "[7,", " 7]", " 3,", "[3,"} & {numbers[i : i + 3] for i in range(len(numbers))}


def test_a_selection_compares_with_as_many_months_before_it():
    quarter = Selection(first=202601, last=202603, domain="d", teams=("t",))
    assert (quarter.before.first, quarter.before.last, quarter.before.teams) == (202510, 202512, ("t",))
    assert Selection.from_fields(json.loads(json.dumps(quarter.fields))) == quarter
    assert Selection.from_fields(Selection(1, 2).fields).key == Selection(1, 2).key != quarter.key
    assert last_months(Period(2026, 11)) == (202512, 202611)
