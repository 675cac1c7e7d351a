"""Answering a request."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import RoutineUse
from deviations.models import Decision, Deviation
from deviations.services import deciding, freezing, submitting
from deviations.workflow import Action
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Membership, Notice, User
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

ANSWERS = [
    (Action.AGREE, {}, "agreed"),
    (Action.AGREE_WITH_CONDITIONS, {"conditions": "Until May."}, "agreed_with_conditions"),
    (Action.REFUSE, {"reasons": "There is another way.", "alternative": "Ask the bank."}, "refused"),
]


@pytest.mark.parametrize(("action", "words", "state"), ANSWERS)
def test_the_manager_answers_once_and_the_author_hears_it(cast, request_, action, words, state):
    deviation = request_()
    decision = deciding.decide(deviation=deviation, action=action, by=cast.manager, **words)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.answer, deviation.decided_by) == (state, state, cast.manager)
    assert (decision.by, decision.role, decision.author) == (cast.manager, "manager", cast.caseworker)
    assert decision.digest == freezing.digest(decision.snapshot)
    assert Event.objects.about(deviation).first().verb == f"deviation.{action}"
    assert Notice.objects.filter(recipient=cast.caseworker).count() == 1


def test_a_refusal_keeps_its_alternative_and_the_routine_counts_as_followed(cast, case, request_):
    action, words, _state = ANSWERS[2]
    decision = deciding.decide(deviation=request_(), action=action, by=cast.manager, conditions="Slipped in", **words)
    assert (decision.alternative, decision.conditions) == ("Ask the bank.", "")
    assert RoutineUse.objects.get(case=case).outcome == "followed"


@pytest.mark.parametrize("action", [Action.REFUSE, Action.AGREE_WITH_CONDITIONS])
def test_a_refusal_has_reasons_and_conditions_are_written_down(cast, request_, action):
    with pytest.raises(Refused):
        deciding.decide(deviation=request_(), action=action, by=cast.manager, reasons=" ", conditions=" ")


def test_the_second_answer_hears_who_was_first(cast, request_):
    deviation = request_()
    second = User.objects.create(name="Second", email="second@example.test")
    MembershipFactory(user=second, team=cast.income, role="manager")
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    with pytest.raises(WrongState, match="Manager"):
        deciding.decide(deviation=deviation, action=Action.REFUSE, by=second, reasons="No.")
    assert Decision.objects.count() == 1


def test_a_draft_or_a_withdrawn_one_gets_no_answer(cast, draft):
    with pytest.raises(WrongState):
        deciding.decide(deviation=draft(), action=Action.AGREE, by=cast.manager)


@pytest.mark.parametrize(
    "who", ["caseworker", "colleague", "stranger", "othermanager", "policy", "admin", "controller"]
)
def test_nobody_else_answers(cast, request_, who):
    deviation = request_()
    for action in (Action.AGREE, Action.REFUSE):
        with pytest.raises(Refused):
            deciding.decide(deviation=deviation, action=action, by=getattr(cast, who), reasons="Because.")
    with pytest.raises(Refused):
        deciding.return_with_question(deviation=deviation, by=getattr(cast, who), question="Why?")


def test_a_manager_with_cases_does_not_answer_their_own(cast, request_):
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    manager = User.objects.get(pk=cast.manager.pk)
    deviation = request_(manager)
    assert not Notice.objects.filter(recipient=manager).exists()
    with pytest.raises(Refused):
        deciding.decide(deviation=deviation, action=Action.AGREE, by=manager)


def test_who_no_longer_leads_the_team_does_not_answer(cast, request_):
    deviation = request_()
    Membership.objects.filter(user=cast.manager).delete()
    with pytest.raises(Refused):
        deciding.decide(deviation=deviation, action=Action.AGREE, by=User.objects.get(pk=cast.manager.pk))


def test_a_question_makes_it_a_draft_that_is_in_no_figure(cast, request_):
    deviation = request_()
    message = deciding.return_with_question(deviation=deviation, by=cast.manager, question="Since when?")
    deviation.refresh_from_db()
    assert (deviation.state, deviation.period, deviation.due_at) == ("draft", None, None)
    assert (message.by, message.kind) == (cast.manager, "question")
    assert Notice.objects.filter(recipient=cast.caseworker).exists()


def test_a_question_has_words(cast, request_):
    with pytest.raises(Refused):
        deciding.return_with_question(deviation=request_(), by=cast.manager, question=" ")


def test_nobody_agrees_unseen_to_a_text_that_changed(cast, request_):
    deviation = request_()
    read = deviation.version
    deciding.return_with_question(deviation=deviation, by=cast.manager, question="Why?")
    submitting.submit(deviation=deviation, by=cast.caseworker, reply="So.")
    with pytest.raises(Refused):
        deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager, version=read)
    current = Deviation.objects.get(pk=deviation.pk).version
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager, version=current)


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "author"},
        {"answer": "refused", "reasons": ""},
        {"answer": "agreed_with_conditions"},
        {"answer": "by_space"},
        {"by": None},
    ],
)
def test_the_database_refuses_a_decision_that_cannot_be(cast, request_, wrong):
    deviation = request_()
    fields = {"deviation": deviation, "answer": "agreed", "by": cast.manager, "author": cast.caseworker, **wrong}
    if fields["by"] == "author":
        fields["by"] = cast.caseworker
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(snapshot={}, digest="0" * 64, **fields)


def test_the_database_keeps_one_final_decision_and_no_author_who_decides(cast, request_):
    deviation = request_()
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            deviation=deviation, answer="agreed", by=cast.manager, author=cast.caseworker, snapshot={}, digest=""
        )
    deviation.refresh_from_db()
    deviation.decided_by = deviation.author
    with pytest.raises(IntegrityError), transaction.atomic():
        deviation.save()
