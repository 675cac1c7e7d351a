"""Who sees a case, and that what ended is gone at the very next request."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from cases.models import Case
from cases.services import sharing
from organisation.models import Membership, User
from tests.factories import CaseFactory, MembershipFactory

pytestmark = pytest.mark.django_db
ALL = (
    "caseworker", "colleague", "stranger", "manager", "othermanager", "policy", "reporter", "privacy", "controller",
    "admin",
)  # fmt: skip


def sees(person: User, case: Case) -> bool:
    """Asked afresh, as in a new request."""
    return Case.objects.visible_to(User.objects.get(pk=person.pk)).filter(pk=case.pk).exists()


def works_on(person: User, case: Case) -> bool:
    return Case.objects.workable_by(User.objects.get(pk=person.pk)).filter(pk=case.pk).exists()


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def share(case, cast, to, *, work=False, days=5):
    until = timezone.localdate() + timedelta(days=days)
    return sharing.share_case(case=case, by=cast.caseworker, to=to, work=work, reason="Helps", until=until)


@pytest.mark.parametrize(
    ("facts", "who"),
    [
        ({}, {"caseworker", "colleague"}),
        ({"before_manager": True}, {"caseworker", "colleague", "manager"}),
        ({"confidentiality": "named"}, {"caseworker"}),
        ({"confidentiality": "named", "before_manager": True}, {"caseworker", "manager"}),
    ],
)
def test_the_handler_the_team_and_the_asked_manager_see_it_and_nobody_else(cast, facts, who):
    case = CaseFactory(team=cast.income, handler=cast.caseworker, **facts)
    assert {name for name in ALL if sees(getattr(cast, name), case)} == who


def test_a_global_permission_opens_nothing(cast, case):
    for permission in Permission.objects.filter(content_type__app_label="cases"):
        cast.stranger.user_permissions.add(permission)
    cast.stranger.is_superuser = True
    cast.stranger.save()
    assert not sees(cast.stranger, case)


@pytest.mark.parametrize("work", [True, False])
def test_sharing_with_a_colleague_opens_one_case_for_them_alone(cast, case, work):
    other = CaseFactory(team=cast.income, handler=cast.caseworker)
    share(case, cast, cast.stranger, work=work)
    assert sees(cast.stranger, case)
    assert works_on(cast.stranger, case) is work
    assert not sees(cast.stranger, other)
    assert not sees(cast.othermanager, case)


@pytest.mark.parametrize("work", [True, False])
def test_sharing_with_a_team_opens_it_for_those_who_are_in_it_now(cast, case, work):
    share(case, cast, cast.youth, work=work)
    assert sees(cast.stranger, case)
    assert works_on(cast.stranger, case) is work
    Membership.objects.filter(user=cast.stranger).update(until=timezone.localdate())
    assert not sees(cast.stranger, case)


def test_a_share_holds_on_its_last_day_and_not_the_day_after(cast, case):
    given = share(case, cast, cast.stranger, days=3)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert sees(cast.stranger, case)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert timezone.localdate() == given.until
        assert not sees(cast.stranger, case)


def test_a_share_that_was_ended_is_gone(cast, case):
    given = share(case, cast, cast.stranger)
    sharing.end_share(share=given, by=cast.caseworker)
    assert not sees(cast.stranger, case)


def test_somebody_who_left_sees_nothing_by_any_way(cast, case):
    share(case, cast, cast.stranger)
    share(case, cast, cast.youth)
    for person in (cast.caseworker, cast.colleague, cast.stranger):
        User.objects.filter(pk=person.pk).update(is_active=False, left_at=timezone.now())
        assert not sees(person, case)
        assert not works_on(person, case)


def test_somebody_without_a_team_sees_nothing_not_even_what_they_handled_or_was_shared(cast, case):
    share(case, cast, cast.stranger)
    Membership.objects.filter(user__in=[cast.stranger, cast.caseworker]).update(until=timezone.localdate())
    assert not sees(cast.stranger, case)
    assert not sees(cast.caseworker, case)
    assert not works_on(cast.caseworker, case)


def test_a_manager_with_a_share_reads_and_does_not_work(cast, case):
    share(case, cast, cast.othermanager, work=True)
    assert sees(cast.othermanager, case)
    assert not works_on(cast.othermanager, case)


def test_a_new_membership_opens_the_cases_of_that_team(cast, case):
    MembershipFactory(user=cast.stranger, team=cast.income)
    assert sees(cast.stranger, case)
    assert works_on(cast.stranger, case)


@pytest.mark.parametrize("few", [0, 500])
def test_the_list_shows_exactly_what_may_be_seen_whichever_way_it_is_asked(cast, few, monkeypatch):
    monkeypatch.setattr("cases.models.casefile.FEW", few)
    for team, handler in ((cast.income, cast.caseworker), (cast.youth, cast.stranger)):
        CaseFactory(team=team, handler=handler)
        CaseFactory(team=team, handler=handler, confidentiality="named", before_manager=True)
        made = CaseFactory(team=team, handler=handler, confidentiality="named")
    until = timezone.localdate() + timedelta(days=5)
    for to in (cast.colleague, cast.income):
        sharing.share_case(case=made, by=cast.stranger, to=to, work=False, reason="x", until=until)
    counts = {}
    for name in ALL:
        person = getattr(cast, name)
        listed = list(Case.objects.listed_for(person).order_by("pk"))
        assert listed == list(Case.objects.visible_to(person).order_by("pk")), name
        counts[name] = len(listed)
    assert counts["caseworker"] == 4
    assert counts["manager"] == 2
    assert counts["policy"] == 0


def test_left_behind_are_open_cases_of_my_teams_whose_handler_has_left(cast, case):
    CaseFactory(team=cast.income, handler=cast.colleague)
    assert not Case.objects.left_behind(cast.manager).exists()
    User.objects.filter(pk=cast.caseworker.pk).update(is_active=False, left_at=timezone.now())
    assert list(Case.objects.left_behind(cast.manager)) == [case]
    assert not Case.objects.left_behind(cast.othermanager).exists()
    assert not Case.objects.left_behind(cast.colleague).exists()
