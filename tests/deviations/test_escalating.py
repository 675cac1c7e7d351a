"""When no answer comes: reminders, passing on, who sees and answers what then, and silence that both sides see."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import Case
from deviations.models import Decision, Deviation, Rung
from deviations.services import deciding, escalating, submitting, withdrawing
from deviations.tasks import watch_deadlines
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice, User
from tests.factories import CaseFactory, DeputisingFactory, MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db

LATE, LATER, LATEST = timedelta(minutes=1), timedelta(days=6), timedelta(days=12)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def chief(cast) -> User:
    """The manager's manager."""
    above = TeamFactory(name="Directie")
    cast.income.escalates_to = above
    cast.income.save()
    return MembershipFactory(team=above, role="manager").user


@pytest.fixture
def backed(cast):
    """The manager of the other team is the fixed deputy of this one."""
    cast.income.deputy = cast.othermanager
    cast.income.save()
    return cast.othermanager


def told(verb: str) -> set[User]:
    return {notice.recipient for notice in Notice.objects.filter(event__verb=verb)}


def watch(deviation: Deviation, after: timedelta) -> int:
    return escalating.watch_deadlines(now=deviation.due_at + after)


def agree(deviation: Deviation, by: User) -> Decision:
    return deciding.decide(deviation=deviation, action=Action.AGREE, by=fresh(by))


def test_the_manager_is_reminded_half_way_and_the_day_before_each_once(cast, request_):
    waiting = request_()
    for _time in range(3):
        escalating.watch_deadlines(now=waiting.due_at - LATE)
    assert list(Rung.objects.values_list("kind", flat=True)) == ["halfway", "eve"]
    assert Notice.objects.filter(event__verb="deviation.remind").count() == 2
    assert told("deviation.remind") == {cast.manager}


def test_a_late_request_goes_to_the_deputy_and_then_further_up(cast, request_, backed, chief):
    waiting = request_()
    assert watch(waiting, LATE) == 0
    assert waiting not in Deviation.objects.visible_to(fresh(backed))
    assert watch(waiting, LATEST) == 2
    assert watch(waiting, LATEST) == 0
    assert told("deviation.pass_on") == {backed, chief, cast.caseworker}
    names = dict(Rung.objects.filter(kind__in=["deputy", "superior"]).values_list("kind", "names"))
    assert names == {"deputy": backed.name, "superior": chief.name}
    for person in (backed, chief):
        assert waiting in Deviation.objects.visible_to(fresh(person))
        assert waiting in Deviation.objects.awaiting_answer_of(fresh(person))
        assert not Case.objects.visible_to(fresh(person)).exists()


def test_without_a_deputy_it_goes_further_up_at_once(request_, chief):
    waiting = request_()
    with time_machine.travel(waiting.due_at + timedelta(days=4)):
        escalating.watch_deadlines()
    waiting.refresh_from_db()
    assert waiting.passed_on == 2
    assert agree(waiting, chief).role == "superior"


def test_when_nobody_is_left_the_administrator_hears_it_once(cast, request_):
    waiting = request_()
    for after in (LATER, LATEST, LATEST):
        watch(waiting, after)
    notice = Notice.objects.get(event__verb="deviation.nobody")
    assert (notice.recipient, notice.url) == (cast.admin, cast.income.get_absolute_url())
    assert not Deviation.objects.visible_to(cast.admin).exists()


def test_an_answer_stops_the_ladder(cast, request_, backed):
    waiting = request_()
    agree(waiting, cast.manager)
    assert escalating.watch_deadlines(now=waiting.due_at + LATEST) == 0


def test_what_comes_again_has_a_ladder_of_its_own(cast, request_, backed):
    waiting = request_()
    watch(waiting, LATER)
    taken = withdrawing.take_back(deviation=waiting, by=cast.caseworker)
    assert taken.passed_on == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        again = submitting.submit(deviation=taken, by=fresh(cast.caseworker))
    assert again not in Deviation.objects.visible_to(fresh(backed))
    watch(again, LATER)
    assert Rung.objects.filter(kind="deputy").count() == 2


def test_a_step_that_another_worker_took_meanwhile_is_not_taken_again(request_, backed):
    waiting = request_()
    moment = waiting.due_at + LATER
    assert escalating._step(waiting.pk, escalating.Kind.DEPUTY, moment) == 1
    assert escalating._step(waiting.pk, escalating.Kind.DEPUTY, moment) == 0
    assert escalating._step(waiting.pk, escalating.Kind.HALFWAY, moment) == 0


