"""A whole team that answers at the same moment: each once, and the question ends once."""

import pytest

from deviations.models import Consultation
from deviations.services import consulting, recording
from organisation.models import User
from tests.factories import MembershipFactory, UserFactory

from .conftest import WORDS
from .test_concurrency import AT_ONCE, ROUNDS, at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]


def test_a_team_that_answers_at_once_answers_each_once_and_ends_once(cast, case, routine):
    people = [UserFactory() for _ in range(AT_ONCE)]
    for person in people:
        MembershipFactory(user=person, team=cast.income)

    def advise(question: Consultation, number: int):
        def act() -> str:
            by = User.objects.get(pk=people[number % (AT_ONCE // 2)].pk)
            consulting.answer(consultation=question, by=by, view="agrees")
            return "advised"

        return act

    for _round in range(ROUNDS):
        drafted = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
        question = consulting.ask(deviation=drafted, by=cast.caseworker, kind="team", question="Would you?")
        ended = at_once([advise(question, number) for number in range(AT_ONCE)])
        assert ended["advised"] == 3
        assert sum(ended.values()) == AT_ONCE
        question.refresh_from_db()
        assert question.state == "answered"
        assert question.opinions.values("by").distinct().count() == question.opinions.count() == 3
