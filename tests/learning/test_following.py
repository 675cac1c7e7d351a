"""The line of a deviation says how far each question is."""

import pytest
from django.utils import timezone

from learning.models import Link
from learning.services import following
from tests.factories import CaseFactory, DeviationFactory
from tests.learning.builders import question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("improvement", "fields", "states"),
    [
        ("", {}, ["checked", "current", "todo", "todo"]),
        ("fix_system", {"state": "decided"}, ["checked", "checked", "checked", "current"]),
        ("fix_system", {"state": "effect_checked", "effect": "Half as often."}, ["checked"] * 4),
        ("keep", {"state": "closed", "closed_at": timezone.now()}, ["checked"] * 4),
    ],
)
def test_each_step_is_done_now_or_to_come(cast, improvement, fields, states):
    decided = {"reasons": "It helps.", "decided_by": cast.policy, "decided_at": timezone.now()} if improvement else {}
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    deviation = DeviationFactory(case=case, state="awaiting", period=202611)
    asked = question(cast, improvement=improvement, **decided, **fields)
    Link.objects.create(question=asked, deviation=deviation)
    (line,) = following.of_deviation(deviation, reader=cast.caseworker)
    assert [step.standing for step in line.steps] == states