def test_the_clock_does_it(request_, backed):
    waiting = request_()
    errand = Errand.put(task="deviations.tasks.watch_deadlines")
    with time_machine.travel(waiting.due_at + LATER):
        watch_deadlines(str(errand.pk))
        watch_deadlines(str(errand.pk))
    assert Event.objects.filter(verb="deviation.pass_on").count() == 1


def test_a_deputy_answers_on_behalf_of_who_is_away_and_that_is_kept(cast, request_):
    waiting, elsewhere = request_(), CaseFactory(team=cast.income, handler=cast.caseworker)
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    deputy = fresh(cast.othermanager)
    assert waiting in Deviation.objects.awaiting_answer_of(deputy)
    assert list(Case.objects.visible_to(deputy)) == [waiting.case]
    assert elsewhere not in Case.objects.listed_for(deputy)
    decision = agree(waiting, deputy)
    assert (decision.role, decision.on_behalf_of, decision.by) == ("deputy", cast.manager, deputy)


def test_a_deputy_is_told_of_what_comes_in_and_sees_nothing_the_moment_it_ends(cast, request_):
    standing_in = DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    waiting, answered = request_(), request_()
    assert told("deviation.submit") == {cast.manager, cast.othermanager}
    agree(answered, cast.othermanager)
    assert answered in Deviation.objects.visible_to(fresh(cast.othermanager))
    standing_in.until = timezone.localdate()
    standing_in.save()
    assert not Deviation.objects.visible_to(fresh(cast.othermanager)).exists()
    assert not Case.objects.visible_to(fresh(cast.othermanager)).exists()
    with pytest.raises(Refused):
        agree(waiting, cast.othermanager)


def test_a_deputy_does_not_answer_their_own_request(cast, case, request_):
    MembershipFactory(user=cast.othermanager, team=cast.income, role="caseworker")
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    own = request_(by=fresh(cast.othermanager))
    assert own not in Deviation.objects.awaiting_answer_of(fresh(cast.othermanager))
    with pytest.raises(Refused):
        agree(own, cast.othermanager)


@pytest.fixture
def own_request(cast, request_):
    """`own_request()` is a request of the manager, who also does casework."""
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    return lambda: request_(by=fresh(cast.manager))


def test_a_manager_turns_to_a_fellow_manager_first(cast, own_request, backed, chief):
    fellow = MembershipFactory(team=cast.income, role="manager").user
    waiting = own_request()
    assert (waiting.passed_on, told("deviation.submit")) == (0, {fellow})


def test_then_to_the_deputy_of_these_days_then_the_fixed_one_then_further_up(cast, own_request, backed, chief):
    waiting = own_request()
    assert (waiting.passed_on, told("deviation.submit")) == (1, {backed})
    assert agree(waiting, backed).role == "deputy"
    cast.income.deputy = None
    cast.income.save()
    waiting = own_request()
    assert waiting.passed_on == 2
    assert agree(waiting, chief).role == "superior"
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    waiting = own_request()
    assert waiting.passed_on == 0
    decision = agree(waiting, cast.othermanager)
    assert (decision.role, decision.on_behalf_of) == ("deputy", None)  # nobody answers themselves through a deputy


def test_when_nobody_can_answer_the_author_and_the_administrator_know_at_once(cast, as_user, own_request):
    waiting = own_request()
    assert told("deviation.nobody") == {cast.admin}
    assert "beheerder" in as_user(cast.manager).get(waiting.get_absolute_url()).content.decode()
    assert escalating.watch_deadlines(now=waiting.due_at + LATEST) > 0
    assert Notice.objects.filter(event__verb="deviation.nobody").count() == 1


def test_both_sides_see_that_it_is_late_and_with_whom_it_is(cast, as_user, request_, backed):
    waiting = request_()
    watch(waiting, LATER)
    with time_machine.travel(waiting.due_at + LATER):
        page = as_user(cast.caseworker).get(waiting.get_absolute_url()).content.decode()
        work = as_user(cast.caseworker).get("/deviations/needs-me/").content.decode()
        queue = as_user(backed).get("/queue/").content.decode()
        answer = as_user(backed).get(f"/deviations/{waiting.pk}/decide/").content.decode()
    assert "Doorgestuurd naar Othermanager" in page
    assert "Nog geen antwoord" in page
    assert "Nog geen antwoord" in work
    assert waiting.number in queue
    assert "Bij de vervanger" in queue
    assert "niemand van team Inkomen" in answer
