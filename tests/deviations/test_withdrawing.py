"""Taking back, withdrawing, and looking back."""

import pytest

from cases.models import RoutineUse
from deviations.models import Evaluation
from deviations.services import deciding, evaluating, submitting, withdrawing
from deviations.workflow import Action
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice

pytestmark = pytest.mark.django_db


def test_the_author_takes_a_request_back_to_change_it(cast, case, request_):
    deviation = withdrawing.take_back(deviation=request_(), by=cast.caseworker)
    assert (deviation.state, deviation.period, deviation.due_at) == ("draft", None, None)
    assert RoutineUse.objects.get(case=case).outcome == "followed"


def test_a_withdrawn_request_is_in_no_figure_and_the_manager_hears_it(cast, request_):
    deviation = request_()
    Notice.objects.all().delete()
    deviation = withdrawing.withdraw(deviation=deviation, by=cast.caseworker, reasons="Not needed any more.")
    assert (deviation.state, deviation.period) == ("withdrawn", None)
    assert Notice.objects.get().recipient == cast.manager
    assert Event.objects.about(deviation).first().remark == "Not needed any more."


def test_a_discarded_draft_leaves_the_case_alone_and_tells_nobody(cast, case, draft):
    withdrawing.withdraw(deviation=draft(), by=cast.caseworker)
    assert not RoutineUse.objects.exists()
    assert not Notice.objects.exists()


def test_nobody_else_pulls_it_back(cast, request_):
    deviation = request_()
    for person in (cast.colleague, cast.manager, cast.stranger, cast.admin):
        for pull in (withdrawing.take_back, withdrawing.withdraw):
            with pytest.raises(Refused):
                pull(deviation=deviation, by=person)


def test_what_a_space_agreed_to_is_not_withdrawn(cast, draft, space):
    space()
    deviation = submitting.submit(deviation=draft(purpose_served="It helps."), by=cast.caseworker)
    with pytest.raises(WrongState):
        withdrawing.withdraw(deviation=deviation, by=cast.caseworker)


def test_looking_back_says_whether_it_helped(cast, request_):
    deviation = request_()
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    evaluating.evaluate(
        deviation=deviation, by=cast.caseworker, helped="partly", real_cents=9_000, structural="structural"
    )
    deviation.refresh_from_db()
    assert (deviation.state, deviation.outcome, deviation.structural) == ("evaluated", "partly", "structural")
    assert Evaluation.objects.get().real_cents == 9_000
    assert Notice.objects.filter(recipient=cast.manager).count() == 2


def test_looking_back_on_what_a_space_agreed_to_tells_nobody_in_particular(cast, draft, space):
    space()
    deviation = submitting.submit(deviation=draft(purpose_served="It helps."), by=cast.caseworker)
    Notice.objects.all().delete()
    evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="yes")
    assert not Notice.objects.exists()


def test_one_looks_back_once_and_only_on_what_was_agreed(cast, request_):
    deviation = request_()
    with pytest.raises(WrongState):
        evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="yes")
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    with pytest.raises(Refused):
        evaluating.evaluate(deviation=deviation, by=cast.colleague, helped="yes")
    evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="yes")
    with pytest.raises(WrongState):
        evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="no")
