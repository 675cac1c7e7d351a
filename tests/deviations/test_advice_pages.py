"""Asking and giving advice in the browser: who is asked sees this deviation and nothing else."""

import pytest
from django.urls import reverse

from deviations.models import Consultation
from deviations.services import consulting, submitting, withdrawing
from organisation.models import AccessEvent, Draft, Event
from tests.factories import MembershipFactory, NeighbourhoodFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(cast, as_user):
    return as_user(cast.caseworker)


@pytest.fixture
def asked(cast, as_user):
    return as_user(cast.stranger)


@pytest.fixture
def secret(cast, draft, case, ask):
    """A question to somebody of another team, about a case with a neighbourhood; `secret(anonymous=True)`."""
    case.neighbourhood = NeighbourhoodFactory(label_nl="Oosterpark")
    case.save()
    return lambda **words: ask(draft(), asked=cast.stranger, story="Somebody cannot print.", **words)


def url_of(name, thing) -> str:
    return reverse(f"deviations:{name}", args=[thing.pk])


def test_asking_in_the_browser(cast, author, draft):
    deviation = draft()
    url = url_of("advice-ask", deviation)
    first = author.get(url)
    assert deviation.case.question in first.content.decode()
    assert author.post(url, {"kind": "peer", "question": "Would you?"}).status_code == 422
    assert author.post(url, {"kind": "peer", "asked": str(cast.colleague.pk)}).status_code == 422
    person = {"kind": "peer", "asked": str(cast.colleague.pk), "question": "BSN 111222333"}
    assert author.post(url, person).status_code == 422
    Draft.objects.create(user=cast.caseworker, key=f"deviations:ask:{deviation.pk}", fields={"question": ["Half"]})
    assert author.get(url).context["form"]["question"].value() == "Half"
    assert author.post(url, person | {"question": "Would you?", "story": "In short."}).status_code == 303
    assert not Draft.objects.exists()
    assert author.post(url, person | {"question": "And now?"}).status_code == 409
    assert Consultation.objects.get().story == "In short."


def test_the_one_who_is_asked_sees_only_this_deviation(cast, asked, secret):
    question = secret()
    page = asked.get(question.get_absolute_url()).content.decode()
    deviation = question.deviation
    for shown in (
        deviation.instead,
        deviation.number,
        deviation.case.number,
        "Oosterpark",
        "Caseworker",
        "cannot print",
    ):
        assert shown in page
    assert deviation.case.question not in page
    for hidden in (deviation.get_absolute_url(), deviation.case.get_absolute_url()):
        assert hidden not in page
        assert asked.get(hidden).status_code == 404
    assert AccessEvent.objects.filter(actor_id=cast.stranger.pk, target_id=deviation.pk).exists()


def test_without_names_nothing_tells_who_or_where(cast, asked, secret):
    question = secret(anonymous=True)
    work = [question.get_absolute_url(), reverse("deviations:advice-list"), reverse("organisation:notices")]
    seen = "".join(asked.get(url).content.decode() for url in work)
    deviation = question.deviation
    for hidden in ("Caseworker", deviation.number, deviation.case.number, "Oosterpark"):
        assert hidden not in seen
    assert deviation.instead in seen
    assert asked.get(f"/history/deviations.consultation/{question.pk}/").status_code == 404


def test_it_is_visible_only_while_it_is_asked(cast, asked, as_user, secret):
    question = secret()
    url = question.get_absolute_url()
    for stranger in (cast.colleague, cast.manager, cast.othermanager, cast.policy, cast.admin):
        assert as_user(stranger).get(url).status_code == 404
        assert as_user(stranger).post(url, {"view": "agrees"}).status_code == 404
    assert asked.post(url, {"view": "agrees_if", "text": ""}).status_code == 422
    assert asked.post(url, {"view": "agrees_if", "text": "Call first."}).status_code == 303
    after = asked.get(url).content.decode()
    assert "Call first." in after
    assert question.deviation.instead not in after
    assert asked.post(url, {"view": "agrees"}).status_code == 409
    consulting.settle(consultation=question, by=cast.caseworker, followed=False, why="There is no phone.")
    assert "There is no phone." in asked.get(url).content.decode()


def test_what_was_withdrawn_is_gone_for_who_was_asked(asked, author, secret):
    question = secret()
    assert author.post(url_of("advice-withdraw", question)).status_code == 303
    assert author.post(url_of("advice-withdraw", question)).status_code == 409
    assert asked.get(question.get_absolute_url()).status_code == 404
    again = author.get(url_of("advice-ask", question.deviation), {"again": str(question.pk)})
    assert again.context["form"]["question"].value() == question.question


