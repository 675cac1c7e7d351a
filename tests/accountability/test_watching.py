"""The first screens of privacy officer and internal control: numbers of what happened, and no case."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accountability.permissions import watching as permissions
from accountability.services.watching import access_of_week, standing_of_year
from accountability.workflow.watching import Action
from organisation.models import AccessEvent, AccessWay
from tests.factories import CaseFactory, DeviationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker, subject="A very own question")


def opened(person, case, way=AccessWay.PAGE, days_ago=0.0):
    with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=False):
        AccessEvent.record(actor=person, targets=[case], way=way)


def test_the_week_counts_ways_and_people_and_nothing_older(cast, case):
    for person in (cast.caseworker, cast.caseworker, cast.colleague):
        opened(person, case)
    opened(cast.manager, case, AccessWay.SEARCH, days_ago=6.9)
    opened(cast.othermanager, case, days_ago=7.1)
    week = access_of_week()
    assert [times for _label, times in week.ways] == [3, 1, 0]
    assert week.people == 3


def test_what_was_taken_along_is_told_by_whom_when_and_how_much(cast, case):
    AccessEvent.record(actor=cast.manager, targets=[case, case], way=AccessWay.EXPORT)
    (export,) = access_of_week().exports
    assert (export["actor_name"], export["things"]) == ("Manager", 2)


def test_few_deviations_are_hidden_and_many_counted(cast, case):
    for status, times in (("needs_attention", 12), ("beyond_law", 3), ("within_rule", 2)):
        DeviationFactory.create_batch(times, case=case, lawfulness=status)
    DeviationFactory(case=case, lawfulness="needs_attention", created_at=timezone.now() - timedelta(days=400))
    assert [(status.value, cell.value) for status, cell in standing_of_year()] == [
        ("needs_attention", 12),
        ("beyond_law", None),
    ]


def test_the_pages_name_nothing_about_a_case(cast, case, as_user):
    opened(cast.caseworker, case, AccessWay.EXPORT)
    for person, name in ((cast.privacy, "access"), (cast.controller, "standing")):
        page = as_user(person).get(reverse(f"accountability:{name}")).content.decode()
        assert case.number not in page
        assert case.subject not in page


ROLES = ("caseworker", "manager", "policy", "reporter", "privacy", "controller", "admin")


@pytest.mark.parametrize(("action", "who"), [(Action.READ_ACCESS, "privacy"), (Action.READ_STANDING, "controller")])
def test_each_is_for_one_role(cast, action, who):
    assert [name for name in ROLES if permissions.answer(getattr(cast, name), action)] == [who]


def test_the_first_screen_shows_it(cast, as_user):
    for person, name in ((cast.privacy, "access"), (cast.controller, "standing")):
        assert reverse(f"accountability:{name}") in as_user(person).get("/").content.decode()
