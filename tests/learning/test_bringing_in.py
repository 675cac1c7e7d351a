"""Signals, and signs that something feels wrong, join a learning question; who said so hears what came of it."""

import pytest
from django.urls import reverse

from deviations.services import speaking_up
from learning.models import LearningQuestion, Reply, SignLink, owed_an_answer
from learning.services import asking, closing_the_loop, linking, replying
from learning.services.linking import Choice
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period
from organisation.models import Notice
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory
from tests.learning.builders import question, signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def routine():
    return RoutineFactory()


@pytest.fixture
def asked(cast, routine):
    """A question about the routine, with one signal."""
    first = signal(routine=routine, team=cast.income)
    return asking.ask(
        by=cast.policy, title="T", problem="P", due_on=first.due_on, owner=cast.policy, routine=routine, signal=first
    )


@pytest.fixture
def unease(cast):
    return speaking_up.speak_up(by=cast.caseworker, text="We ask for what nobody has.", team=cast.income)


def test_a_second_signal_joins_with_its_deviations(as_user, asked, cast, routine):
    case = CaseFactory(team=cast.youth, handler=cast.stranger)
    theirs = DeviationFactory(case=case, routine=routine, state="awaiting", period=202610)
    second = signal(routine=routine, team=cast.youth, since=202610)
    page = as_user(cast.policy).get(asked.get_absolute_url()).content.decode()
    assert str(second) in page
    answer = as_user(cast.policy).post(reverse("learning:signal-link", args=[second.pk]), {"question": asked.pk})
    assert answer.url == asked.get_absolute_url()
    assert asked.signals.count() == 2
    assert asked.links.get(deviation=theirs).signaller == cast.stranger


def test_the_page_of_a_signal_offers_the_questions_that_go_on(as_user, asked, cast, routine):
    other = question(cast, title="Of another routine", due_on="2020-01-01")
    question(cast, title="Closed long ago", state="closed", closed_at="2026-01-01T00:00Z")
    second = signal(routine=routine, team=cast.youth)
    page = as_user(cast.policy).get(second.get_absolute_url()).content.decode()
    assert page.index(str(asked)) < page.index(str(other))
    assert "Closed long ago" not in page
    assert str(asked) not in as_user(cast.reporter).get(second.get_absolute_url()).content.decode()


def test_a_signal_that_belongs_somewhere_cannot_join_again(asked, cast):
    with pytest.raises(Refused):
        linking.take_in(question=question(cast), signal=asked.signals.get(), by=cast.policy)


def test_a_closed_question_takes_nothing_in(cast, routine, unease):
    closed = question(cast, state="closed", closed_at="2026-01-01T00:00Z")
    for take_in, thing in ((linking.take_in, signal(routine=routine)), (linking.take_in_sign, unease)):
        name = "signal" if take_in is linking.take_in else "unease"
        with pytest.raises(Refused):
            take_in(question=closed, by=cast.policy, **{name: thing})


def test_a_sign_opens_a_question_and_both_lead_to_each_other(as_user, cast, unease):
    client = as_user(cast.policy)
    url = f"{reverse('learning:question-new')}?unease={unease.pk}"
    assert "We ask for what nobody has." in client.get(url).content.decode()
    client.post(url, {"title": "T", "problem": "P", "owner": cast.policy.pk, "due_on": "2030-01-01"})
    made = LearningQuestion.objects.get()
    assert unease.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()
    block = reverse("learning:block-sign", args=[unease.pk])
    assert made.get_absolute_url() in as_user(cast.caseworker).get(block).content.decode()


def test_who_said_it_hears_at_once_in_both_places(cast, unease):
    made = question(cast)
    linking.take_in_sign(question=made, unease=unease, by=cast.policy)
    unease.refresh_from_db()
    assert unease.state == "passed_on"
    assert made.number in unease.replies.get().text
    assert Reply.objects.get(question=made, signaller=cast.caseworker).kind == "received"
    assert Notice.objects.filter(recipient=cast.caseworker, url=made.get_absolute_url()).exists()


def test_twice_is_once(cast, unease):
    made = question(cast)
    for _time in range(2):
        linking.take_in_sign(question=made, unease=unease, by=cast.policy)
    assert SignLink.objects.count() == unease.replies.count() == 1


def test_who_said_it_is_owed_an_answer_and_counts_in_the_loop(cast, unease):
    made = question(cast)
    linking.take_in_sign(question=made, unease=unease, by=cast.policy)
    assert list(owed_an_answer(made)) == [cast.caseworker]
    assert [each.label for each in replying.audiences(made)][-1] == f"Wie {unease.number} zei"
    assert (closing_the_loop.loop().signalled, closing_the_loop.loop().answered) == (1, 0)
    replying.reply(question=made, by=cast.policy, kind="done", text="We stopped asking.")
    assert made.unanswered == 0
    assert closing_the_loop.loop().answered == 1


def test_who_signalled_twice_is_one_person(cast, routine, unease):
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    DeviationFactory(case=case, routine=routine, state="awaiting", period=202610)
    made, month = question(cast), Period(2026, 10)
    linking.link(question=made, by=cast.policy, choice=Choice(routine, month, month))
    linking.take_in_sign(question=made, unease=unease, by=cast.policy)
    assert made.unanswered == closing_the_loop.loop().signalled == 1
    assert Reply.objects.filter(question=made).count() == 1


def test_what_a_manager_passes_on_reaches_the_policy_officers(as_user, cast, unease):
    speaking_up.reply(unease=unease, by=cast.manager, kind="passed_on", text="This is larger than we are.")
    assert Notice.objects.filter(recipient=cast.policy, url=unease.get_absolute_url()).exists()
    block = reverse("learning:block-passed-on")
    assert "We ask for what nobody has." in as_user(cast.policy).get(block).content.decode()
    linking.take_in_sign(question=question(cast), unease=unease, by=cast.policy)
    assert "We ask for what nobody has." not in as_user(cast.policy).get(block).content.decode()


def test_what_is_late_is_seen_by_everybody(as_user, cast):
    url = reverse("learning:late")
    assert as_user(cast.caseworker).get(url).content.decode().strip() == ""
    question(cast, due_on="2020-01-01")
    signal(due_on="2020-01-01")
    seen = as_user(cast.privacy).get(url).content.decode()
    assert "1 leervraag is over zijn dag heen" in seen
    assert "1 signaal wacht langer dan vijf werkdagen" in seen
    assert reverse("learning:signal-list") not in seen
    assert reverse("learning:signal-list") in as_user(cast.policy).get(url).content.decode()
