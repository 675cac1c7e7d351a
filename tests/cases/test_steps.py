"""The small pages round a case: edit, share, hold, close, hand over; and the filters of the lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseUserPermission
from organisation.models import Membership, User
from tests.factories import CaseFactory

from .test_pages import typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker, subject="Arrears of rent from long ago")


def test_two_editors_the_second_sees_both_texts_and_saves_knowingly(cast, case, as_user):
    mine, theirs, page = as_user(cast.caseworker), as_user(cast.colleague), url("edit", case)
    told = typed(cast, subject="Mine", version=mine.get(page).context["form"]["version"].value())
    assert theirs.post(page, told | {"subject": "Theirs"}).status_code == 303
    second = mine.post(page, told)
    body = second.content.decode()
    assert second.status_code == 409
    assert "Theirs" in body
    assert "Mine" in body
    assert Case.objects.get().subject == "Theirs"
    taken = mine.post(page, told | {"version": second.context["form"]["version"].value(), "_take": "subject"})
    assert (taken.status_code, taken.context["form"]["subject"].value()) == (409, "Theirs")
    assert mine.post(page, told | {"version": second.context["form"]["version"].value()}).status_code == 303
    assert Case.objects.get().subject == "Mine"


def test_bad_input_and_a_refusal_while_editing(cast, case, as_user):
    client, page = as_user(cast.caseworker), url("edit", case)
    assert client.post(page, typed(cast, subject="", version=1)).status_code == 422
    Case.objects.filter(pk=case.pk).update(state="closed", result="not", closed_at=timezone.now())
    assert client.post(page, typed(cast, version=1)).status_code == 409
    assert "<form" not in client.get(page).content.decode().partition("<main")[2].partition("</main")[0]


def test_who_shuts_the_team_out_keeps_the_case_and_the_team_loses_it(cast, case, as_user):
    handler, colleague = as_user(cast.caseworker), as_user(cast.colleague)
    assert "confidentiality" not in colleague.get(url("edit", case)).context["form"].fields
    told = typed(cast, confidentiality="named", version=1)
    assert handler.post(url("edit", case), told).url == case.get_absolute_url()
    assert colleague.get(case.get_absolute_url()).status_code == 404


def shared(person, **more):
    last = timezone.localdate() + timedelta(days=3)
    return {"to": f"user:{person.pk}", "work": "read", "reason": "Helps", "last_day": last.isoformat()} | more


def test_sharing_works_up_to_and_including_the_last_day(cast, case, as_user):
    client = as_user(cast.caseworker)
    assert client.post(url("share", case), shared(cast.stranger)).status_code == 303
    share = CaseUserPermission.shares.get()
    assert share.last_day == timezone.localdate() + timedelta(days=3)
    assert as_user(cast.stranger).get(case.get_absolute_url()).status_code == 200
    assert client.post(url("end-share", case, share=share.pk)).status_code == 303
    assert as_user(cast.stranger).get(case.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01", ""])
def test_a_last_day_is_needed_between_today_and_a_year(cast, case, as_user, day):
    answer = as_user(cast.caseworker).post(url("share", case), shared(cast.stranger, last_day=day))
    assert answer.status_code == 422
    assert not CaseUserPermission.shares.exists()


def test_a_share_of_another_case_is_not_ended_here(cast, case, as_user):
    other = CaseFactory(team=cast.income, handler=cast.caseworker)
    as_user(cast.caseworker).post(url("share", other), shared(cast.stranger))
    share = CaseUserPermission.shares.get()
    assert as_user(cast.caseworker).post(url("end-share", case, share=share.pk)).status_code == 404
    assert as_user(cast.caseworker).post(url("end-team-share", case, share=share.pk)).status_code == 404


def test_a_refused_share_stands_in_place(cast, case, as_user):
    Case.objects.filter(pk=case.pk).update(state="closed", result="not", closed_at=timezone.now())
    answer = as_user(cast.caseworker).post(url("share", case), shared(cast.stranger))
    assert answer.status_code == 409


def test_sharing_with_a_team_from_the_form(cast, case, as_user):
    answer = as_user(cast.caseworker).post(url("share", case), shared(cast.stranger, to=f"team:{cast.youth.pk}"))
    assert answer.status_code == 303
    assert as_user(cast.othermanager).get(case.get_absolute_url()).status_code == 200


def test_the_steps_of_a_case_through_its_pages(cast, case, as_user):
    client = as_user(cast.colleague)
    for name, data, state in (
        ("hold", {"reason": "Waits"}, "on_hold"),
        ("resume", {}, "open"),
        ("close", {"result": "partly", "remark": "Half"}, "closed"),
        ("reopen", {"reason": "Back"}, "open"),
    ):
        assert client.post(url(name, case), data).status_code == 303, name
        assert Case.objects.get().state == state
    assert client.post(url("close", case), {}).status_code == 422
    assert client.post(url("reopen", case), {"reason": "x"}).status_code == 409


def test_closing_warns_of_agreements_that_are_open(cast, case, as_user):
    client = as_user(cast.caseworker)
    client.post(url("agree", case), {"what": "Send the letter", "party": "partner", "due_on": "2030-01-01"})
    assert "Send the letter" in client.get(url("close", case)).content.decode()
    assert client.post(url("close", case), {"result": "reached"}).status_code == 303


def test_handing_over_to_another_team_ends_on_the_list(cast, case, as_user):
    seat = Membership.objects.get(user=cast.stranger)
    answer = as_user(cast.caseworker).post(url("hand-over", case), {"to": seat.pk, "reason": "Moved"})
    assert answer.url == reverse("cases:list")
    assert as_user(cast.stranger).get(case.get_absolute_url()).status_code == 200


def test_the_manager_finds_what_was_left_behind_by_number_only(cast, case, as_user):
    client = as_user(cast.manager)
    assert case.number not in client.get(reverse("cases:left-behind")).content.decode()
    User.objects.filter(pk=cast.caseworker.pk).update(is_active=False, left_at=timezone.now())
    pages = [client.get(reverse("cases:left-behind")), client.get(url("hand-over", case))]
    for page in pages:
        assert case.number in page.content.decode()
        assert case.question not in page.content.decode()
        assert case.subject not in page.content.decode()
    assert reverse("cases:left-behind") in client.get(reverse("cases:list")).content.decode()
    seat = Membership.objects.get(user=cast.colleague)
    answer = client.post(url("hand-over", case), {"to": seat.pk, "reason": "Left"})
    assert answer.url == reverse("cases:left-behind")
    assert client.get(case.get_absolute_url()).status_code == 404
