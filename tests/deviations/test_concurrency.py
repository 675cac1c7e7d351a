"""Twenty at the same moment: one answer, and never more money than there is. Real threads, real transactions."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from deviations.models import Decision, Deviation, SpaceBudget
from deviations.services import deciding, recording, submitting
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import User
from tests.factories import MembershipFactory, UserFactory

from .conftest import WORDS

AT_ONCE = 20
FULL = os.environ.get("DRILL") == "full"
ROUNDS = 200 if FULL else 2

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
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_twenty_simultaneous_answers_make_one_decision(cast, case, routine):
    managers = [UserFactory() for _ in range(AT_ONCE)]
    for manager in managers:
        MembershipFactory(user=manager, team=cast.income, role="manager")
    actions = [Action.AGREE, Action.REFUSE, Action.AGREE_WITH_CONDITIONS]

    def answer(deviation: Deviation, number: int):
        def act() -> str:
            by, action = User.objects.get(pk=managers[number].pk), actions[number % 3]
            deciding.decide(deviation=deviation, action=action, by=by, reasons="Because.", conditions="If.")
            return "answered"

        return act

    for _round in range(ROUNDS):
        drafted = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
        deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
        ended = at_once([answer(deviation, number) for number in range(AT_ONCE)])
        assert ended == {"answered": 1, "WrongState": AT_ONCE - 1}
        decision = Decision.objects.get(deviation=deviation)
        deviation.refresh_from_db()
        assert (decision.by_id, decision.answer) == (deviation.decided_by_id, deviation.answer)


def test_one_form_sent_twenty_times_at_once_makes_one_draft(cast, case):
    key = new_id()

    def send() -> str:
        recording.begin(case=case, by=User.objects.get(pk=cast.caseworker.pk), fields=WORDS, pk=key)
        return "begun"

    assert at_once([send] * AT_ONCE) == {"begun": 1, "Refused": AT_ONCE - 1}
    assert Deviation.objects.count() == 1


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
        room = space(people=people, means_slider=4, cents_per_deviation=None, cents_per_period=70_000)
        fields = {"routine": routine, "amount_cents": 10_000, **WORDS}
        drafts = [recording.begin(case=case, by=person, fields=fields) for person in people]
        assert at_once([use(drafted) for drafted in drafts]) == {"agreed": 7, "awaiting": AT_ONCE - 7}
        assert SpaceBudget.objects.get(space=room).spent_cents == 70_000
        assert Deviation.objects.filter(space=room).count() == 7
        room.state = "withdrawn"
        room.save()
