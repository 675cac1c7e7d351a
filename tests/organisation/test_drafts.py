"""What somebody types is kept until they send it."""

import pytest
from django import forms

from organisation.drafting import bound_or_drafted
from organisation.models import Draft

pytestmark = pytest.mark.django_db

URL = "/drafts/cases:new/"


class ThingForm(forms.Form):
    """A form with a bit of everything."""

    subject = forms.CharField()
    on = forms.DateField(required=False)
    urgent = forms.BooleanField(required=False)
    sides = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    file = forms.FileField(required=False)


def test_what_is_typed_comes_back_in_the_form(cast, as_user, rf):
    client = as_user(cast.caseworker)
    answer = client.post(URL, {"subject": "Rent", "on": "2026-12-01", "urgent": "on", "sides": ["a", "b"]})
    assert answer.status_code == 200
    assert ":" in answer.content.decode()
    request = rf.get("/cases/new/")
    request.user = cast.caseworker
    form = bound_or_drafted(request, ThingForm, "cases:new", initial={"subject": "Otherwise"})
    assert form.draft is not None
    assert form["subject"].value() == "Rent"
    assert form["urgent"].value() is True
    assert form["sides"].value() == ["a", "b"]
    assert 'value="2026-12-01"' in str(form["on"])


def test_without_a_draft_the_form_opens_as_usual(cast, rf):
    request = rf.get("/cases/new/")
    request.user = cast.caseworker
    form = bound_or_drafted(request, ThingForm, "cases:new", initial={"subject": "Otherwise"})
    assert (form.draft, form["subject"].value()) == (None, "Otherwise")


def test_what_was_sent_wins_from_the_draft(cast, rf):
    Draft.objects.create(user=cast.caseworker, key="cases:new", fields={"subject": ["Old"]})
    request = rf.post("/cases/new/", {"subject": "New"})
    request.user = cast.caseworker
    form = bound_or_drafted(request, ThingForm, "cases:new")
    assert form.is_valid()
    assert form.cleaned_data["subject"] == "New"


def test_a_draft_belongs_to_one_person(cast, as_user):
    as_user(cast.caseworker).post(URL, {"subject": "Rent"})
    assert Draft.of(cast.colleague, "cases:new") is None


def test_saving_again_replaces_what_was_kept(cast, as_user):
    client = as_user(cast.caseworker)
    client.post(URL, {"subject": "Rent", "urgent": "on"})
    client.post(URL, {"subject": "Rent arrears"})
    assert Draft.objects.get().fields == {"subject": ["Rent arrears"]}


def test_passwords_and_tokens_are_never_kept(cast, as_user):
    as_user(cast.caseworker).post(URL, {"subject": "x", "new_password1": "s", "csrfmiddlewaretoken": "t", "_next": "/"})
    assert Draft.objects.get().fields == {"subject": ["x"]}


def test_a_citizen_service_number_is_never_kept_and_the_answer_says_so(cast, as_user):
    answer = as_user(cast.caseworker).post(URL, {"subject": "Rent", "question": "His number is 111222333"})
    assert Draft.objects.get().fields == {"subject": ["Rent"]}
    assert answer["X-Left-Out"] == "question"


@pytest.mark.parametrize("key", ["x", "../etc", "cases:" + "n" * 200, "Cases:new"])
def test_a_key_that_is_not_ours_keeps_nothing(cast, as_user, key):
    assert as_user(cast.caseworker).post(f"/drafts/{key}/", {"subject": "x"}).status_code in (404, 409)
    assert not Draft.objects.exists()


def test_more_text_than_a_form_holds_is_refused(cast, as_user):
    assert as_user(cast.caseworker).post(URL, {"subject": "x" * 100_001}).status_code == 409
    assert not Draft.objects.exists()


def test_starting_again_forgets_the_draft_and_goes_back_to_the_form(cast, as_user):
    client = as_user(cast.caseworker)
    client.post(URL, {"subject": "Rent"})
    answer = client.post(URL, {"_discard": "1", "_next": "/cases/new/"})
    assert (answer.status_code, answer["Location"]) == (303, "/cases/new/")
    assert not Draft.objects.exists()
    assert client.post(URL, {"_discard": "1", "_next": "https://elsewhere.example/"})["Location"] == "/"


def test_only_posting_and_only_signed_in(cast, as_user, client):
    assert as_user(cast.caseworker).get(URL).status_code == 405
    assert client.post(URL, {"subject": "x"}).status_code == 302


def keep(client, text, page, after=""):
    """Save while typing in one of two windows."""
    return client.post(URL, {"subject": text, "_page": page, "_after": after}).status_code


def test_a_second_window_is_told_and_writes_nothing_over(cast, as_user):
    client = as_user(cast.caseworker)
    assert keep(client, "Here", "here") == 200
    assert keep(client, "There", "there") == 409
    assert keep(client, "Here again", "here") == 200
    assert Draft.objects.get().fields == {"subject": ["Here again"]}


def test_who_opens_the_form_later_goes_on_from_there_and_the_first_window_is_told(cast, as_user):
    client = as_user(cast.caseworker)
    keep(client, "Here", "here")
    after = Draft.objects.get().revision
    assert keep(client, "There", "there", after) == 200
    assert keep(client, "Here again", "here") == 409
    assert keep(client, "There again", "there", after) == 200


def test_a_window_that_went_on_is_not_overtaken_by_one_that_read_it_earlier(cast, as_user):
    client = as_user(cast.caseworker)
    keep(client, "Here", "here")
    after = Draft.objects.get().revision
    keep(client, "Here, and more", "here")
    assert keep(client, "There", "there", after) == 409


def test_the_form_says_which_window_it_is_and_what_it_was_shown(cast, as_user):
    client = as_user(cast.caseworker)
    client.post(URL, {"subject": "Rent", "_page": "here"})
    page = client.get("/cases/new/").content.decode()
    assert f'name="_after" value="{Draft.objects.get().revision}"' in page
    assert 'name="_page" value="' in page
    again = client.post("/cases/new/", {"_page": "there", "_after": "then"}).content.decode()
    assert 'name="_page" value="there"' in again
    assert 'name="_after" value="then"' in again


def test_nothing_is_saved_in_the_name_of_who_signed_in_meanwhile(cast, as_user):
    client = as_user(cast.colleague)
    answer = client.post(URL, {"subject": "Rent"}, headers={"X-Person": str(cast.caseworker.pk)})
    assert answer.status_code == 409
    assert not Draft.objects.exists()
    assert client.post(URL, {"subject": "Rent"}, headers={"X-Person": str(cast.colleague.pk)}).status_code == 200
