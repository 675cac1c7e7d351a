"""Passwords are good, set through a link that works once, and asking for one tells nothing."""

import re

import pytest
from django.core import mail
from django.test import Client

from organisation import tasks
from organisation.models import Errand, Event
from organisation.services import inviting, managing_people
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
GOOD = "een nieuwe zin van woorden"


def deliver():
    """Do what is due, as a worker would."""
    for errand in Errand.objects.due().filter(task=inviting.TASK):
        tasks.mail_password_link(str(errand.pk))


def link_in_mail():
    return re.search(r"http://localhost:8000(/password/reset/key/\S+)", mail.outbox[-1].body).group(1)


def set_password(path, first=GOOD, second=None):
    visitor = Client()
    form = visitor.get(path, follow=True)
    return visitor.post(form.request["PATH_INFO"], {"password1": first, "password2": second or first})


def test_somebody_new_gets_a_link_and_signs_in_with_their_own_password(cast, client):
    made = managing_people.create_person(by=cast.admin, name="Kim", email="kim@demo.test")
    inviting.send_link(by=cast.admin, person=made)
    deliver()
    assert mail.outbox[0].to == ["kim@demo.test"]
    assert set_password(link_in_mail()).status_code == 302
    assert client.post("/login/", {"login": "kim@demo.test", "password": GOOD}).status_code == 302
    assert "person.password_set" in Event.objects.about(made).values_list("verb", flat=True)


def test_a_link_works_once(cast):
    link = inviting.link_for(cast.colleague).removeprefix("http://localhost:8000")
    set_password(link)
    again = Client().get(link, follow=True)
    assert "werkt niet meer" in again.content.decode()


def test_a_link_stops_working_when_somebody_leaves(cast):
    link = inviting.link_for(cast.colleague).removeprefix("http://localhost:8000")
    cast.colleague.set_unusable_password()
    cast.colleague.save()
    assert "werkt niet meer" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("weak", ["kort", "password1234", "123456789012345", "colleague@demo.test"])
def test_a_weak_password_is_refused(cast, weak):
    link = inviting.link_for(cast.colleague).removeprefix("http://localhost:8000")
    answer = set_password(link, weak)
    assert answer.context["form"].errors
    cast.colleague.refresh_from_db()
    assert not cast.colleague.check_password(weak)


def test_two_different_passwords_are_refused(cast):
    link = inviting.link_for(cast.colleague).removeprefix("http://localhost:8000")
    assert set_password(link, GOOD, GOOD + "!").context["form"].errors


def test_asking_for_a_link_says_the_same_to_known_and_unknown(cast, client):
    known = client.post("/password/reset/", {"email": "Colleague@demo.test"}, follow=True)
    unknown = client.post("/password/reset/", {"email": "nobody@demo.test"}, follow=True)
    assert TOKEN.sub(b"", known.content) == TOKEN.sub(b"", unknown.content)
    assert Errand.objects.filter(task=inviting.TASK).count() == 2
    deliver()
    assert [message.to for message in mail.outbox] == [["colleague@demo.test"]]


def test_asking_again_within_ten_minutes_mails_nothing_more(cast, client):
    for _ in range(5):
        client.post("/password/reset/", {"email": "colleague@demo.test"})
    assert Errand.objects.filter(task=inviting.TASK).count() == 1


def test_no_address_stands_in_the_errand_book(cast, client):
    client.post("/password/reset/", {"email": "colleague@demo.test"})
    errand = Errand.objects.get(task=inviting.TASK)
    assert "colleague" not in f"{errand.key}{errand.task}"


def test_who_has_left_gets_no_link(cast, client):
    inviting.send_link(by=cast.admin, person=cast.colleague)
    UserFactory(email="left@demo.test", is_active=False, left_at="2026-01-01T00:00Z")
    client.post("/password/reset/", {"email": "left@demo.test"})
    type(cast.colleague).objects.filter(pk=cast.colleague.pk).update(is_active=False, left_at="2026-01-01T00:00Z")
    deliver()
    assert mail.outbox == []


def test_ten_deliveries_send_one_link(cast):
    inviting.send_link(by=cast.admin, person=cast.colleague)
    errand = Errand.objects.get(task=inviting.TASK)
    for _ in range(10):
        tasks.mail_password_link(str(errand.pk))
    assert len(mail.outbox) == 1


def test_changing_a_password_keeps_this_session_and_ends_the_others(cast):
    cast.colleague.set_password(GOOD)
    cast.colleague.save()
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/login/", {"login": cast.colleague.email, "password": GOOD})
    changed = here.post(
        "/password/change/",
        {"oldpassword": GOOD, "password1": "heel andere woorden nu", "password2": "heel andere woorden nu"},
    )
    assert changed.status_code == 302
    assert here.get("/notices/").status_code == 200
    assert there.get("/notices/").status_code == 302


def test_a_new_password_opens_what_was_locked(cast, client):
    for _ in range(5):
        client.post("/login/", {"login": cast.colleague.email, "password": "wrong"})
    set_password(inviting.link_for(cast.colleague).removeprefix("http://localhost:8000"))
    assert client.post("/login/", {"login": cast.colleague.email, "password": GOOD}).status_code == 302


def test_only_an_administrator_hands_out_links_and_never_for_themselves(cast):
    for actor, person in ((cast.manager, cast.colleague), (cast.admin, cast.admin)):
        for give in (inviting.send_link, inviting.show_link):
            with pytest.raises(Exception, match=r"\w"):
                give(by=actor, person=person)
    assert not Event.objects.exists()
