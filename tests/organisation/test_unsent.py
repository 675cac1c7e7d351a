"""A form that was sent after signing out, without script, comes back with its text and can be sent again."""

import re

import pytest
from django.test import Client

from cases.models import Case
from organisation.models import Event
from tests.factories import PolicyDomainFactory

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}
TEXT = "De huur is drie maanden niet betaald."
SENT = {"subject": "Huur", "question": TEXT, "contact_count": "1", "confidentiality": "team"}


def token_of(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def test_the_text_comes_back_and_goes_on_after_signing_in_elsewhere(cast):
    browser = Client(enforce_csrf_checks=True, headers=HERE)
    data = SENT | {"policy_domain": PolicyDomainFactory().pk, "team": cast.income.pk}
    data["csrfmiddlewaretoken"] = token_of(browser.get("/login/").content.decode())

    answer = browser.post("/cases/new/", data)
    page = answer.content.decode()
    assert (answer.status_code, TEXT in page, "no-store" in answer["Cache-Control"]) == (401, True, True)

    data["csrfmiddlewaretoken"] = token_of(page)
    browser.force_login(cast.caseworker, backend="django.contrib.auth.backends.ModelBackend")
    browser.cookies["csrftoken"] = "n" * 32  # signing in renews it
    again = browser.post("/cases/new/", data)
    assert (again.status_code, TEXT in again.content.decode()) == (403, True)
    assert cast.caseworker.name in again.content.decode()

    data["csrfmiddlewaretoken"] = token_of(again.content.decode())
    assert browser.post("/cases/new/", data).status_code == 303
    assert Case.objects.get().question == TEXT


def test_every_value_is_given_back_and_shown_as_text(client):
    page = client.post(
        "/cases/new/?x=1", {"question": "<script>alert(1)</script> and more", "sides": ["a", "b"]}, headers=HERE
    ).content.decode()
    assert "<script>alert" not in page
    assert page.count('name="sides"') == 2
    assert 'action="/cases/new/?x=1"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        HERE | {"HX-Request": "true"},
        HERE | {"X-Requested-With": "autosave"},
    ],
    ids=["unknown", "elsewhere", "null", "htmx", "autosave"],
)
def test_words_of_another_site_or_of_a_script_do_not_come_back(client, headers):
    assert client.post("/cases/new/", SENT, headers=headers)["Location"].startswith("/login/")


def test_a_password_never_comes_back(client):
    forged = Client(enforce_csrf_checks=True).post(
        "/login/", {"login": "x", "password": "my secret words"}, headers=HERE
    )
    assert forged.status_code == 403
    assert "my secret words" not in forged.content.decode()


def test_nothing_is_done_or_logged(cast, client):
    before = Event.objects.count()
    client.post("/cases/new/", SENT, headers=HERE)
    assert (Case.objects.count(), Event.objects.count()) == (0, before)


def test_reading_and_an_empty_form_go_to_the_sign_in_page(client):
    assert client.get("/cases/new/", headers=HERE).status_code == 302
    assert client.post("/cases/new/", headers=HERE).status_code == 302
