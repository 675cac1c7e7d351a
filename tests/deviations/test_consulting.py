"""Asking advice, giving it, and saying what was done with it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deviations.models import Consultation, Opinion
from deviations.services import consulting, hearing, recording, submitting, withdrawing
from organisation.kernel.access import Refused, WrongState
from organisation.kernel.ids import new_id
from organisation.models import Event, Notice, User
from organisation.services import leaving
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def verbs(deviation) -> list[str]:
    return [event.verb for event in Event.objects.about(deviation)]


def told(person) -> list[str]:
    return [notice.event.verb for notice in Notice.objects.filter(recipient=person).select_related("event")]


def test_a_colleague_is_asked_answers_and_hears_what_was_done_with_it(cast, draft, ask):
    deviation = draft()
    question = ask(deviation)
    assert (question.state, question.author, question.asked) == ("asked", cast.caseworker, cast.colleague)
    assert told(cast.colleague) == ["deviation.ask_advice"]
    opinion = consulting.answer(consultation=question, by=cast.colleague, view="agrees_if", text="If it is in writing.")
    assert (opinion.author, opinion.in_team) == (cast.caseworker, True)
    assert "deviation.advise" in told(cast.caseworker)
    consulting.settle(consultation=question, by=cast.caseworker, followed=True, why="It is in writing now.")
    question.refresh_from_db()
    assert (question.state, question.followed, question.followed_why) == ("settled", True, "It is in writing now.")
    assert "deviation.weigh_advice" in told(cast.colleague)
    assert verbs(deviation)[:3] == ["deviation.weigh_advice", "deviation.advise", "deviation.ask_advice"]
    assert question.history.count() == 3


@pytest.mark.parametrize("who", ["colleague", "stranger", "manager", "policy", "admin"])
def test_any_colleague_can_be_asked_and_nobody_else_answers(cast, draft, ask, who):
    asked = getattr(cast, who)
    question = ask(draft(), asked=asked)
    for other in {"caseworker", "colleague", "stranger", "manager", "policy", "admin"} - {who}:
        with pytest.raises(Refused):
            consulting.answer(consultation=question, by=getattr(cast, other), view="agrees")
    assert consulting.answer(consultation=question, by=asked, view="agrees").in_team is (who == "colleague")


@pytest.mark.parametrize("who", ["colleague", "stranger", "manager", "policy"])
def test_only_the_author_asks_withdraws_and_says_what_was_done(cast, draft, ask, who):
    deviation, person = draft(), getattr(cast, who)
    with pytest.raises(Refused):
        ask(deviation, by=person, asked=cast.caseworker)
    question = ask(deviation)
    with pytest.raises(Refused):
        consulting.withdraw(consultation=question, by=person)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    with pytest.raises(Refused):
        consulting.settle(consultation=question, by=person, followed=True)


def test_nobody_advises_on_their_own_deviation(cast, draft, ask):
    with pytest.raises(Refused):
        ask(draft(), asked=cast.caseworker)
    with pytest.raises(Refused):
        ask(draft(), asked=None)
    question = ask(draft())
    for model, fields in (
        (Consultation, {"deviation": question.deviation, "kind": "peer", "asked": cast.caseworker, "question": "?"}),
        (Opinion, {"consultation": question, "by": cast.caseworker, "view": "agrees"}),
    ):
        extra = {"snapshot": {}, "digest": ""} if model is Consultation else {}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(author=cast.caseworker, **fields, **extra)


def test_a_form_that_is_sent_twice_asks_once(cast, draft, ask):
    deviation, key = draft(), new_id()
    assert ask(deviation, key=key) == ask(deviation, key=key)
    with pytest.raises(Refused, match="nog geen antwoord"):
        ask(deviation)
    assert Consultation.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.create(
            deviation=deviation, author=cast.caseworker, kind="peer", asked=cast.colleague, question="?", snapshot={}
        )


def test_who_has_left_cannot_be_asked(cast, draft, ask):
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    with pytest.raises(Refused, match="werkt hier niet meer"):
        ask(draft(), asked=User.objects.get(pk=cast.colleague.pk))


def test_a_question_has_words_and_so_has_advice_that_is_no_plain_yes(cast, draft, ask):
    with pytest.raises(Refused):
        ask(draft(), question=" ")
    question = ask(draft())
    for view in ("agrees_if", "disagrees"):
        with pytest.raises(Refused):
            consulting.answer(consultation=question, by=cast.colleague, view=view, text=" ")
    consulting.answer(consultation=question, by=cast.colleague, view="cannot_judge")


def test_each_answers_once(cast, draft, ask):
    question = ask(draft())
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    with pytest.raises(Refused, match="al"):
        consulting.answer(consultation=question, by=cast.colleague, view="disagrees", text="No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(consultation=question, author=cast.caseworker, by=cast.colleague, view="agrees")


def test_what_is_withdrawn_is_not_answered_and_who_was_asked_hears_it(cast, draft, ask):
    question = ask(draft())
    consulting.withdraw(consultation=question, by=cast.caseworker)
    assert "deviation.stop_asking" in told(cast.colleague)
    assert not Consultation.objects.visible_to(cast.colleague).exists()
    with pytest.raises(WrongState):
        consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    with pytest.raises(WrongState):
        consulting.withdraw(consultation=question, by=cast.caseworker)


def test_a_deviation_that_ended_asks_nothing_any_more(cast, draft, ask):
    deviation = draft()
    question = ask(deviation)
    withdrawing.withdraw(deviation=deviation, by=cast.caseworker)
    assert not Consultation.objects.visible_to(cast.colleague).exists()
    with pytest.raises(WrongState):
        consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    with pytest.raises(Refused):
        ask(deviation, asked=cast.stranger)


def test_not_following_advice_asks_for_a_reason(cast, draft, ask):
    question = ask(draft())
    with pytest.raises(Refused, match="nog geen advies"):
        consulting.settle(consultation=question, by=cast.caseworker, followed=True)
    consulting.answer(consultation=question, by=cast.colleague, view="disagrees", text="Too soon.")
    with pytest.raises(Refused):
        consulting.settle(consultation=question, by=cast.caseworker, followed=False, why=" ")
    consulting.settle(consultation=question, by=cast.caseworker, followed=False, why="Tomorrow is too late.")


def test_advice_is_weighed_before_the_deviation_is_sent(cast, draft, ask):
    deviation = draft()
    question = ask(deviation)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    with pytest.raises(Refused, match="Colleague"):
        submitting.submit(deviation=deviation, by=cast.caseworker)
    consulting.settle(consultation=question, by=cast.caseworker, followed=True)
    assert submitting.submit(deviation=deviation, by=cast.caseworker).state == "awaiting"


def test_who_cannot_judge_leaves_nothing_to_weigh(cast, draft, ask):
    deviation = draft()
    consulting.answer(consultation=ask(deviation), by=cast.colleague, view="cannot_judge")
    assert submitting.submit(deviation=deviation, by=cast.caseworker).state == "awaiting"


def test_the_manager_hears_of_advice_that_they_wait_for(cast, request_, ask):
    deviation = request_()
    consulting.answer(consultation=ask(deviation), by=cast.colleague, view="agrees")
    assert "deviation.advise" in told(cast.manager)


def test_a_team_of_three_besides_the_author_is_asked_without_names(cast, draft, ask, team):
    question = ask(draft(), kind="team", asked=None)
    assert (question.anonymous, question.asked, question.team) == (True, None, cast.income)
    assert {notice.recipient for notice in Notice.objects.all()} == set(team)
    assert set(told(cast.colleague)) == {"deviation.put_to_colleagues"}
    for person in team[:3]:
        assert question in Consultation.objects.awaiting_advice_of(person)
        consulting.answer(consultation=question, by=person, view="agrees")
    question.refresh_from_db()
    assert question.state == "answered"
    with pytest.raises(WrongState):
        consulting.answer(consultation=question, by=team[3], view="agrees")


def test_a_team_that_does_not_agree_ends_when_everybody_answered(cast, draft, ask, team):
    question = ask(draft(), kind="team", asked=None)
    for person in team:
        question.refresh_from_db()
        assert question.state == "asked"
        consulting.answer(consultation=question, by=person, view="disagrees", text="No.")
    question.refresh_from_db()
    assert question.state == "answered"


def test_the_author_can_stop_asking_the_team_and_weigh_what_was_said(cast, draft, ask, team):
    question = ask(draft(), kind="team", asked=None)
    consulting.answer(consultation=question, by=team[0], view="agrees")
    consulting.settle(consultation=question, by=cast.caseworker, followed=True)
    assert not Consultation.objects.awaiting_advice_of(team[1]).exists()


def test_a_team_that_is_too_small_is_not_asked(cast, draft, ask):
    with pytest.raises(Refused, match="Drie"):
        ask(draft(), kind="team", asked=None)


def test_legal_advice_that_was_received_has_a_date_and_a_reference(cast, draft):
    deviation, today = draft(), timezone.localdate()
    words = {"deviation": deviation, "by": cast.caseworker, "view": "disagrees", "text": "Not without a ground."}
    for wrong in ({"reference": " "}, {"received_on": today + timedelta(days=1)}, {"text": ""}):
        with pytest.raises(Refused):
            consulting.receive(**{**words, "received_on": today, "reference": "L 12", **wrong})
    got, key = {"received_on": today, "reference": "L 12"}, new_id()
    received = consulting.receive(**words, **got, key=key)
    assert consulting.receive(**words, **got, key=key) == received
    assert (received.kind, received.state, received.opinions.get().by) == ("legal", "answered", None)
    with pytest.raises(Refused):
        consulting.receive(**{**words, "by": cast.colleague}, **got)


def test_only_what_is_written_differently_makes_advice_outdated(cast, draft, ask):
    deviation = draft(urgency="already_done")
    question = ask(deviation)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    consulting.settle(consultation=question, by=cast.caseworker, followed=True)
    assert hearing.peer_agreed(deviation, [])
    sent = submitting.submit(deviation=deviation, by=cast.caseworker)
    assert hearing.peer_agreed(sent, [])
    sent = withdrawing.take_back(deviation=sent, by=cast.caseworker)
    changed = recording.save_draft(deviation=sent, by=cast.caseworker, fields={"instead": "Something else."})
    assert not hearing.peer_agreed(changed, [])
    [(_one, names)] = hearing.with_changes(changed)
    assert names == ("instead",)


def test_who_works_in_another_team_by_then_was_of_the_team_when_they_answered(cast, draft, ask):
    deviation = draft()
    question = ask(deviation)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    cast.colleague.memberships.all().delete()
    assert hearing.peer_agreed(deviation, [])


@pytest.fixture
def team(cast):
    """Four caseworkers besides the author."""
    others = [UserFactory() for _ in range(3)]
    for person in others:
        MembershipFactory(user=person, team=cast.income)
    return [cast.colleague, *others]
