"""Twenty at the same moment: one answer, and never more money than there is. Real threads, real transactions."""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from deviations.models import Decision, Deviation, DiscretionarySpace, SpaceBudget
from deviations.services import (
    deciding,
    escalating,
    evaluating,
    freezing,
    granting,
    objecting,
    recording,
    revising,
    submitting,
)
from deviations.services.revising import Unconfirmed
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import Notice, User
from tests.factories import MembershipFactory, RoutineFactory, UserFactory

from .conftest import WORDS

AT_ONCE = 20
FULL = os.environ.get("DRILL") == "full"
ROUNDS = 50 if FULL else 2
REVOKED = 201 if FULL else 6  # a third of them for each way to revoke
OTHER = "Not the household of the round before."  # asked for when precedents went the other way

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(3600 if FULL else 180),
]


def at_once(acts) -> Counter:
    """Do these acts at the same moment, each with its own connection; counts how each ended."""
    start = Barrier(len(acts))

    def run(act) -> str:
        try:
            start.wait(timeout=120)
            return act()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


@pytest.mark.drill
def test_twenty_simultaneous_answers_make_one_decision(cast, case):
    managers = [UserFactory() for _ in range(AT_ONCE)]
    for manager in managers:
        MembershipFactory(user=manager, team=cast.income, role="manager")
    actions = [Action.AGREE, Action.REFUSE, Action.AGREE_WITH_CONDITIONS]

    def answer(deviation: Deviation, number: int):
        def act() -> str:
            by, action = User.objects.get(pk=managers[number].pk), actions[number % 3]
            words = {"reasons": "Because.", "conditions": "If.", "differs": OTHER}
            deciding.decide(deviation=deviation, action=action, by=by, **words)
            return "answered"

        return act

    for _round in range(ROUNDS):
        # A routine of its own: without precedents there is nothing to be told apart from.
        fields = {"routine": RoutineFactory(version__source_type="habit"), "differs": OTHER, **WORDS}
        drafted = recording.begin(case=case, by=cast.caseworker, fields=fields)
        deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
        ended = at_once([answer(deviation, number) for number in range(AT_ONCE)])
        assert ended == {"answered": 1, "WrongState": AT_ONCE - 1}
        decision = Decision.objects.get(deviation=deviation)
        deviation.refresh_from_db()
        assert (decision.by_id, decision.answer) == (deviation.decided_by_id, deviation.answer)


@pytest.mark.drill
def test_twenty_simultaneous_changes_void_one_decision_and_give_the_money_back_once(cast, case, routine, space):
    room = space(means_slider=4, cents_per_deviation=None, cents_per_period=70_000)
    fields, other = {"routine": routine, "amount_cents": 10_000, **WORDS}, {"instead": "We visit this household."}
    for _round in range(ROUNDS):
        drafted = recording.begin(case=case, by=cast.caseworker, fields=fields)
        deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
        sure = Unconfirmed({}, freezing.as_written(deviation, other)).token

        def change(deviation=deviation, sure=sure) -> str:
            by = User.objects.get(pk=cast.caseworker.pk)
            return revising.revise(deviation=deviation, by=by, fields=other, confirmed=sure).state

        assert SpaceBudget.objects.get(space=room).spent_cents == 10_000
        assert at_once([change] * AT_ONCE) == {"draft": 1, "WrongState": AT_ONCE - 1}
        assert SpaceBudget.objects.get(space=room).spent_cents == 0
        assert [decision.voided_at is None for decision in deviation.decisions.all()] == [False]


@pytest.mark.drill
def test_twenty_times_asked_again_at_once_makes_one_new_request(cast, case):
    other = {"instead": "We visit this household."}
    for _round in range(ROUNDS):
        # What was refused in earlier rounds asks what makes this one different.
        fields = {"routine": RoutineFactory(version__source_type="work_instruction"), "differs": OTHER, **WORDS}
        drafted = recording.begin(case=case, by=cast.caseworker, fields=fields)
        deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
        deciding.decide(deviation=deviation, action=Action.REFUSE, by=cast.manager, reasons="Because.")

        def ask_again(deviation=deviation) -> str:
            by = User.objects.get(pk=cast.caseworker.pk)
            return revising.ask_again(deviation=deviation, by=by, fields=other).state

        assert at_once([ask_again] * AT_ONCE) == {"draft": 1, "Refused": AT_ONCE - 1}


