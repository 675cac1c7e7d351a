"""The life of a case: on hold, closed, reopened, handed over; and what a deviation does to it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Case
from cases.services import closing, handing_over, holding, steering
from cases.workflow import MOVES, Action, State, next_state
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Membership, Notice, User
from tests.factories import CaseFactory, RoutineFactory

pytestmark = pytest.mark.django_db

MAY_MOVE = {
    ("open", Action.HOLD): "on_hold",
    ("on_hold", Action.RESUME): "open",
    ("open", Action.CLOSE): "closed",
    ("on_hold", Action.CLOSE): "closed",
    ("closed", Action.REOPEN): "open",
}


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def seat(person, team) -> Membership:
    return Membership.objects.get(user=person, team=team)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", MOVES)
def test_the_table_of_moves(state, action):
    if (state, action) in MAY_MOVE:
        assert next_state(state, action) == MAY_MOVE[state, action]
    else:
        with pytest.raises(WrongState):
            next_state(state, action)


def test_hold_and_resume_say_why(cast, case):
    assert holding.hold(case=case, by=cast.colleague, reason="Waits for the landlord").state == "on_hold"
    assert Event.objects.about(case).get().remark == "Waits for the landlord"
    with pytest.raises(WrongState):
        holding.hold(case=case, by=cast.colleague, reason="Again")
    assert holding.resume(case=case, by=cast.caseworker).state == "open"


def test_a_case_closes_with_its_result_and_opens_again_without(cast, case):
    closed = closing.close(case=case, by=cast.caseworker, result="partly", remark="Half")
    assert (closed.state, closed.result, closed.closing_remark) == ("closed", "partly", "Half")
    again = closing.reopen(case=case, by=cast.colleague, reason="Came back")
    assert (again.state, again.result, again.closed_at, again.closing_remark) == ("open", "", None, "")
    assert case.history.filter(result="partly").exists()
    assert Event.objects.about(case).first().before == "partly"


def test_the_database_refuses_a_closed_case_without_a_result(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())


@pytest.mark.parametrize("who", ["stranger", "manager", "policy"])
def test_nobody_else_moves_it(cast, case, who):
    Case.objects.filter(pk=case.pk).update(before_manager=True)
    person = getattr(cast, who)
    for act in (
        lambda: holding.hold(case=case, by=person, reason="x"),
        lambda: closing.close(case=case, by=person, result="not"),
        lambda: handing_over.hand_over(case=case, by=person, to=seat(cast.colleague, cast.income), reason="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_the_new_handler_is_told_and_another_team_takes_it_over(cast, case):
    handing_over.hand_over(case=case, by=cast.caseworker, to=seat(cast.stranger, cast.youth), reason="Moved")
    case.refresh_from_db()
    assert (case.handler, case.team, case.version) == (cast.stranger, cast.youth, 2)
    assert Notice.objects.get().recipient == cast.stranger
    assert not Case.objects.visible_to(cast.colleague).exists()
    event = Event.objects.about(case).get()
    assert (event.before, event.after, event.remark) == ("Caseworker, Inkomen", "Stranger, Jeugd", "Moved")


def test_it_is_handed_only_to_a_caseworker_of_that_team_today(cast, case):
    gone = seat(cast.colleague, cast.income)
    gone.until = timezone.localdate()
    gone.save()
    for membership in (gone, seat(cast.manager, cast.income), seat(cast.caseworker, cast.income)):
        with pytest.raises(Refused):
            handing_over.hand_over(case=case, by=cast.caseworker, to=membership, reason="x")


def test_who_leads_the_team_hands_over_what_somebody_left_behind(cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker, confidentiality="named")
    to = seat(cast.colleague, cast.income)
    with pytest.raises(Refused):
        handing_over.hand_over(case=case, by=cast.manager, to=to, reason="x")
    User.objects.filter(pk=cast.caseworker.pk).update(is_active=False, left_at=timezone.now())
    with pytest.raises(Refused):
        handing_over.hand_over(case=case, by=cast.othermanager, to=to, reason="x")
    handing_over.hand_over(case=case, by=cast.manager, to=to, reason="Left")
    assert Case.objects.get(pk=case.pk).handler == cast.colleague
    assert not Case.objects.visible_to(cast.manager).exists()


def test_a_deviation_makes_the_case_tailored_once_and_shows_it_to_the_manager(cast, case):
    for _time in range(2):
        steering.mark_tailored(case=case, by=cast.caseworker, remark="A-1")
        steering.put_before_manager(case=case, by=cast.caseworker, remark="A-1")
    case.refresh_from_db()
    assert (case.practice, case.before_manager) == ("tailored", True)
    assert Event.objects.about(case).filter(verb="case.tailored").count() == 1
    assert Event.objects.about(case).filter(verb="case.put_before_manager").count() == 2
    assert Case.objects.visible_to(cast.manager).get() == case


def test_the_outcome_of_a_routine_is_set_and_a_routine_not_noted_yet_counts(cast, case):
    version = RoutineFactory().version_on()
    for _time in range(2):
        use = steering.set_use_outcome(case=case, routine_version=version, outcome="deviated", by=cast.caseworker)
    assert case.routine_uses.get() == use
    assert use.outcome == "deviated"
    assert use.look == "made"
    verbs = list(Event.objects.about(use).order_by("at", "pk").values_list("verb", flat=True))
    assert verbs == ["routine.applied", "routine.outcome_set"]
