"""Objecting to the use of a space: until a moment, once, with the money back, and answered by the manager after all."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from deviations.models import Decision, Deviation, Objection, SpaceBudget
from deviations.services import deciding, evaluating, objecting, submitting
from deviations.workflow import Action
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice, User
from tests.factories import DeputisingFactory, MembershipFactory

pytestmark = pytest.mark.django_db

WHY = "Dit hoort bij de andere regeling."


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def used(cast, space, draft):
    """`used()` is what a space agreed to, with the manager informed and a month of money."""
    space(deciding_slider=1, sight_slider=3, means_slider=2, cents_per_month=50_000)
    return lambda: submitting.submit(deviation=draft(amount_cents=10_000), by=fresh(cast.caseworker))


def object_to(deviation: Deviation, by: User, reasons: str = WHY) -> Objection:
    return objecting.object_to(deviation=deviation, by=fresh(by), reasons=reasons)


def test_a_use_is_agreed_at_once_and_open_to_objection_until_the_end_of_the_next_working_day(cast, used):
    with time_machine.travel("2030-11-22 10:00:00+00:00"):  # a Friday
        deviation = used()
        decision = Decision.objects.get()
        assert (deviation.state, decision.objection_until.isoformat()) == ("agreed", "2030-11-25T22:59:59+00:00")
        assert list(objecting.to_look_at(fresh(cast.manager))) == [deviation]
    assert Notice.objects.get(event__verb="deviation.use_space").recipient == cast.manager


def test_where_the_sliders_stood_is_kept_with_the_decision(used):
    used()
    decision = Decision.objects.get()
    sliders = {"purpose": 4, "rules": 3, "means": 2, "deciding": 1, "sight": 3}
    assert (decision.sight, decision.snapshot["sliders"]) == (3, sliders)


def test_an_objection_voids_the_decision_gives_the_money_back_once_and_asks_for_an_answer(cast, used):
    deviation = used()
    assert SpaceBudget.objects.get().spent_cents == 10_000
    objection = object_to(deviation, cast.manager)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.answer, deviation.space, deviation.decided_at) == ("awaiting", "", None, None)
    assert deviation.due_at > timezone.now()
    assert objection.decision.voided_at
    assert SpaceBudget.objects.get().spent_cents == 0
    assert {notice.recipient for notice in Notice.objects.filter(event__verb="deviation.object")} == {cast.caseworker}
    with pytest.raises(WrongState):
        object_to(deviation, cast.manager)
    assert SpaceBudget.objects.get().spent_cents == 0
    assert deciding.decide(deviation=deviation, action=Action.AGREE, by=fresh(cast.manager)).role == "manager"


def test_after_the_moment_it_is_refused_with_the_reason(cast, used):
    deviation = used()
    with time_machine.travel(Decision.objects.get().objection_until + timedelta(seconds=1)):
        assert not objecting.to_look_at(fresh(cast.manager)).exists()
        with pytest.raises(WrongState, match="voorbij|passed"):
            object_to(deviation, cast.manager)
    deviation.refresh_from_db()
    assert deviation.state == "agreed"


@pytest.mark.parametrize("who", ["caseworker", "colleague", "othermanager", "policy", "admin"])
def test_nobody_else_objects(cast, used, who):
    deviation = used()
    with pytest.raises(Refused):
        object_to(deviation, getattr(cast, who))


def test_a_deputy_objects_and_sees_it_only_as_long_as_they_stand_in(cast, used):
    standing_in = DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    deviation = used()
    assert deviation in Deviation.objects.visible_to(fresh(cast.othermanager))
    assert object_to(deviation, cast.othermanager).role == "deputy"
    standing_in.until = timezone.localdate()
    standing_in.save()
    assert not Deviation.objects.visible_to(fresh(cast.othermanager)).exists()


def test_an_objection_has_reasons(cast, used):
    with pytest.raises(Refused):
        object_to(used(), cast.manager, reasons="  ")


def test_there_is_nothing_to_object_to_in_an_answer_of_a_person_or_a_freer_space(cast, space, draft, request_):
    answered = request_()
    deciding.decide(deviation=answered, action=Action.AGREE, by=fresh(cast.manager))
    space(deciding_slider=4)
    free = submitting.submit(deviation=draft(), by=fresh(cast.caseworker))
    assert not objecting.to_look_at(fresh(cast.manager)).exists()
    for deviation in (answered, free):
        with pytest.raises(WrongState):
            object_to(deviation, cast.manager)


def test_what_was_looked_back_on_is_settled(cast, used):
    deviation = used()
    evaluating.evaluate(deviation=deviation, by=cast.caseworker, helped="yes")
    with pytest.raises(WrongState):
        object_to(deviation, cast.manager)


def test_after_an_objection_no_space_agrees_again_behind_the_back_of_the_manager(cast, used):
    deviation = used()
    object_to(deviation, cast.manager)
    deciding.return_with_question(deviation=deviation, by=fresh(cast.manager), question="Why?")
    again = submitting.submit(deviation=deviation, by=fresh(cast.caseworker), reply="Because.")
    assert (again.state, again.space) == ("awaiting", None)
    assert SpaceBudget.objects.get().spent_cents == 0


def test_where_nobody_can_object_the_request_is_put_before_somebody(cast, space, draft):
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    giver = MembershipFactory(team=cast.income, role="manager").user
    space(people=[fresh(cast.manager)], by=giver, deciding_slider=1)
    covered = submitting.submit(deviation=draft(fresh(cast.manager)), by=fresh(cast.manager))
    assert covered.state == "agreed"
    giver.memberships.update(until=timezone.localdate())
    alone = submitting.submit(deviation=draft(fresh(cast.manager)), by=fresh(cast.manager))
    assert (alone.state, alone.space) == ("awaiting", None)


def test_the_manager_finds_it_in_the_queue_and_objects_on_the_page(cast, as_user, used):
    deviation = used()
    manager, page = as_user(cast.manager), deviation.get_absolute_url()
    for address in ("/queue/", "/queue/waiting/"):
        queue = manager.get(address).content.decode()
        assert "Bezwaar kan tot" in queue
        assert deviation.number in queue
    assert "Bezwaar maken" in manager.get(page).content.decode()
    assert manager.post(page + "object/", {"reasons": ""}).status_code == 409
    assert manager.post(page + "object/", {"reasons": "BSN 111222333"}).status_code == 422
    assert as_user(cast.caseworker).post(page + "object/", {"reasons": WHY}).status_code == 409
    assert as_user(cast.stranger).post(page + "object/", {"reasons": WHY}).status_code == 404
    assert manager.post(page + "object/", {"reasons": WHY}).status_code == 303
    for reader in (cast.caseworker, cast.manager):
        text = as_user(reader).get(page).content.decode()
        assert "Manager maakte op" in text
        assert WHY in text
    shown = as_user(cast.caseworker).get(Decision.objects.get().get_absolute_url()).content.decode()
    assert "bezwaar" in shown
    assert Event.objects.about(deviation).first().verb == "deviation.object"
