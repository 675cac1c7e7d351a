"""What the weight asks for before somebody agrees: a colleague for B, legal advice and the board for D."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from deviations.models import Decision, Deviation
from deviations.rules.weighing import QUICK, REQUIRED, Weight
from deviations.services import consulting, deciding, recording, submitting, withdrawing
from deviations.workflow import Action
from organisation.kernel.access import Refused
from tests.databases import guards_down
from tests.factories import GroundFactory, RoutineFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db

D_WORDS = {name: "Because." for name in REQUIRED[Weight.D] - QUICK - {"grounds", "same_again"}} | {"same_again": "yes"}


@pytest.fixture
def weighs_b(cast, draft):
    """A draft that weighs B."""
    return lambda **fields: draft(amount_cents=60_000, grounds=[GroundFactory(weight="A")], **fields)


@pytest.fixture
def weighs_d(cast, draft):
    """A draft that weighs D."""
    return lambda: draft(grounds=[GroundFactory(weight="D")], **D_WORDS)


@pytest.fixture
def sent(cast):
    """`sent(draft)` is what awaits the manager."""
    return lambda deviation: submitting.submit(deviation=deviation, by=cast.caseworker)


@pytest.fixture
def agree(cast):
    """`agree(request)` lets the manager agree."""

    def make(deviation, action=Action.AGREE, **words) -> Decision:
        return deciding.decide(deviation=deviation, action=action, by=cast.manager, conditions="If.", **words)

    return make


def lawyer(cast, deviation, **words):
    said = {"view": "agrees_if", "text": "With reasons.", "reference": "L 12", "received_on": timezone.localdate()}
    received = consulting.receive(deviation=deviation, by=cast.caseworker, **{**said, **words})
    return consulting.settle(consultation=received, by=cast.caseworker, followed=True)


@pytest.mark.parametrize("action", [Action.AGREE, Action.AGREE_WITH_CONDITIONS])
def test_without_a_colleague_the_manager_does_not_agree_to_weight_b(cast, weighs_b, sent, agree, ask, action):
    request = sent(weighs_b())
    assert (request.weight, request.state) == ("B", "awaiting")
    with pytest.raises(Refused, match="advies van een collega ontbreekt nog"):
        agree(request, action)
    question = ask(request)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    assert agree(request, action).weight == "B"


def test_refusing_and_returning_need_no_advice(cast, weighs_b, sent):
    first, second = sent(weighs_b()), sent(weighs_b())
    deciding.decide(deviation=first, action=Action.REFUSE, by=cast.manager, reasons="There is another way.")
    deciding.return_with_question(deviation=second, by=cast.manager, question="Why?")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("refused", "draft")


@pytest.mark.parametrize("urgency", ["urgent", "already_done"])
def test_what_presses_is_sent_at_once_and_still_waits_for_a_colleague(weighs_b, sent, agree, advised, urgency):
    request = sent(weighs_b(urgency=urgency))
    with pytest.raises(Refused):
        agree(request)
    advised(request)
    agree(request)


def test_who_gives_room_for_all_of_them_needs_no_colleague_each_time(weighs_b, sent, agree):
    assert agree(sent(weighs_b()), in_general=True).answer == "agreed"


def test_room_for_all_of_them_is_no_answer_of_the_board(weighs_d, sent, agree):
    with pytest.raises(Refused, match="juridisch advies"):
        agree(sent(weighs_d()), in_general=True)


def test_a_no_or_somebody_from_another_team_is_no_agreement(cast, weighs_b, sent, agree, ask):
    request = sent(weighs_b())
    consulting.answer(consultation=ask(request), by=cast.colleague, view="disagrees", text="No.")
    consulting.answer(consultation=ask(request, asked=cast.stranger), by=cast.stranger, view="agrees")
    with pytest.raises(Refused):
        agree(request)


def test_advice_about_an_earlier_text_does_not_count(cast, weighs_b, sent, agree, advised):
    deviation = weighs_b()
    advised(deviation)
    changed = recording.save_draft(deviation=deviation, by=cast.caseworker, fields={"instead": "Something else."})
    with pytest.raises(Refused, match="eerdere tekst"):
        agree(sent(changed))
    back = withdrawing.take_back(deviation=changed, by=cast.caseworker)
    recording.save_draft(deviation=back, by=cast.caseworker, fields={"instead": WORDS["instead"]})
    assert agree(sent(back)).answer == "agreed"


def test_weight_d_asks_for_legal_advice_and_the_board(cast, weighs_d, sent, agree):
    request, today = sent(weighs_d()), timezone.localdate()
    assert request.weight == "D"
    with pytest.raises(Refused, match="juridisch advies.*besluit van het college"):
        agree(request)
    legal = lawyer(cast, request)
    for board in ({}, {"board_on": today}, {"board_on": today + timedelta(days=1), "board_reference": "B 1"}):
        with pytest.raises(Refused, match="besluit van het college"):
            agree(request, **board)
    decision = agree(request, board_on=today, board_reference="B 1")
    assert (decision.legal_advice, decision.board_on, decision.board_reference) == (legal, today, "B 1")


def test_legal_advice_may_be_given_here_and_may_say_no(cast, weighs_d, sent, agree, ask):
    request = sent(weighs_d())
    question = ask(request, kind="legal", asked=cast.controller)
    consulting.answer(consultation=question, by=cast.controller, view="disagrees", text="Against article 18.")
    assert agree(request, board_on=timezone.localdate(), board_reference="B 2").legal_advice == question


@pytest.mark.parametrize("missing", ["legal_advice", "board_on", "board_reference"])
def test_the_database_keeps_weight_d_from_being_agreed_to_without(cast, weighs_d, sent, agree, missing):
    request = sent(weighs_d())
    lawyer(cast, request)
    decision = agree(request, board_on=timezone.localdate(), board_reference="B 1")
    with guards_down(), pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**{missing: "" if missing == "board_reference" else None})


def test_a_space_in_which_a_peer_agrees_first_covers_from_then_on(cast, draft, space, ask, as_user):
    space(deciding_slider=2)
    first, second = draft(), draft()
    assert submitting.submit(deviation=first, by=cast.caseworker).state == "awaiting"
    question = ask(second)
    consulting.answer(consultation=question, by=cast.colleague, view="agrees")
    edit = as_user(cast.caseworker).get(reverse("deviations:edit", args=[second.pk]))
    assert edit.context["covers"]
    consulting.settle(consultation=question, by=cast.caseworker, followed=True)
    assert submitting.submit(deviation=second, by=cast.caseworker).state == "agreed"


def test_the_live_answer_sees_that_the_text_is_another_one(cast, draft, space, advised, as_user):
    space(deciding_slider=2)
    deviation = draft()
    advised(deviation)
    client, url = as_user(cast.caseworker), reverse("deviations:may-i")
    typed = {
        "case": str(deviation.case_id), "draft": str(deviation.pk), "routine": str(deviation.routine_id),
        "kind": "made", "urgency": "normal", "belongs_or_helps": "2", **WORDS,
    }  # fmt: skip
    assert client.post(url, typed).context["covers"]
    assert not client.post(url, typed | {"instead": "Something else."}).context["covers"]
    assert Deviation.objects.get(pk=deviation.pk).instead == WORDS["instead"]


def test_a_ground_that_is_ticked_later_makes_advice_outdated(cast, draft, advised, space):
    space(deciding_slider=2)
    deviation = draft()
    advised(deviation)
    recording.save_draft(deviation=deviation, by=cast.caseworker, fields={"grounds": [GroundFactory(weight="A")]})
    assert submitting.submit(deviation=deviation, by=cast.caseworker).state == "awaiting"


def test_the_queue_and_the_pages_say_what_is_lacking(cast, weighs_b, sent, advised, request_, as_user):
    lacking, complete, light = sent(weighs_b()), sent(weighs_b()), request_()
    advised(complete)
    manager = as_user(cast.manager)
    rows = {row.pk: row for row in manager.get(reverse("deviations:queue")).context["page"].rows}
    assert [bool(rows[each.pk].lacks) for each in (lacking, complete, light)] == [True, False, False]
    for url in (lacking.get_absolute_url(), reverse("deviations:decide", args=[lacking.pk])):
        assert "advies van een collega ontbreekt nog" in manager.get(url).content.decode()


def test_the_manager_enters_what_the_board_decided(cast, weighs_d, sent, as_user):
    request, today = sent(weighs_d()), timezone.localdate()
    lawyer(cast, request)
    manager, url = as_user(cast.manager), reverse("deviations:decide", args=[request.pk])
    assert manager.post(url, {"action": "agree"}).status_code == 422
    late = manager.post(url, {"action": "agree", "board_on": today + timedelta(days=9), "board_reference": "B 1"})
    assert "board_on" in late.context["form"].errors
    assert manager.post(url, {"action": "agree", "board_on": today, "board_reference": "B 1"}).status_code == 303
    assert Decision.objects.get().board_reference == "B 1"


def test_a_light_request_asks_nothing_of_the_board(cast, request_, as_user):
    RoutineFactory()
    answer = as_user(cast.manager).post(reverse("deviations:decide", args=[request_().pk]), {"action": "agree"})
    assert answer.status_code == 303
    assert Decision.objects.get().board_on is None
