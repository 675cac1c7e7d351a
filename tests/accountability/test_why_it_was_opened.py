"""Beside each opening of case data stands why: what somebody was to the case at that moment."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import CaseGroupPermission, CaseUserPermission
from organisation.models import AccessEvent, AccessWay
from tests.factories import CaseFactory, DeputisingFactory, DeviationFactory, MembershipFactory
from tests.house.world import period_of_today

pytestmark = pytest.mark.django_db
SENT = {"state": "awaiting", "submitted_at": timezone.now(), "due_at": timezone.now(), "period": period_of_today()}


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker, before_manager=True)


def share(case, by, *, user=None, team=None, reason="She knows the family doctor's rules."):
    view = Permission.objects.get(codename="view_case")
    common = {"content_object": case, "permission": view, "given_by": by, "reason": reason}
    if user:
        return CaseUserPermission.objects.create(user=user, **common)
    return CaseGroupPermission.objects.create(group=team.group, **common)


def why(client, url, status=200):
    assert client.get(url).status_code == status
    line = AccessEvent.objects.latest("at", "id")
    return line.basis, line.basis_note


def test_a_case_tells_handler_team_manager_and_share(cast, case, as_user):
    url = case.get_absolute_url()
    assert why(as_user(cast.caseworker), url) == ("handler", "")
    assert why(as_user(cast.colleague), url) == ("team", "")
    assert why(as_user(cast.manager), url) == ("manager", "")
    share(case, cast.caseworker, user=cast.stranger)
    assert why(as_user(cast.stranger), url) == ("shared", "Caseworker: She knows the family doctor's rules.")
    share(case, cast.colleague, team=cast.youth, reason="They know the school.")
    assert why(as_user(cast.othermanager), url) == ("shared_team", "Colleague: They know the school.")


def test_who_answers_for_a_manager_is_told_as_such(cast, case, as_user):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    assert why(as_user(cast.othermanager), case.get_absolute_url()) == ("deputy", "")


def test_a_deviation_tells_author_manager_and_the_way_to_its_case(cast, case, as_user):
    deviation = DeviationFactory(case=case, team=cast.income, author=cast.colleague, **SENT)
    url = deviation.get_absolute_url()
    assert why(as_user(cast.colleague), url)[0] == "author"
    assert why(as_user(cast.manager), url)[0] == "manager"
    assert why(as_user(cast.caseworker), url)[0] == "handler"
    share(case, cast.caseworker, user=cast.stranger, reason="Second opinion.")
    assert why(as_user(cast.stranger), url) == ("shared", "Caseworker: Second opinion.")


def test_a_search_tells_it_for_every_hit_with_as_many_questions_however_many_hits(cast, as_user):
    client = as_user(cast.stranger)

    def questions(count):
        for _case in range(count):
            one = CaseFactory(team=cast.income, handler=cast.caseworker, subject="Boiler")
            share(one, cast.caseworker, user=cast.stranger)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("cases:list"), {"q": "Boiler"})
        return len(captured)

    questions(1)
    assert questions(2) == questions(17)
    assert {line.basis for line in AccessEvent.objects.filter(way=AccessWay.SEARCH)} == {"shared"}


def test_writing_it_costs_no_question_for_who_works_on_the_case(cast, case):
    case.refresh_from_db()
    cast.colleague.standing  # noqa: B018 (read once for every request)
    with CaptureQueriesContext(connection) as captured:
        AccessEvent.record(actor=cast.colleague, targets=[case] * 25, way=AccessWay.SEARCH)
    assert len(captured) == 1


def test_a_share_that_ended_is_no_reason_any_more(cast, case):
    given = share(case, cast.caseworker, user=cast.stranger)
    assert case.bases_of(cast.stranger, [case])[case.pk].code == "shared"
    given.until = timezone.localdate() - timedelta(days=1)
    given.save()
    assert case.bases_of(cast.stranger, [case]) == {}


def test_a_case_for_named_colleagues_is_not_opened_by_the_team(cast, case):
    case.confidentiality = "named"
    assert case.bases_of(cast.colleague, [case]) == {}
    MembershipFactory(user=cast.colleague, team=cast.youth)
    assert case.bases_of(cast.caseworker, [case])[case.pk].code == "handler"
