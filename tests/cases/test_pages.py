"""The pages of a case: reached by those who may, with a reason for what they may not, and nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.services import journalling
from organisation.models import AccessEvent, Draft
from tests.factories import CaseFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def url(name: str, case: Case, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"pk": case.pk, **more})


def typed(cast, **more):
    """What somebody fills in to open a case."""
    domain = PolicyDomainFactory()
    return {
        "subject": "Statements",
        "question": "Must I print them?",
        "team": cast.income.pk,
        "policy_domain": domain.pk,
        "contact_count": 1,
        "confidentiality": "team",
    } | more


def entry(**more):
    return {"text": "Called.", "kind": "contact", "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M")} | more


def test_opening_a_case_takes_one_form_and_ends_on_its_page(cast, as_user):
    client, routine = as_user(cast.caseworker), RoutineFactory()
    Draft.objects.create(user=cast.caseworker, key="cases:new", fields={"subject": ["Half"]})
    assert "Half" in client.get(reverse("cases:new")).content.decode()
    answer = client.post(reverse("cases:new"), typed(cast, routines=[routine.pk]))
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (303, case.get_absolute_url())
    assert case.routine_uses.count() == 1
    assert not Draft.objects.exists()


def test_sending_the_form_twice_makes_one_case(cast, as_user):
    client = as_user(cast.caseworker)
    key = client.get(reverse("cases:new")).context["form"]["key"].value()
    told = typed(cast, key=key)
    first, second = client.post(reverse("cases:new"), told), client.post(reverse("cases:new"), told)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_bad_input_keeps_what_was_typed(cast, as_user):
    answer = as_user(cast.caseworker).post(reverse("cases:new"), typed(cast, subject="", needed="A way out"))
    assert answer.status_code == 422
    assert "A way out" in answer.content.decode()


def test_the_server_sets_handler_state_and_practice_whatever_is_sent(cast, as_user):
    extra = {
        "handler": cast.stranger.pk,
        "state": "closed",
        "practice": "tailored",
        "before_manager": "1",
        "number": "Z-1",
    }
    as_user(cast.caseworker).post(reverse("cases:new"), typed(cast, **extra))
    case = Case.objects.get()
    assert (case.handler, case.state, case.practice, case.before_manager) == (cast.caseworker, "open", "routine", False)
    assert case.number != "Z-1"


def test_nobody_opens_a_case_for_a_team_they_are_not_in(cast, as_user):
    answer = as_user(cast.stranger).post(reverse("cases:new"), typed(cast))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_reading_a_case_is_logged(cast, case, as_user):
    as_user(cast.colleague).get(case.get_absolute_url())
    line = AccessEvent.objects.get()
    assert (line.actor_id, line.target_id, line.way) == (cast.colleague.pk, case.pk, "page")


def test_a_case_that_is_not_yours_does_not_exist_and_is_not_logged(cast, case, as_user):
    assert as_user(cast.stranger).get(case.get_absolute_url()).status_code == 404
    assert not AccessEvent.objects.exists()


def test_a_journal_entry_is_written_with_and_without_htmx(cast, case, as_user):
    client = as_user(cast.caseworker)
    Draft.objects.create(user=cast.caseworker, key=f"cases:journal:{case.pk}", fields={"text": ["Half a word"]})
    assert "Half a word" in client.get(case.get_absolute_url()).content.decode()
    plain = client.post(url("write", case), entry())
    assert (plain.status_code, plain.url) == (303, f"{case.get_absolute_url()}#journal")
    part = client.post(url("write", case), entry(text="Met."), headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "Met." in part.content.decode()
    assert not Draft.objects.exists()


def test_what_will_happen_is_no_journal_entry(cast, case, as_user):
    answer = as_user(cast.caseworker).post(url("write", case), entry(occurred_at="2099-01-01T10:00", text="Will call"))
    assert answer.status_code == 422
    assert "Will call" in answer.content.decode()


def test_a_refusal_stands_in_place_with_what_was_typed(cast, case, as_user):
    client = as_user(cast.caseworker)
    Case.objects.filter(pk=case.pk).update(state="closed", result="not", closed_at=timezone.now())
    answer = client.post(url("write", case), entry(text="One more thing"))
    assert answer.status_code == 409
    assert "One more thing" in answer.content.decode()
    for name, data in (("agree", {"what": "x", "party": "partner", "due_on": "2030-01-01"}), ("resume", {})):
        assert client.post(url(name, case), data).status_code == 409
    routine = RoutineFactory()
    assert client.post(url("apply", case), {"routine": routine.pk}).status_code == 409


def test_an_agreement_is_done_in_one_click_and_undone_in_one(cast, case, as_user):
    client = as_user(cast.colleague)
    Draft.objects.create(user=cast.colleague, key=f"cases:agreement:{case.pk}", fields={"what": ["Half a word"]})
    assert "Half a word" in client.get(case.get_absolute_url()).content.decode()
    client.post(url("agree", case), {"what": "Call", "party": "partner", "due_on": "2020-01-01"})
    assert not Draft.objects.exists()
    agreement = case.agreements.get()
    assert "Te laat" in client.get(case.get_absolute_url()).content.decode()
    client.post(url("done", case, agreement=agreement.pk))
    agreement.refresh_from_db()
    assert agreement.done_on
    part = client.post(url("undo", case, agreement=agreement.pk), headers=HTMX).content.decode()
    assert 'id="agreements"' in part
    assert client.post(url("agree", case), {"what": ""}).status_code == 422
    assert client.post(url("apply", case), {"routine": ""}).status_code == 422


def test_an_agreement_or_entry_of_another_case_does_not_exist_here(cast, case, as_user):
    client = as_user(cast.caseworker)
    other = CaseFactory(team=cast.youth, handler=cast.stranger)
    theirs = journalling.write_entry(case=other, by=cast.stranger, text="Secret")
    assert client.get(url("change-entry", case, entry=theirs.pk)).status_code == 404
    assert client.post(url("addendum", case, entry=theirs.pk), {"text": "x"}).status_code == 404
    assert client.post(url("done", case, agreement=theirs.pk)).status_code == 404


def test_an_entry_is_changed_on_its_own_page_and_a_second_window_is_told(cast, case, as_user):
    client = as_user(cast.caseworker)
    written = journalling.write_entry(case=case, by=cast.caseworker, text="Called.")
    page = url("change-entry", case, entry=written.pk)
    seen = client.get(page).context["form"]["seen"].value()
    assert client.post(page, entry(text="", seen=seen)).status_code == 422
    assert client.post(page, entry(text="First", seen=seen)).status_code == 303
    second = client.post(page, entry(text="Second", seen=seen))
    assert second.status_code == 409
    (difference,) = second.context["form"].conflict.differences
    assert (difference.before, difference.after) == ("First", "Second")
    assert client.post(page, entry(text="Second", seen=seen, _take="text")).context["form"]["text"].value() == "First"
    again = second.context["form"]["seen"].value()
    assert client.post(page, entry(text="Both", seen=again)).status_code == 303


def test_a_correction_is_added_on_its_own_page(cast, case, as_user):
    written = journalling.write_entry(case=case, by=cast.caseworker, text="Called.")
    client, page = as_user(cast.colleague), url("addendum", case, entry=written.pk)
    assert "Called." in client.get(page).content.decode()
    assert client.post(page, {"text": ""}).status_code == 422
    assert client.post(page, {"text": "By mail."}).status_code == 303
    below = written.addenda.get()
    assert client.post(url("addendum", case, entry=below.pk), {"text": "x"}).status_code == 409
    assert "By mail." in client.get(case.get_absolute_url()).content.decode()


def test_a_long_journal_shows_its_first_page_and_the_whole_on_request(cast, case, as_user):
    for number in range(27):
        journalling.write_entry(case=case, by=cast.caseworker, text=f"Entry {number}.")
    client = as_user(cast.caseworker)
    assert "Entry 1." not in client.get(case.get_absolute_url()).content.decode().partition("verloop")[0]
    assert "Entry 0." in client.get(case.get_absolute_url() + "?journal=all").content.decode()