@pytest.mark.drill
def test_changing_and_looking_back_at_once_leave_one_of_both(cast, case, routine):
    other = {"instead": "We visit this household."}
    for _round in range(ROUNDS):
        drafted = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
        deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
        deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
        deviation.refresh_from_db()
        sure = Unconfirmed({}, freezing.as_written(deviation, other)).token

        def change(deviation=deviation, sure=sure) -> str:
            by = User.objects.get(pk=cast.caseworker.pk)
            revising.revise(deviation=deviation, by=by, fields=other, confirmed=sure)
            return "changed"

        def look_back(deviation=deviation) -> str:
            by = User.objects.get(pk=cast.caseworker.pk)
            evaluating.evaluate(deviation=deviation, by=by, helped="yes")
            return "looked back"

        ended = at_once([change, look_back] * (AT_ONCE // 2))
        assert (ended["changed"] + ended["looked back"], ended["WrongState"]) == (1, AT_ONCE - 1)
        deviation.refresh_from_db()
        assert deviation.state == ("draft" if ended["changed"] else "evaluated")
        assert deviation.decisions.final().count() == ended["looked back"]


def test_one_form_sent_twenty_times_at_once_makes_one_draft(cast, case):
    key = new_id()

    def send() -> str:
        recording.begin(case=case, by=User.objects.get(pk=cast.caseworker.pk), fields=WORDS, pk=key)
        return "begun"

    assert at_once([send] * AT_ONCE) == {"begun": 1, "Refused": AT_ONCE - 1}
    assert Deviation.objects.count() == 1


@pytest.mark.drill
def test_twenty_simultaneous_uses_never_overspend(cast, case, routine, space):
    people = [UserFactory() for _ in range(AT_ONCE)]
    for person in people:
        MembershipFactory(user=person, team=cast.income)

    def use(deviation: Deviation):
        def act() -> str:
            by = User.objects.get(pk=deviation.author_id)
            return submitting.submit(deviation=deviation, by=by).state

        return act

    for _round in range(ROUNDS):
        room = space(people=people, means_slider=4, cents_per_deviation=None, cents_per_period=50_000)
        fields = {"routine": routine, "amount_cents": 10_000, **WORDS}
        drafts = [recording.begin(case=case, by=person, fields=fields) for person in people]
        assert at_once([use(drafted) for drafted in drafts]) == {"agreed": 5, "awaiting": AT_ONCE - 5}
        assert SpaceBudget.objects.get(space=room).spent_cents == 50_000
        assert Deviation.objects.filter(space=room).count() == 5
        room.state = "withdrawn"
        room.save()


@pytest.mark.drill
@pytest.mark.parametrize("revoke", ["withdraw_space", "suspend", "set_holders"])
def test_nothing_is_agreed_by_a_space_after_it_was_revoked(cast, case, routine, space, revoke):
    people = [MembershipFactory(team=cast.income).user for _ in range(4)]
    fields, chance = {"routine": routine, **WORDS}, random.Random(revoke)
    left = {"people": people[:1], "whole_team": False} if revoke == "set_holders" else {"reasons": "Because."}

    def soon(act):
        """At a moment of its own, so that either comes first."""
        pause = chance.random() / 20
        return lambda: (time.sleep(pause), act())[1]

    def submit(deviation: Deviation) -> str:
        return submitting.submit(deviation=deviation, by=User.objects.get(pk=deviation.author_id)).state

    def end(room: DiscretionarySpace, seen: set) -> str:
        getattr(granting, revoke)(space=room, by=User.objects.get(pk=cast.manager.pk), **left)
        seen.update(Deviation.objects.filter(space=room))
        return "revoked"

    for _round in range(REVOKED // 3):
        room, seen = space(people=people), set()
        drafts = [recording.begin(case=case, by=person, fields=fields) for person in people[1:]]
        acts = [soon(partial(submit, drafted)) for drafted in drafts]
        ended = at_once([soon(partial(end, room, seen)), *acts])
        assert set(Deviation.objects.filter(space=room)) == seen
        assert ended == Counter({"revoked": 1, "agreed": len(seen), "awaiting": len(drafts) - len(seen)})
        if revoke != "withdraw_space":
            granting.withdraw_space(space=room, by=cast.manager, reasons="Because.")


@pytest.mark.drill
def test_twenty_simultaneous_objections_void_one_decision_and_give_the_money_back_once(cast, case, routine, space):
    managers = [UserFactory() for _ in range(AT_ONCE)]
    for manager in managers:
        MembershipFactory(user=manager, team=cast.income, role="manager")
    space(deciding_slider=1, means_slider=4, cents_per_deviation=None, cents_per_period=70_000)

    def object_to(deviation: Deviation, manager: User):
        def act() -> str:
            by = User.objects.get(pk=manager.pk)
            objecting.object_to(deviation=deviation, by=by, reasons="Not this way.")
            return "objected"

        return act

    for _round in range(ROUNDS):
        fields = {"routine": routine, "amount_cents": 10_000, **WORDS}
        drafted = recording.begin(case=case, by=cast.caseworker, fields=fields)
        used = submitting.submit(deviation=drafted, by=User.objects.get(pk=cast.caseworker.pk))
        assert (used.state, SpaceBudget.objects.get().spent_cents) == ("agreed", 10_000)
        ended = at_once([object_to(used, manager) for manager in managers])
        assert ended == {"objected": 1, "WrongState": AT_ONCE - 1}
        assert SpaceBudget.objects.get().spent_cents == 0


def test_late_requests_are_passed_on_once_by_twenty_workers(cast, case, routine):
    cast.income.deputy = cast.othermanager
    cast.income.save()
    drafted = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
    waiting = submitting.submit(deviation=drafted, by=cast.caseworker)
    late = waiting.due_at + timedelta(days=5)
    assert sum(at_once([lambda: escalating.watch_deadlines(now=late)] * AT_ONCE).elements()) == 2
    assert Notice.objects.filter(event__verb="deviation.pass_on", recipient=cast.othermanager).count() == 1
