"""A deviation travels through the services and arrives in the figures."""

from datetime import date

import pytest
import time_machine

from cases.models import RoutineUse
from deviations.services import deciding, evaluating, recording, submitting, withdrawing
from deviations.workflow import Action
from learning.models import Cube, CubeUse
from learning.services import recounting, refreshing, rolling_up
from organisation.models import Membership
from tests.factories import CaseFactory, RoutineFactory

pytestmark = pytest.mark.django_db
WORDS = {"if_followed": "It waits for weeks.", "instead": "We look together.", "why_here": "The account is blocked."}
BEFORE, AFTER = "2026-10-31T22:30:00Z", "2026-10-31T23:30:00Z"  # half past eleven, and half past midnight here


@pytest.fixture
def routine(cast):
    Membership.objects.update(since=date(2020, 1, 1))
    return RoutineFactory(version__source_type="work_instruction", version__valid_from=date(2020, 1, 1))


@pytest.fixture
def submitted(cast, routine):
    """`submitted()` is a request of the caseworker, as the page makes it."""

    def submit(**fields):
        rolling_up.roll_up_all()
        case = CaseFactory(team=cast.income, handler=cast.caseworker)
        draft = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS, **fields})
        return submitting.submit(deviation=draft, by=cast.caseworker)

    return submit


def figures() -> list[tuple]:
    """What the cube says after the logbook was followed; it is always what a recount says."""
    refreshing.follow_the_logbook()
    assert recounting.verify().differences == ()
    return sorted(Cube.objects.current().values_list("period", "answer", "outcome", "deviations"))


@pytest.mark.parametrize(("moment", "month"), [(BEFORE, 202610), (AFTER, 202611)])
def test_the_month_is_that_of_amsterdam(submitted, moment, month):
    with time_machine.travel(moment):
        submitted()
        assert figures() == [(month, "", "", 1)]


def test_an_answer_and_what_became_of_it_move_it_to_another_cell(cast, submitted):
    with time_machine.travel("2026-10-08T09:00:00Z") as clock:
        deviation = submitted()
        clock.shift(3 * 3600)
        deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
        assert figures() == [(202610, "agreed", "", 1)]
        assert Cube.objects.get().lead_minutes == 180
        clock.shift(40 * 86400)
        evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="yes")
        assert figures() == [(202610, "agreed", "yes", 1)]


def test_what_is_withdrawn_leaves_the_figures_and_its_use_stays(cast, submitted):
    deviation = submitted()
    assert len(figures()) == 1
    withdrawing.withdraw(deviation=deviation, by=cast.caseworker)
    assert figures() == []
    assert CubeUse.objects.current().count() == RoutineUse.objects.count() == 1