def test_a_deviation_that_was_withdrawn_is_gone_too(cast, asked, secret):
    question = secret()
    withdrawing.withdraw(deviation=question.deviation, by=cast.caseworker)
    assert asked.get(question.get_absolute_url()).status_code == 404


def test_the_author_sees_what_they_see_and_cannot_answer(author, secret):
    question = secret()
    assert question.story in author.get(question.get_absolute_url()).content.decode()
    assert author.post(question.get_absolute_url(), {"view": "agrees"}).status_code == 409


def test_the_block_on_the_work_page(cast, asked, as_user, secret):
    url = reverse("deviations:advice-list")
    assert secret().question in asked.get(url, headers={"HX-Request": "true"}).content.decode()
    assert not as_user(cast.policy).get(url, headers={"HX-Request": "true"}).content.strip()
    assert "Niemand vraagt u" in as_user(cast.policy).get(url).content.decode()


def test_saying_what_was_done_with_it(cast, author, asked, secret):
    question = secret()
    url = url_of("advice-settle", question)
    assert author.post(url, {"followed": "yes"}).status_code == 409
    asked.post(question.get_absolute_url(), {"view": "agrees", "text": "Yes."})
    assert "Yes." in author.get(url).content.decode()
    assert author.post(url, {"followed": "no"}).status_code == 422
    assert asked.get(url).status_code == 404
    assert author.post(url, {"followed": "yes"}).status_code == 303
    assert author.post(url, {"followed": "yes"}).status_code == 409


def test_sending_before_that_says_what_is_asked_first(cast, author, draft, ask):
    deviation = draft()
    consulting.answer(consultation=ask(deviation), by=cast.colleague, view="agrees")
    sent = author.post(
        reverse("deviations:edit", args=[deviation.pk]),
        {
            "case": str(deviation.case_id), "draft": str(deviation.pk), "version": str(deviation.version),
            "routine": str(deviation.routine_id), "kind": "made", "urgency": "normal", "belongs_or_helps": "2",
            "if_followed": "Weeks.", "instead": deviation.instead, "why_here": "Blocked.", "action": "submit",
        },
    )  # fmt: skip
    assert sent.status_code == 409
    assert url_of("advice-settle", deviation.consultations.get()) in sent.content.decode()


def test_received_advice_in_the_browser(author, draft):
    deviation = draft()
    url = url_of("advice-receive", deviation)
    assert author.get(url).status_code == 200
    assert author.post(url, {"view": "cannot_judge"}).status_code == 422
    data = {"view": "agrees", "received_on": "2026-01-05", "reference": "Legal 12"}
    assert author.post(url, data | {"received_on": "2099-01-05"}).status_code == 422
    assert author.post(url, data).status_code == 303
    withdrawing.withdraw(deviation=deviation, by=deviation.author)
    assert author.post(url, data).status_code == 409


def test_the_thread_tells_everything_in_order(cast, author, as_user, draft, ask):
    deviation = draft()
    consulting.withdraw(consultation=ask(deviation, asked=cast.manager), by=cast.caseworker)
    question = ask(deviation)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees", text="Yes.")
    consulting.settle(consultation=question, by=cast.caseworker, followed=True, why="It helps.")
    submitting.submit(deviation=deviation, by=cast.caseworker)
    withdrawing.take_back(deviation=deviation, by=cast.caseworker)
    withdrawing.withdraw(deviation=deviation, by=cast.caseworker, reasons="Solved.")
    lines = author.get(deviation.get_absolute_url()).context["thread"]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert [(line.who, line.text) for line in lines] == [
        ("Caseworker", "Would you do this?"),
        ("Caseworker", ""),
        ("Caseworker", "Would you do this?"),
        ("Colleague", "Yes."),
        ("Caseworker", "It helps."),
        ("Caseworker", ""),
        ("Caseworker", "Solved."),
    ]
    assert Event.objects.about(deviation).filter(verb="deviation.advise").exists()


def test_colleagues_of_the_team_make_up_their_own_minds_first(cast, as_user, request_, ask):
    for _number in range(2):
        MembershipFactory(user=UserFactory(), team=cast.income)
    deviation = request_()
    question = ask(deviation, kind="team", asked=None)
    other = next(person for person in consulting.team_besides(deviation, cast.caseworker) if person != cast.colleague)
    consulting.answer(consultation=question, by=other, view="disagrees", text="I would wait.")
    url = deviation.get_absolute_url()
    shown = {who: "I would wait." in as_user(who).get(url).content.decode() for who in (cast.colleague, cast.manager)}
    assert shown == {cast.colleague: False, cast.manager: True}
    assert "I would wait." not in as_user(cast.colleague).get(question.get_absolute_url()).content.decode()
