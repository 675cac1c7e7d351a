"""Changing what was decided on: the decision no longer counts, the money is back, and the manager hears it."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import RoutineUse
from deviations import decided
from deviations.conversation import thread
from deviations.models import Decision, Deviation, SpaceBudget, Spending
from deviations.services import deciding, evaluating, freezing, revising, submitting, withdrawing
from deviations.services.recording import CHANGED_MEANWHILE
from deviations.services.revising import NOTHING_CHANGED, Unconfirmed
from deviations.workflow import Action
from learning.services import recounting, refreshing, rolling_up
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice
from tests.databases import guards_down
from tests.factories import CauseFactory, GroundFactory, RoutineFactory

pytestmark = pytest.mark.django_db

OTHER = {"instead": "We visit this household at home."}
MONEY = {"means_slider": 3, "cents_per_deviation": 10_000, "cents_per_month": 15_000, "cents_per_period": 30_000}


@pytest.fixture
def agreed(cast, request_):
    """`agreed(action, …)` is a request of the caseworker that the manager answered."""

    def make(action=Action.AGREE, **fields) -> Deviation:
        deviation = request_(**fields)
        words = {"reasons": "It has to.", "conditions": "Write it down."}
        deciding.decide(deviation=deviation, action=action, by=cast.manager, **words)
        return Deviation.objects.get(pk=deviation.pk)

    return make


@pytest.fixture
def by_space(cast, draft, space):
    """A deviation of € 40 that a space agreed to."""
    other = RoutineFactory(version__source_type="habit")
    space(routines=[other], **MONEY)
    return submitting.submit(deviation=draft(routine=other, amount_cents=4_000), by=cast.caseworker)


def change(deviation, by, fields=OTHER, **words) -> Deviation:
    """Change it, and say yes to what differs."""
    try:
        return revising.revise(deviation=deviation, by=by, fields=fields, **words)
    except Unconfirmed as asked:
        return revising.revise(deviation=deviation, by=by, fields=fields, confirmed=asked.token, **words)


@pytest.mark.parametrize("action", [Action.AGREE, Action.AGREE_WITH_CONDITIONS])
def test_another_text_voids_the_decision_and_makes_it_a_draft(cast, case, agreed, action):
    deviation = agreed(action)
    decision = Decision.objects.get()
    changed = change(deviation, cast.caseworker, reasons="It did not work by phone.")
    changed.refresh_from_db()
    assert (changed.state, changed.answer, changed.period, changed.submitted_at) == ("draft", "", None, None)
    assert (changed.decided_at, changed.decided_by, changed.lead_minutes) == (None, None, None)
    assert changed.instead == OTHER["instead"]
    answer, frozen = decision.answer, decision.snapshot
    decision.refresh_from_db()
    assert decision.voided_at
    assert (decision.answer, decision.snapshot) == (answer, frozen)
    assert RoutineUse.objects.get(case=case).outcome == "followed"
    line = Event.objects.about(deviation).first()
    assert (line.verb, line.before, line.after) == ("deviation.revise", deviation.state, "draft")
    assert line.remark == "It did not work by phone."


def test_nothing_is_voided_before_somebody_saw_what_differs_and_said_yes(cast, agreed):
    deviation = agreed()
    with pytest.raises(Unconfirmed) as asked:
        revising.revise(deviation=deviation, by=cast.caseworker, fields=OTHER)
    names = [each.name for each in decided.differences(asked.value.before, asked.value.after)]
    assert names == ["instead"]
    yet_another = {"instead": "We write a letter."}
    with pytest.raises(Unconfirmed):
        revising.revise(deviation=deviation, by=cast.caseworker, fields=yet_another, confirmed=asked.value.token)
    deviation.refresh_from_db()
    assert (deviation.state, Decision.objects.final().count()) == ("agreed", 1)


def test_what_only_adds_leaves_the_decision_alone(cast, agreed):
    deviation, cause = agreed(), CauseFactory()
    fields = {"routine": deviation.routine, "instead": deviation.instead, "causes": [cause], "structural": "structural"}
    revising.revise(deviation=deviation, by=cast.caseworker, fields=fields)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.structural, list(deviation.causes.all())) == ("agreed", "structural", [cause])
    assert Decision.objects.final().count() == 1
    assert Event.objects.about(deviation).first().verb == "deviation.add"


def test_adding_keeps_the_version_of_the_routine_that_was_decided_on(cast, agreed):
    deviation = agreed()
    old = deviation.routine_version
    old.valid_until = old.valid_from
    old.save()
    fields = {"routine": deviation.routine, "structural": "incident"}
    revising.revise(deviation=deviation, by=cast.caseworker, fields=fields)
    deviation.refresh_from_db()
    assert deviation.routine_version == old


def test_no_change_at_all_is_refused(cast, agreed):
    deviation = agreed()
    with pytest.raises(Refused, match=str(NOTHING_CHANGED)):
        revising.revise(deviation=deviation, by=cast.caseworker, fields={"instead": f" {deviation.instead}\r\n"})


def test_another_routine_gives_the_old_one_back_to_the_case(cast, case, agreed):
    deviation, other = agreed(), RoutineFactory(version__source_type="habit")
    old = deviation.routine_version
    change(deviation, cast.caseworker, {"routine": other})
    assert RoutineUse.objects.get(case=case, routine_version=old).outcome == "followed"
    submitting.submit(deviation=deviation, by=cast.caseworker)
    assert RoutineUse.objects.get(case=case, routine_version__routine=other).outcome == "deviated"


def test_the_money_goes_back_once_and_is_taken_again_with_the_next_use(cast, by_space):
    assert by_space.state == "agreed"
    changed = change(by_space, cast.caseworker, {"amount_cents": 6_000})
    assert set(SpaceBudget.objects.values_list("spent_cents", flat=True)) == {0}
    changed = submitting.submit(deviation=changed, by=cast.caseworker)
    assert (changed.state, changed.answer) == ("agreed", "by_space")
    assert set(SpaceBudget.objects.values_list("spent_cents", flat=True)) == {6_000}
    taken = {spending.cents: spending.returned_at is None for spending in Spending.objects.all()}
    assert taken == {4_000: False, 6_000: True}


def test_the_manager_hears_it_and_reads_what_was_decided_on_meanwhile(cast, agreed, by_space):
    for deviation in (agreed(), by_space):
        Notice.objects.all().delete()
        change(deviation, cast.caseworker)
        decision = Decision.objects.voided().get(deviation=deviation)
        notice = Notice.objects.get()
        assert (notice.recipient, notice.url) == (cast.manager, decision.get_absolute_url())
        assert not Deviation.objects.visible_to(cast.manager).filter(pk=deviation.pk).exists()
        for reader in (cast.manager, cast.colleague, cast.caseworker):
            assert Decision.objects.visible_to(reader).filter(pk=decision.pk).exists()
        for stranger in (cast.stranger, cast.othermanager, cast.policy, cast.admin):
            assert not Decision.objects.visible_to(stranger).filter(pk=decision.pk).exists()


def test_sent_in_again_there_is_one_decision_that_counts(cast, agreed):
    deviation = agreed(Action.AGREE_WITH_CONDITIONS)
    change(deviation, cast.caseworker, reasons="It did not work.")
    changed = submitting.submit(deviation=deviation, by=cast.caseworker)
    deciding.decide(deviation=changed, action=Action.AGREE, by=cast.manager)
    answers = [(decision.answer, decision.voided_at is None) for decision in Decision.objects.order_by("at")]
    assert answers == [("agreed_with_conditions", False), ("agreed", True)]
    (earlier,) = decided.earlier(changed)
    assert [each.name for each in earlier.differences] == ["instead"]
    assert (earlier.reasons, earlier.is_refusal) == ("It did not work.", False)


def test_after_a_refusal_another_text_is_a_new_request_and_the_refusal_stays(cast, case, agreed):
    cause, ground = CauseFactory(), GroundFactory(weight="A")
    refused = agreed(Action.REFUSE, amount_cents=500, grounds=[ground], causes=[cause], value_one="Speed")
    rolling_up.roll_up_all()
    again = revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER, reasons="Cheaper now.")
    refused.refresh_from_db()
    assert (refused.state, refused.answer, refused.period is None) == ("refused", "refused", False)
    assert Decision.objects.final().count() == 1
    assert (again.state, again.case, again.amount_cents, again.instead) == ("draft", case, 500, OTHER["instead"])
    assert again.number != refused.number
    assert [list(again.grounds.all()), list(again.causes.all())] == [[ground], [cause]]
    (earlier,) = decided.earlier(again)
    assert (earlier.is_refusal, earlier.reasons) == (True, "Cheaper now.")
    assert [each.name for each in earlier.differences] == ["instead"]
    assert Event.objects.about(refused).first().after == again.number
    submitting.submit(deviation=again, by=cast.caseworker)
    deciding.decide(deviation=again, action=Action.AGREE, by=cast.manager)
    refreshing.follow_the_logbook()
    assert not recounting.verify().differences
    assert sorted(Deviation.objects.counted().values_list("answer", flat=True)) == ["agreed", "refused"]


def test_it_is_all_in_one_thread(cast, agreed):
    deviation = agreed(Action.AGREE_WITH_CONDITIONS)
    decision = Decision.objects.get()
    change(deviation, cast.caseworker, reasons="It did not work.")
    lines = [(line.text, bool(line.remark), line.url) for line in thread(deviation, cast.caseworker)]
    said = "Write it down.\n\nIt has to."
    assert lines == [(said, True, decision.get_absolute_url()), ("It did not work.", False, "")]
    refused = agreed(Action.REFUSE)
    revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER, reasons="Cheaper now.")
    assert thread(refused, cast.caseworker)[-1].text == "Cheaper now."


def test_a_space_does_not_overrule_a_refusal(cast, agreed, space, draft):
    refused = agreed(Action.REFUSE)
    space()
    assert submitting.submit(deviation=draft(), by=cast.caseworker).answer == "by_space"
    again = revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER)
    assert submitting.submit(deviation=again, by=cast.caseworker).state == "awaiting"


def test_one_asks_again_with_another_text_and_one_request_at_a_time(cast, agreed):
    refused = agreed(Action.REFUSE)
    with pytest.raises(Refused, match=str(NOTHING_CHANGED)):
        revising.ask_again(deviation=refused, by=cast.caseworker, fields={"structural": "structural"})
    again = revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER)
    with pytest.raises(Refused, match=again.number):
        revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER)
    withdrawing.withdraw(deviation=again, by=cast.caseworker)
    third = revising.ask_again(deviation=refused, by=cast.caseworker, fields=OTHER)
    assert decided.asked_again(refused, cast.caseworker) == third
    assert decided.asked_again(refused, cast.manager) is None
    for person in (cast.colleague, cast.manager, cast.stranger):
        with pytest.raises(Refused):
            revising.ask_again(deviation=refused, by=person, fields=OTHER)


def test_only_what_was_refused_is_asked_again(cast, agreed, request_):
    for deviation in (agreed(), request_()):
        with pytest.raises(WrongState):
            revising.ask_again(deviation=deviation, by=cast.caseworker, fields=OTHER)


def test_the_figures_follow(cast, agreed, by_space):
    deviation = agreed()
    rolling_up.roll_up_all()
    for thing in (deviation, by_space):
        change(thing, cast.caseworker)
        refreshing.follow_the_logbook()
        assert not recounting.verify().differences
    submitting.submit(deviation=Deviation.objects.get(pk=deviation.pk), by=cast.caseworker)
    refreshing.follow_the_logbook()
    assert not recounting.verify().differences


def test_only_the_author_changes_what_was_decided_on(cast, agreed):
    deviation = agreed()
    for person in (cast.colleague, cast.manager, cast.stranger, cast.admin):
        with pytest.raises(Refused):
            change(deviation, person)
    assert Decision.objects.final().exists()


def test_what_is_not_decided_on_or_was_looked_back_on_is_not_changed_here(cast, agreed, request_, draft):
    looked_back = agreed()
    evaluating.evaluate(deviation=looked_back, by=cast.caseworker, helped="yes")
    for deviation in (looked_back, request_(), draft()):
        with pytest.raises(WrongState):
            change(deviation, cast.caseworker)


def test_whoever_read_an_older_version_is_told(cast, agreed):
    deviation = agreed()
    with pytest.raises(Refused, match=str(CHANGED_MEANWHILE)[:30]):
        change(deviation, cast.caseworker, version=deviation.version - 1)


def test_a_voided_decision_keeps_its_answer_and_is_not_the_final_one_twice(cast, agreed):
    decision = Decision.objects.get(deviation=agreed())
    for fields in ({"answer": ""}, {"voided_at": "2000-01-01T00:00:00Z"}):
        with guards_down(), pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**fields)
    copy = Decision.objects.get(pk=decision.pk)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_record_that_was_tampered_with_shows(agreed):
    decision = Decision.objects.get(deviation=agreed())
    assert decided.is_untouched(decision)
    decision.snapshot["instead"] = "Something else."
    assert not decided.is_untouched(decision)


def test_what_was_written_is_frozen_as_the_same_record(cast, draft, agreed):
    ground, cause = GroundFactory(weight="A"), CauseFactory()
    deviation = agreed(grounds=[ground], causes=[cause], amount_cents=100, lasts_until="2026-12-31")
    fields = {"grounds": [ground], "causes": [cause], "amount_cents": 100, "routine": deviation.routine}
    assert freezing.as_written(deviation, fields) == freezing.snapshot(deviation)


def test_what_was_thought_through_was_decided_on_too(cast, agreed):
    deviation = agreed(value_one="Speed", same_again="yes")
    fields = {"value_one": "Care", "value_two": "Money"}
    assert freezing.as_written(deviation, {"same_again": "yes"}) == freezing.snapshot(deviation)
    changed = change(deviation, cast.caseworker, fields)
    names = [(each.before, each.after) for each in decided.earlier(changed)[0].differences]
    assert names == [("Speed", "Care"), ("", "Money")]
