"""A text is looked at while somebody types it, and nothing of it stays behind."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import Draft, Event

pytestmark = pytest.mark.django_db

CHECK, TAKE_OUT = reverse("organisation:check-text"), reverse("organisation:take-out-text")
BSN = "Het nummer is 111222333."


def test_a_text_without_findings_gives_nothing_to_show(cast, as_user):
    answer = as_user(cast.caseworker).post(CHECK, {"field": "why_here", "text": "De huur is te hoog."})
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_doubt_is_shown_as_the_form_shows_it_with_a_button_and_a_tick(cast, as_user):
    page = as_user(cast.caseworker).post(CHECK, {"field": "why_here", "text": "Bel 06-12345678"}).content.decode()
    assert "Vervang ‘06-12345678’ door ‘[telefoonnummer]’" in page
    assert 'name="why_here-stays"' in page
    assert 'id="id_why_here_error"' in page


def test_a_number_that_blocks_has_no_tick(cast, as_user):
    page = as_user(cast.caseworker).post(CHECK, {"field": "why_here", "text": BSN, "stays": ["x"]}).content.decode()
    assert "data-blocks" in page
    assert "checkbox" not in page


def test_a_tick_that_was_set_stays_set(cast, as_user):
    client, fields = as_user(cast.caseworker), {"field": "why_here", "text": "Bel 06-12345678"}
    first = client.post(CHECK, fields)
    token = first.context["doubt"].token
    again = client.post(CHECK, fields | {"stays": [token]}).content.decode()
    assert "checked" in again
    assert "_replace" not in again


def test_the_button_gives_the_text_without_it(cast, as_user):
    client = as_user(cast.caseworker)
    doubt = client.post(CHECK, {"field": "a", "text": "Bel 06-12345678 of mw. Smit"}).context["doubt"]
    fields = {"text": "Bel 06-12345678 of mw. Smit", "_replace": doubt.offers[0].value}
    assert client.post(TAKE_OUT, fields).content.decode() == "Bel [telefoonnummer] of mw. Smit"
    everything = client.post(TAKE_OUT, fields | {"_replace": doubt.everything})
    assert everything.content.decode() == "Bel [telefoonnummer] of mw. [naam]"
    assert everything["Content-Type"].startswith("text/plain")


def test_line_breaks_and_spaces_stay_as_they_were(cast, as_user):
    fields = {"text": "  Eerst\n\n06-12345678  \n", "_replace": "a:all"}
    assert as_user(cast.caseworker).post(TAKE_OUT, fields).content.decode() == "  Eerst\n\n[telefoonnummer]  \n"


@pytest.mark.parametrize("url", [CHECK, TAKE_OUT])
def test_nothing_is_kept_or_logged(cast, as_user, url, caplog):
    client = as_user(cast.caseworker)
    before = Event.objects.count()
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        client.post(url, {"field": "a", "text": BSN, "_replace": "a:all"})
    assert "111222333" not in caplog.text + "".join(query["sql"] for query in queries)
    assert (Event.objects.count(), Draft.objects.count()) == (before, 0)


@pytest.mark.parametrize("url", [CHECK, TAKE_OUT])
def test_only_who_is_signed_in_by_posting_with_the_token(cast, as_user, client, url):
    assert client.post(url, {"text": BSN})["Location"].startswith("/login/")
    assert as_user(cast.caseworker).get(url).status_code == 405
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast.caseworker, backend="django.contrib.auth.backends.ModelBackend")
    assert forger.post(url, {"text": BSN}).status_code == 403


def test_what_the_field_is_called_is_shown_as_text(cast, as_user):
    page = as_user(cast.caseworker).post(CHECK, {"field": '"><script>x', "text": BSN}).content.decode()
    assert "<script>" not in page
