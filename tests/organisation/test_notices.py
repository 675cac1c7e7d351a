"""People hear what matters to them, once, where they want it, and never what a case is about."""

import pytest
from django.core import mail
from django.utils import timezone

from organisation import tasks
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice, User
from organisation.services import choosing_preferences, reading_notices, telling

pytestmark = pytest.mark.django_db


def tell(cast, *people, url="/preferences/"):
    event = Event.record(
        actor=cast.manager, verb="person.role_given", target=cast.colleague, after="controller", remark="Secret words"
    )
    Notice.queue(event=event, recipients=people, url=url)
    return event


def test_everybody_is_told_once_and_never_of_their_own_act(cast):
    tell(cast, cast.caseworker, cast.caseworker, cast.colleague, cast.manager)
    assert set(Notice.objects.values_list("recipient__name", flat=True)) == {"Caseworker", "Colleague"}


def test_who_has_left_is_not_told(cast):
    tell(cast, User(is_active=False))
    assert not Notice.objects.exists()


def test_the_list_says_in_a_sentence_who_did_what(cast, as_user):
    tell(cast, cast.caseworker)
    page = as_user(cast.caseworker).get("/notices/").content.decode()
    assert "Manager gaf Colleague de rol Interne controle" in page


def test_opening_a_notice_marks_it_and_goes_where_it_points(cast, as_user):
    tell(cast, cast.caseworker)
    notice = Notice.objects.get()
    answer = as_user(cast.caseworker).get(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/preferences/")
    notice.refresh_from_db()
    first = notice.read_at
    reading_notices.read(by=cast.caseworker, notice=notice)
    notice.refresh_from_db()
    assert notice.read_at == first is not None


def test_a_notice_never_leads_elsewhere(cast, as_user):
    tell(cast, cast.caseworker, url="https://elsewhere.example/")
    answer = as_user(cast.caseworker).get(f"/notices/{Notice.objects.get().pk}/")
    assert answer["Location"] == "/notices/"


def test_somebody_elses_notice_does_not_exist(cast, as_user):
    tell(cast, cast.caseworker)
    notice = Notice.objects.get()
    assert as_user(cast.colleague).get(f"/notices/{notice.pk}/").status_code == 404
    with pytest.raises(Refused):
        reading_notices.read(by=cast.colleague, notice=notice)


def test_the_header_counts_what_is_new_until_all_is_read(cast, as_user):
    tell(cast, cast.caseworker), tell(cast, cast.caseworker), tell(cast, cast.colleague)
    client = as_user(cast.caseworker)
    assert "2 nieuwe meldingen" in client.get("/preferences/").content.decode()
    assert client.post("/notices/read/").status_code == 303
    assert "2 nieuwe meldingen" not in client.get("/preferences/").content.decode()
    assert Notice.objects.filter(recipient=cast.colleague, read_at=None).count() == 1


def test_only_what_is_new_can_be_shown(cast, as_user):
    tell(cast, cast.caseworker)
    Notice.objects.update(read_at=timezone.now())
    client = as_user(cast.caseworker)
    assert len(client.get("/notices/").context["page"].object_list) == 1
    assert len(client.get("/notices/?unread=1").context["page"].object_list) == 0


def test_a_mail_is_a_link_and_nothing_of_the_case(cast):
    tell(cast, cast.caseworker)
    tasks.mail_notice(str(Errand.objects.get().pk))
    message = mail.outbox[0]
    assert f"/notices/{Notice.objects.get().pk}/" in message.body
    for word in ("Secret", "Colleague", "Manager", "rol"):
        assert word not in message.body + message.subject


def test_ten_deliveries_send_one_mail(cast):
    tell(cast, cast.caseworker)
    for _ in range(10):
        tasks.mail_notice(str(Errand.objects.get().pk))
    assert len(mail.outbox) == 1


def test_two_errands_for_one_notice_send_one_mail(cast):
    tell(cast, cast.caseworker)
    notice = Notice.objects.get()
    second = Errand.put(task="organisation.tasks.mail_notice", subject=notice.pk)
    for errand in (Errand.objects.exclude(pk=second.pk).get(), second):
        tasks.mail_notice(str(errand.pk))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("reason", ["read", "left"])
def test_no_mail_for_what_was_read_or_to_who_has_left(cast, reason):
    tell(cast, cast.caseworker)
    if reason == "read":
        Notice.objects.update(read_at=timezone.now())
    else:
        User.objects.filter(pk=cast.caseworker.pk).update(is_active=False, left_at=timezone.now())
    tasks.mail_notice(str(Errand.objects.get().pk))
    assert mail.outbox == []


def test_a_mail_that_fails_is_sent_later_once(cast, monkeypatch):
    tell(cast, cast.caseworker)
    errand = Errand.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr("organisation.services.telling.send_mail", lambda **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.mail_notice(str(errand.pk))
    assert Notice.objects.get().told_at is None
    Errand.objects.update(due_at=timezone.now())
    tasks.mail_notice(str(errand.pk))
    assert len(mail.outbox) == 1


def test_who_wants_no_mail_gets_none(cast):
    choosing_preferences.choose(by=cast.caseworker, language="nl", mail_preference="none", shortcuts=True)
    tell(cast, User.objects.get(pk=cast.caseworker.pk))
    assert Notice.objects.count() == 1
    assert not Errand.objects.exists()


def test_preferences_are_saved_and_nothing_rides_along(cast, as_user):
    client = as_user(cast.caseworker)
    form = {"language": "en", "mail_preference": "none", "is_superuser": "1", "email": "x@x.nl", "name": "Other"}
    assert client.post("/preferences/", form).status_code == 303
    person = User.objects.get(pk=cast.caseworker.pk)
    assert (person.language, person.mail_preference, person.shortcuts) == ("en", "none", False)
    assert (person.is_superuser, person.email, person.name) == (False, "caseworker@demo.test", "Caseworker")
    assert client.post("/preferences/", {"language": "xx"}).status_code == 422


def test_the_chosen_language_speaks_at_the_next_page_whatever_the_browser_wants(cast, as_user, client):
    page = client.get("/login/", headers={"Accept-Language": "en"})
    assert page["Content-Language"] == "nl"
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert client.get("/login/")["Content-Language"] == "en"
    signed_in = as_user(cast.caseworker)
    assert signed_in.get("/preferences/")["Content-Language"] == "nl"
    signed_in.post("/language/", {"language": "en", "next": "/preferences/"})
    assert signed_in.get("/preferences/")["Content-Language"] == "en"
    signed_in.post("/language/", {"language": "en"})
    assert User.objects.get(pk=cast.caseworker.pk).language == "en"


def test_a_list_of_notices_costs_the_same_at_three_and_at_twenty(cast, as_user, queries_of):
    client = as_user(cast.caseworker)
    [tell(cast, cast.caseworker) for _ in range(3)]
    few = queries_of(client, "/notices/")
    [tell(cast, cast.caseworker) for _ in range(17)]
    assert queries_of(client, "/notices/") == few


def test_who_comes_second_to_the_same_notice_sends_nothing(cast, monkeypatch):
    tell(cast, cast.caseworker)
    notice = Notice.objects.get()
    first = Notice.objects.filter

    def told_meanwhile(**wanted):
        if set(wanted) == {"pk", "told_at__isnull"}:
            return first(pk=None)
        return first(**wanted)

    monkeypatch.setattr(Notice.objects, "filter", told_meanwhile)
    telling.mail(notice_id=notice.pk)
    telling.mail(notice_id=None)
    assert mail.outbox == []
