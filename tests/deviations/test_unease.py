"""“Dit voelt niet goed”: saying it in one field, hearing back, and going on with it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Case
from deviations.models import Deviation, Unease, UneaseReply
from deviations.services import speaking_up
from organisation.kernel.access import Refused, WrongState
from organisation.kernel.ids import new_id
from organisation.models import Draft, Event, Notice
from tests.factories import CaseFactory, MembershipFactory, RoutineFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXT = "The letter asks for what nobody has."


@pytest.fixture
def said(cast):
    """`said()` is what the caseworker said."""

    def make(by=None, **words) -> Unease:
        return speaking_up.speak_up(**{"by": by or cast.caseworker, "text": TEXT, "team": cast.income, **words})

    return make


def told(person) -> list[str]:
    return [notice.event.verb for notice in Notice.objects.filter(recipient=person).select_related("event")]


def test_it_is_said_with_or_without_a_case_and_the_manager_hears_it(cast, case, said):
    with_case, without = said(case=case), said()
    assert (with_case.case, without.case, without.state) == (case, None, "new")
    assert told(cast.manager) == ["unease.voice", "unease.voice"]
    assert (told(cast.policy), told(cast.othermanager)) == ([], [])


def test_sent_twice_it_is_said_once(said):
    key = new_id()
    assert said(key=key) == said(key=key)
    assert said(key=key, text="Something else.") != said(key=key)


def test_who_may_say_it_and_about_what(cast, said):
    for wrong in (
        {"by": cast.manager},
        {"by": cast.policy},
        {"by": cast.stranger},
        {"text": " "},
        {"case": CaseFactory(team=cast.youth, handler=cast.stranger)},
    ):
        with pytest.raises(Refused):
            said(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unease.objects.create(number="G-1", text="", author=cast.caseworker, team=cast.income)


@pytest.mark.parametrize("who", ["manager", "policy"])
def test_who_said_it_always_hears_what_becomes_of_it(cast, said, who):
    unease = said()
    speaking_up.reply(unease=unease, by=getattr(cast, who), kind="received", text="Thank you.")
    with pytest.raises(WrongState):
        speaking_up.reply(unease=unease, by=getattr(cast, who), kind="received", text="Again.")
    speaking_up.reply(unease=unease, by=getattr(cast, who), kind="acted_upon", text="The letter is changed.")
    unease.refresh_from_db()
    assert (unease.state, unease.replies.count()) == ("acted_upon", 2)
    assert told(cast.caseworker) == ["unease.reply", "unease.reply"]
    assert [event.after for event in Event.objects.about(unease)] == ["acted_upon", "received", "new"]


@pytest.mark.parametrize("who", ["caseworker", "colleague", "othermanager", "reporter", "admin"])
def test_nobody_else_answers(cast, said, who):
    with pytest.raises(Refused):
        speaking_up.reply(unease=said(), by=getattr(cast, who), kind="passed_on", text="To learning.")


def test_an_answer_has_words_and_nobody_answers_themselves(cast, said):
    with pytest.raises(Refused):
        speaking_up.reply(unease=said(), by=cast.manager, kind="received", text=" ")
    both = UserFactory()
    for role in ("caseworker", "manager"):
        MembershipFactory(user=both, team=cast.income, role=role)
    with pytest.raises(Refused):
        speaking_up.reply(unease=said(by=both), by=both, kind="received", text="Hm.")
    with pytest.raises(IntegrityError), transaction.atomic():
        UneaseReply.objects.create(unease=said(), kind="received", text="", by=cast.manager)


@pytest.mark.parametrize("kind", ["made", "considered", "blocked"])
def test_it_goes_on_as_a_deviation_once_with_its_text_and_the_link(cast, case, said, kind):
    unease = said()
    deviation = speaking_up.begin_deviation(unease=unease, by=cast.caseworker, kind=kind, case=case)
    unease.refresh_from_db()
    assert (deviation.kind, deviation.why_here, deviation.state) == (kind, TEXT, "draft")
    assert (unease.deviation, unease.case) == (deviation, case)
    with pytest.raises(Refused):
        speaking_up.begin_deviation(unease=unease, by=cast.caseworker, kind=kind, case=case)
    assert Deviation.objects.count() == 1


def test_only_who_said_it_goes_on_with_it_in_a_case_of_their_own(cast, case, said):
    with pytest.raises(Refused):
        speaking_up.begin_deviation(unease=said(), by=cast.colleague, kind="made", case=case)
    other = CaseFactory(team=cast.youth, handler=cast.stranger)
    with pytest.raises(Refused):
        speaking_up.begin_deviation(unease=said(), by=cast.caseworker, kind="made", case=other)


def test_in_the_browser_from_a_case_to_a_draft(cast, case, as_user):
    client = as_user(cast.caseworker)
    url = reverse("deviations:unease-new") + f"?case={case.pk}"
    assert case.number in client.get(url).content.decode()
    assert client.post(url, {"text": "BSN 111222333"}).status_code == 422
    assert client.post(url, {"text": ""}).status_code == 422
    Draft.objects.create(user=cast.caseworker, key=f"deviations:unease:{case.pk}", fields={"text": ["Half"]})
    assert client.get(url).context["form"]["text"].value() == "Half"
    sent = client.post(url, {"text": TEXT})
    unease = Unease.objects.get()
    assert (sent.status_code, sent.url, unease.case) == (303, unease.get_absolute_url(), case)
    assert not Draft.objects.exists()
    go_on = reverse("deviations:unease-deviate", args=[unease.pk])
    assert client.post(go_on, {"kind": "made"}).status_code == 422
    begun = client.post(go_on, {"kind": "considered", "case": str(case.pk)})
    assert TEXT in client.get(begun.url).content.decode()
    assert client.post(go_on, {"kind": "made", "case": str(case.pk)}).status_code == 409
    assert unease.deviation is None
    assert Unease.objects.get().deviation.get_absolute_url() in client.get(sent.url).content.decode()


def test_the_deviation_leads_back_to_what_was_said(cast, case, said, as_user):
    unease = said()
    deviation = speaking_up.begin_deviation(unease=unease, by=cast.caseworker, kind="made", case=case)
    page = as_user(cast.caseworker).get(deviation.get_absolute_url())
    assert [line.url for line in page.context["thread"]] == [unease.get_absolute_url()]
    deviation.state, deviation.period = "recorded", 202611
    deviation.routine = RoutineFactory()
    deviation.routine_version, deviation.source_type = deviation.routine.version_on(), "policy_rule"
    deviation.save()
    assert not as_user(cast.colleague).get(deviation.get_absolute_url()).context["thread"]


@pytest.mark.parametrize("case", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_case_that_is_not_there_is_not_found(cast, as_user, case):
    assert as_user(cast.caseworker).get(reverse("deviations:unease-new"), {"case": case}).status_code == 404


def test_a_policy_officer_reads_it_without_the_case_and_without_the_name(cast, case, said, as_user):
    unease = said(case=case)
    client = as_user(cast.policy)
    page = client.get(unease.get_absolute_url()).content.decode()
    for url in (unease.get_absolute_url(), reverse("deviations:unease-list")):
        page = client.get(url).content.decode()
        assert TEXT in page
        assert case.number not in page
        assert "Caseworker" not in page
    assert client.get(f"/history/deviations.unease/{unease.pk}/").status_code == 404
    assert as_user(cast.manager).get(f"/history/deviations.unease/{unease.pk}/").status_code == 200


def test_answering_in_the_browser(cast, said, as_user):
    unease, client = said(), as_user(cast.manager)
    url = reverse("deviations:unease-reply", args=[unease.pk])
    assert TEXT in client.get(reverse("deviations:block-unease")).content.decode()
    assert client.post(url, {"kind": "new", "text": "Hm."}).status_code == 422
    assert client.post(url, {"kind": "received", "text": "Call 06 12345678"}).status_code == 422
    assert client.post(url, {"kind": "received", "text": "Thank you."}).status_code == 303
    assert client.post(url, {"kind": "received", "text": "Thank you."}).status_code == 409
    mine = as_user(cast.caseworker).get(reverse("deviations:unease-list")).content.decode()
    assert "Thank you." in mine


def test_everybody_sees_the_right_list(cast, said, as_user):
    both = UserFactory()
    for role in ("caseworker", "manager"):
        MembershipFactory(user=both, team=cast.income, role=role)
    own, other, elsewhere = said(by=both), said(), said(by=cast.stranger, team=cast.youth)
    lists = {
        (cast.caseworker, ""): [other],
        (cast.manager, ""): [other, own],
        (both, "?of=mine"): [own],
        (both, "?of=others"): [other],
        (cast.policy, ""): [elsewhere, other, own],
        (cast.reporter, ""): [],
    }
    for (person, query), rows in lists.items():
        assert as_user(person).get(reverse("deviations:unease-list") + query).context["page"].rows == rows, person


def test_a_case_that_is_destroyed_takes_it_along(case, said):
    said(case=case)
    Case.objects.filter(pk=case.pk).delete()
    assert not Unease.objects.exists()
