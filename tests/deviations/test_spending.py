"""The money of a space: never overspent, given back once."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from deviations.models import SpaceBudget, Spending
from deviations.services import spending, submitting, withdrawing
from deviations.services.spending import Overspent

pytestmark = pytest.mark.django_db

MONEY = {"means_slider": 3, "cents_per_deviation": 10_000, "cents_per_month": 15_000, "cents_per_period": 30_000}


@pytest.fixture
def use(cast, draft):
    """`use(cents)` sends in a deviation with this amount."""
    return lambda cents: submitting.submit(deviation=draft(amount_cents=cents), by=cast.caseworker)


def spent(space) -> dict[bool, int]:
    return {budget.period == 0: budget.spent_cents for budget in SpaceBudget.objects.filter(space=space)}


def test_each_use_takes_from_the_month_and_the_period(space, use):
    room = space(**MONEY)
    assert use(9_000).space == room
    assert spent(room) == {True: 9_000, False: 9_000}
    assert use(7_000).state == "awaiting"
    assert use(6_000).space == room
    assert use(1).state == "awaiting"
    assert spent(room) == {True: 15_000, False: 15_000}


def test_what_costs_nothing_takes_nothing(space, use):
    room = space(**MONEY)
    assert use(0).space == room
    assert not Spending.objects.exists()


def test_free_within_the_period_means_only_the_period_counts(space, use):
    room = space(means_slider=4, cents_per_deviation=None, cents_per_month=1, cents_per_period=30_000)
    assert use(30_000).space == room
    assert spent(room) == {True: 30_000}
    assert use(1).state == "awaiting"


def test_an_amount_without_a_budget_is_bounded_by_each_time_only(space, use):
    room = space(cents_per_deviation=40_000)
    assert use(40_000).space == room
    assert use(40_001).state == "awaiting"
    assert spent(room) == {}
    assert Spending.objects.get().cents == 40_000


def test_what_is_not_there_is_not_taken_even_past_the_rules(space, draft):
    room = space(**MONEY)
    with pytest.raises(Overspent):
        spending.take(space=room, deviation=draft(amount_cents=20_000))
    assert spent(room) == {}


def test_money_that_ran_out_in_between_sends_it_to_the_manager(space, use, monkeypatch):
    room = space(**MONEY)

    def empty(**words):
        raise Overspent("gone")

    monkeypatch.setattr(spending, "take", empty)
    deviation = use(5_000)
    assert (deviation.state, deviation.space) == ("awaiting", None)
    assert spent(room) == {}


def test_money_is_given_back_once(cast, space, draft):
    room, drafted = space(**MONEY), draft(amount_cents=4_000)
    spending.take(space=room, deviation=drafted)
    withdrawing.withdraw(deviation=drafted, by=cast.caseworker)
    assert spent(room) == {True: 0, False: 0}
    spending.give_back(deviation=drafted)
    assert spent(room) == {True: 0, False: 0}


def test_two_who_give_back_at_once_give_back_once(space, draft, monkeypatch):
    room, drafted = space(**MONEY), draft(amount_cents=4_000)
    spending.take(space=room, deviation=drafted)
    monkeypatch.setattr(spending, "_mark_returned", lambda found: 0)
    spending.give_back(deviation=drafted)
    assert spent(room) == {True: 4_000, False: 4_000}


def test_the_database_itself_refuses_to_overspend(space, use):
    room = space(**MONEY)
    use(9_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceBudget.objects.filter(space=room).update(spent_cents=F("limit_cents") + 1)
