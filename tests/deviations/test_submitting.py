"""Sending a deviation in: weighed, complete, and then agreed by a space or put before the manager."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import RoutineUse
from deviations.models import Decision, Deviation, Message
from deviations.services import deciding, recording, submitting
from deviations.services.submitting import Incomplete
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice
from tests.factories import GroundFactory, RoutineFactory

pytestmark = pytest.mark.django_db


def test_a_request_goes_to_the_manager_with_a_deadline(cast, case, request_):
    deviation = request_()
    assert (deviation.state, deviation.weight, deviation.answer) == ("awaiting", "A", "")
    assert deviation.due_at > timezone.now() + timedelta(days=4)
    assert deviation.period == timezone.localdate().year * 100 + timezone.localdate().month
    assert Notice.objects.get(recipient=cast.manager).url == deviation.get_absolute_url()
    assert not Notice.objects.exclude(recipient=cast.manager).exists()


def test_the_case_hears_that_it_is_tailored_and_before_the_manager(case, request_):
    request_()
    case.refresh_from_db()
    assert (case.practice, case.before_manager) == ("tailored", True)
    assert RoutineUse.objects.get(case=case).outcome == "deviated"


@pytest.mark.parametrize(
    ("urgency", "acted_on", "day"),
    [
        ("urgent", None, 21),  # the next working day after Friday 18 September 2026 is Monday
        ("normal", None, 25),
        ("already_done", date(2026, 9, 16), 23),
        ("already_done", None, 25),
    ],
)
def test_deadlines_count_in_working_days_and_from_the_act(urgency, acted_on, day):
    deviation = Deviation(urgency=urgency, acted_on=acted_on)
    due = submitting.due(deviation, datetime(2026, 9, 18, 9, tzinfo=UTC))
    assert timezone.localtime(due).day == day


def test_what_was_already_done_was_done_today_unless_told_otherwise(request_):
    assert request_(urgency="already_done").acted_on == timezone.localdate()
    earlier = timezone.localdate() - timedelta(days=3)
    assert request_(urgency="already_done", acted_on=earlier).acted_on == earlier
    assert request_(urgency="normal", acted_on=earlier).acted_on is None


def test_the_quick_record_is_enough_for_a_work_instruction_and_no_less(cast, draft):
    deviation = draft(why_here="  ", instead="")
    with pytest.raises(Incomplete) as refusal:
        submitting.submit(deviation=deviation, by=cast.caseworker)
    assert refusal.value.fields == ("instead", "why_here")
    deviation.refresh_from_db()
    assert (deviation.state, deviation.period) == ("draft", None)


def test_without_a_routine_nothing_is_sent(cast, draft):
    with pytest.raises(Incomplete) as refusal:
        submitting.submit(deviation=draft(routine=None), by=cast.caseworker)
    assert "routine" in refusal.value.fields


def test_a_policy_rule_also_asks_for_a_ground(cast, draft):
    deviation = draft(routine=RoutineFactory())
    with pytest.raises(Incomplete) as refusal:
        submitting.submit(deviation=deviation, by=cast.caseworker)
    assert refusal.value.fields == ("grounds",)
    deviation.grounds.add(GroundFactory())
    assert submitting.submit(deviation=deviation, by=cast.caseworker).weight == "B"


@pytest.mark.parametrize(("kind", "outcome"), [("considered", "considered"), ("blocked", "followed")])
def test_what_was_not_done_is_recorded_without_an_answer(cast, case, draft, kind, outcome):
    deviation = submitting.submit(deviation=draft(kind=kind, routine=RoutineFactory()), by=cast.caseworker)
    assert (deviation.state, deviation.due_at, deviation.answer) == ("recorded", None, "")
    assert RoutineUse.objects.get(case=case).outcome == outcome
    case.refresh_from_db()
    assert case.practice == "routine"


def test_a_covered_deviation_is_agreed_at_once_by_that_space(cast, draft, space):
    room = space()
    deviation = submitting.submit(deviation=draft(amount_cents=12_500, purpose_served="It helps."), by=cast.caseworker)
    assert (deviation.state, deviation.answer, deviation.space) == ("agreed", "by_space", room)
    assert (deviation.decided_by, deviation.lead_minutes) == (None, 0)
    decision = Decision.objects.get(deviation=deviation)
    assert (decision.space, decision.by, decision.snapshot["space"]) == (room, None, room.number)
    assert len(decision.digest) == 64
    event = Event.objects.about(deviation).first()
    assert (event.verb, event.covered_by) == ("deviation.use_space", room.pk)


@pytest.mark.parametrize(("deciding_slider", "told"), [(1, {"Manager"}), (3, {"Manager", "Colleague"}), (4, set())])
def test_who_is_told_of_a_use_follows_the_slider(cast, draft, space, deciding_slider, told):
    space(deciding_slider=deciding_slider)
    Notice.objects.all().delete()
    submitting.submit(deviation=draft(purpose_served="It helps."), by=cast.caseworker)
    assert {notice.recipient.name for notice in Notice.objects.all()} == told


def test_a_space_of_another_colleague_or_another_team_does_not_cover(cast, draft, space):
    space(people=[cast.colleague])
    deviation = submitting.submit(deviation=draft(purpose_served="It helps."), by=cast.caseworker)
    assert deviation.state == "awaiting"


def test_a_whole_team_can_hold_a_space(cast, draft, space):
    space(people=[], whole_team=True)
    assert submitting.submit(deviation=draft(cast.colleague, purpose_served="It helps."), by=cast.colleague).space


def test_of_two_spaces_the_one_that_covers_is_used(cast, draft, space, routine):
    space(routines=[RoutineFactory()])
    fitting = space()
    deviation = submitting.submit(deviation=draft(purpose_served="It helps."), by=cast.caseworker)
    assert deviation.space == fitting


def test_somebody_else_cannot_send_it_in_and_nobody_twice(cast, draft):
    deviation = draft()
    for person in (cast.colleague, cast.manager, cast.stranger):
        with pytest.raises(Refused):
            submitting.submit(deviation=deviation, by=person)
    submitting.submit(deviation=deviation, by=cast.caseworker)
    with pytest.raises(WrongState):
        submitting.submit(deviation=deviation, by=cast.caseworker)


def test_a_question_must_be_answered_when_sending_in_again(cast, request_):
    deviation = request_()
    deciding.return_with_question(deviation=deviation, by=cast.manager, question="Since when?")
    assert submitting.open_question(deviation).text == "Since when?"
    with pytest.raises(Incomplete) as refusal:
        submitting.submit(deviation=deviation, by=cast.caseworker, reply=" ")
    assert refusal.value.fields == ("reply",)
    submitting.submit(deviation=deviation, by=cast.caseworker, reply="Since June.")
    assert [message.kind for message in Message.objects.all()] == ["question", "answer"]
    assert submitting.open_question(deviation) is None


def test_the_version_of_the_routine_is_the_one_of_the_day_it_is_sent(cast, draft, routine):
    deviation = draft()
    old = routine.version_on()
    old.valid_until = timezone.localdate()
    old.save()
    new = routine.versions.create(
        number=2, prescribes="Two months.", purpose="To know.", source_type="habit", valid_from=timezone.localdate()
    )
    deviation = submitting.submit(deviation=deviation, by=cast.caseworker)
    assert (deviation.routine_version, deviation.source_type) == (new, "habit")


def test_the_answer_counts_what_the_author_wrote_at_that_moment(cast, request_):
    deviation = request_()
    decision = deciding.decide(deviation=deviation, action=submitting.Action.AGREE, by=cast.manager)
    assert decision.snapshot["why_here"] == deviation.why_here
    assert decision.snapshot.keys() >= recording.WRITTEN
