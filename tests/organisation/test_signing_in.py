"""Signing in tells nobody who has an account, locks out who guesses, and ends in time."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.sessions.models import Session
from django.utils import timezone

from organisation.models import Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "een zin van vier woorden"


@pytest.fixture
def person(db):
    """Somebody with a password."""
    somebody = UserFactory(name="Sanne", email="sanne@example.test")
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def sign_in(client, email="sanne@example.test", password=PASSWORD, **extra):
    return client.post("/login/", {"login": email, "password": password}, **extra)


def errors_of(answer):
    return [str(error) for errors in answer.context["form"].errors.values() for error in errors]


def test_the_right_password_opens_the_door_and_it_is_in_the_logbook(client, person):
    answer = sign_in(client, email="Sanne@Example.test ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/notices/").status_code == 200
    assert Event.objects.get().verb == "person.signed_in"


def test_the_page_that_was_asked_for_follows_and_never_one_elsewhere(client, person):
    assert client.get("/notices/")["Location"] == "/login/?next=/notices/"
    ours = client.post("/login/?next=/notices/", {"login": person.email, "password": PASSWORD, "next": "/notices/"})
    assert ours["Location"] == "/notices/"
    client.post("/logout/")
    theirs = client.post("/login/", {"login": person.email, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert theirs["Location"] == "/"


def test_unknown_wrong_inactive_and_invited_get_the_same_answer(client, person):
    UserFactory(email="left@example.test", is_active=False, left_at=timezone.now(), password=person.password)
    invited = UserFactory(email="invited@example.test")
    invited.set_unusable_password()
    invited.save()
    wrong = sign_in(client, password="wrong")
    for email in ("nobody@example.test", "left@example.test", "invited@example.test"):
        answer = sign_in(client, email=email)
        assert (answer.status_code, errors_of(answer)) == (wrong.status_code, errors_of(wrong))


@pytest.mark.parametrize("email", ["sanne@example.test", "nobody@example.test", "left@example.test"])
def test_an_unknown_address_takes_the_same_work_as_a_wrong_password(client, person, email, hashing):
    UserFactory(email="left@example.test", is_active=False, left_at=timezone.now(), password=person.password)
    hashing.clear()
    sign_in(client, email=email, password="wrong")
    assert len(hashing) == 1


@pytest.fixture
def hashing(monkeypatch):
    """Counts how often a password is hashed: what takes the time in signing in."""
    hasher = type(get_hasher())
    counted, busy = [], []

    def counting(original):
        def work(*given):
            if not busy:
                counted.append(1)
            busy.append(1)
            done = original(*given)
            busy.pop()
            return done

        return work

    monkeypatch.setattr(hasher, "encode", counting(hasher.encode))
    monkeypatch.setattr(hasher, "verify", counting(hasher.verify))
    return counted


@pytest.mark.parametrize("email", ["sanne@example.test", "nobody@example.test"])
def test_five_failures_lock_the_address_from_there_known_or_not(client, person, email):
    for _ in range(4):
        assert sign_in(client, email=email, password="wrong").status_code == 200
    locked = sign_in(client, email=email, password="wrong")
    assert locked.status_code == 429
    assert "15 minuten" in locked.content.decode()
    assert sign_in(client, email=email.upper()).status_code == 429


def test_somebody_else_can_still_sign_in_from_there_and_the_owner_from_elsewhere(client, person):
    for _ in range(5):
        sign_in(client, password="wrong")
    other = UserFactory(email="kees@example.test")
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(client, email="kees@example.test").status_code == 302
    client.post("/logout/")
    assert sign_in(client, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_forged_proxy_header_does_not_get_round_the_lock(client, person):
    for number in range(5):
        sign_in(client, password="wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.99").status_code == 429


def test_behind_our_proxy_the_last_address_it_names_counts(client, person, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        sign_in(client, password="wrong", HTTP_X_FORWARDED_FOR=f"10.1.1.{number}, 10.0.0.1")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.1").status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.2").status_code == 302


def test_the_lock_opens_after_fifteen_minutes_and_by_an_administrator(client, person, cast, as_user):
    for _ in range(5):
        sign_in(client, password="wrong")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(client).status_code == 302
    client.post("/logout/")
    for _ in range(5):
        sign_in(client, password="wrong")
    admin = as_user(cast.admin)
    assert f"{person.pk}/unlock/" in admin.get(person.get_absolute_url()).content.decode()
    assert admin.post(f"/organisation/people/{person.pk}/unlock/").status_code == 303
    assert sign_in(client).status_code == 302


def test_failures_are_counted_in_the_database_so_every_worker_knows(client, person):
    sign_in(client, password="wrong")
    assert AccessAttempt.objects.get().username == "sanne@example.test"
    assert settings.ACCOUNT_RATE_LIMITS is False


def test_the_session_gets_a_new_key_and_holds_no_address(client, person):
    client.get("/login/")
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert "sanne" not in str(dict(client.session)).lower()


def test_a_session_ends_after_thirty_minutes_without_use_and_lives_on_with_it(client, person):
    sign_in(client)
    start = timezone.now()
    for minutes in (25, 50, 75):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/notices/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=106)):
        assert client.get("/notices/").status_code == 302


def test_a_session_ends_after_ten_hours_however_busy(client, person):
    sign_in(client)
    start = timezone.now()
    for minutes in range(25, 600, 25):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/notices/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=601)):
        assert client.get("/notices/").status_code == 302
    assert not Session.objects.filter(session_key=client.session.session_key, expire_date__gt=timezone.now()).exists()


def test_signing_out_takes_a_post(client, person):
    sign_in(client)
    client.get("/logout/")
    assert client.get("/notices/").status_code == 200
    client.post("/logout/")
    assert client.get("/notices/").status_code == 302


def test_a_part_of_a_page_sends_the_whole_browser_to_the_sign_in_page(client, db):
    answer = client.get(
        "/notices/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/?page=2"},
        follow=True,
    )
    assert answer["HX-Redirect"] == "/login/?next=%2Fcases%2F"
    assert answer.content == b""


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_accounts_are_shown_in_demo_mode_only(client, db, settings, demo):
    settings.DEMO = demo
    assert ("caseworker@demo.test" in client.get("/login/").content.decode()) is demo
