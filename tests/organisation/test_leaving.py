"""Leaving ends all access at once, and nothing of it comes back by returning."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session

from cases.models import Case, CaseUserPermission
from deviations.models import SpaceUserPermission
from organisation.kernel.access import Refused
from organisation.models import Draft, Event, User
from organisation.services import leaving
from tests.factories import CaseFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague_with_everything(cast):
    """Somebody with a team, a role, a shared case, a space and a draft."""
    person = cast.colleague
    person.groups.add(cast.controller.groups.get())
    case = CaseFactory(team=cast.youth, handler=cast.stranger)
    CaseUserPermission.objects.create(
        permission=Permission.objects.get(codename="view_case", content_type__app_label="cases"),
        user=person,
        content_object=case,
        reason="Looks along.",
        given_by=cast.stranger,
    )
    SpaceUserPermission.objects.create(
        permission=Permission.objects.get(codename="use_space", content_type__app_label="deviations"),
        user=person,
        content_object=SpaceFactory(team=cast.income, granted_by=cast.manager),
    )
    Draft.objects.create(user=person, key="cases:new", fields={"subject": ["Rent"]})
    return person


def test_everything_ends_in_one_act(cast, colleague_with_everything):
    person = leaving.deactivate(by=cast.admin, person=colleague_with_everything, remark="Other work")
    assert (person.is_active, person.left_at is not None, person.has_usable_password()) == (False, True, False)
    assert not person.groups.exists()
    assert not person.memberships.filter(until=None).exists()
    assert not CaseUserPermission.objects.exists()
    assert not SpaceUserPermission.objects.exists()
    assert not Draft.objects.exists()
    line = Event.objects.about(person).get()
    assert (line.verb, line.before, line.remark) == ("person.left", "4", "Other work")


def test_the_very_next_request_is_refused(cast, as_user):
    client = as_user(cast.colleague)
    assert client.get("/notices/").status_code == 200
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    assert client.get("/notices/").status_code == 302


def test_the_next_request_is_refused_also_when_only_the_row_says_so(cast, as_user):
    client = as_user(cast.colleague)
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False, left_at="2026-01-01T00:00Z")
    assert client.get("/notices/").status_code == 302


def test_sessions_are_deleted_and_those_of_others_stay(cast, as_user):
    as_user(cast.colleague), as_user(cast.colleague), as_user(cast.manager)
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    assert Session.objects.count() == 1


def test_what_is_no_session_of_a_person_is_left_alone(cast, client):
    client.session.save()
    assert leaving.end_sessions(cast.colleague) == 0


def test_returning_brings_nothing_back(cast, as_user, colleague_with_everything):
    client = as_user(cast.colleague)
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    person = leaving.reactivate(by=cast.admin, person=cast.colleague)
    person = User.objects.get(pk=person.pk)
    assert (person.is_active, person.left_at, person.roles) == (True, None, frozenset())
    assert not person.has_usable_password()
    assert not Case.objects.visible_to(person).exists()
    assert client.get("/notices/").status_code == 302


def test_an_old_session_that_was_copied_does_not_come_back(cast, as_user):
    client = as_user(cast.colleague)
    session = Session.objects.get()
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    leaving.reactivate(by=cast.admin, person=cast.colleague)
    session.save(force_insert=True)
    assert client.get("/notices/").status_code == 302


def test_an_administrator_cannot_leave_by_their_own_hand(cast):
    with pytest.raises(Refused):
        leaving.deactivate(by=cast.admin, person=cast.admin)


def test_leaving_twice_and_returning_while_here_are_refused(cast):
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    with pytest.raises(Refused):
        leaving.deactivate(by=cast.admin, person=cast.colleague)
    with pytest.raises(Refused):
        leaving.reactivate(by=cast.admin, person=cast.stranger)


@pytest.mark.parametrize("who", ["caseworker", "manager", "policy", "privacy"])
def test_others_are_refused(cast, who):
    with pytest.raises(Refused):
        leaving.deactivate(by=getattr(cast, who), person=cast.colleague)
    assert User.objects.get(pk=cast.colleague.pk).is_active
