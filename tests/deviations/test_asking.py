"""A proposal for a space: asked by a caseworker, talked about, answered by a manager, never by who asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from deviations.models import DiscretionarySpace, SpaceRequest
from deviations.rules.asking import Room, differences
from deviations.services import asking, deciding, granting, pressing, submitting
from deviations.workflow import Action
from deviations.workflow.proposals import ASK_MOVES, AskAction, AskState, next_ask_state
from organisation.kernel.access import Refused, WrongState
from organisation.kernel.ids import new_id
from organisation.kernel.working_days import deadline
from organisation.models import Errand, Notice
from tests.factories import MembershipFactory, RoutineFactory, SpaceFactory, UserFactory

pytestmark = pytest.mark.django_db
FOREVER = date(2099, 12, 31)
MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)


@pytest.fixture
def ask(cast, routine):
    """`ask(cents_per_month=…)` is a proposal of the caseworker."""

    def make(by=None, pk=None, deviation=None, **more) -> SpaceRequest:
        fields = {
            "name": "Statements by telephone", "why": "It happens each week.", "limits": "Not with a fraud inquiry.",
            "routines": [routine], "cents_per_deviation": 20_000, "cents_per_month": None, "until": FOREVER, **more,
        }  # fmt: skip
        return asking.ask(team=cast.income, by=by or cast.caseworker, fields=fields, deviation=deviation, pk=pk)

    return make


def told(person, asked) -> list[str]:
    lines = Notice.objects.filter(recipient=person, event__target_id=asked.pk).order_by("created_at")
    return [notice.event.verb.partition(".")[2] for notice in lines]


def reply(asked, by, **changes) -> SpaceRequest:
    fields = {name: getattr(asked, name) for name in asking.WRITTEN} | {"routines": list(asked.routines.all())}
    return asking.reply(asked=asked, by=by, text="Because.", fields=fields | changes)


def test_a_proposal_reaches_the_manager_with_five_working_days(cast, ask):
    asked = ask()
    assert (asked.state, asked.number[:2]) == ("asked", "V-")
    assert asked.due_at == deadline(timezone.now(), 5)
    assert told(cast.manager, asked) == ["ask"]
    assert list(SpaceRequest.objects.awaiting_answer_of(cast.manager)) == [asked]


def test_granted_as_proposed(cast, ask, draft):
    asked = ask()
    space = asking.draft_from(asked=asked, by=cast.manager)
    assert (space.state, space.means_slider, space.rules_slider, space.cents_per_deviation) == ("draft", 1, 2, 20_000)
    asked.refresh_from_db()
    assert asked.state == "asked"
    granting.grant_space(space=space, by=cast.manager)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by, asked.space) == ("granted", cast.manager, space)
    assert told(cast.caseworker, asked) == ["grant"]
    sent = submitting.submit(
        deviation=draft(amount_cents=10_000, purpose_served="They are helped."), by=cast.caseworker
    )
    assert sent.space == space


@pytest.mark.parametrize(
    "change", [{"cents_per_deviation": 10_000}, {"valid_until": date(2090, 1, 1)}, {"routines": []}, {"people": True}]
)
def test_granted_differently(cast, ask, change):
    asked = ask()
    space = asking.draft_from(asked=asked, by=cast.manager)
    if change.get("routines") == []:
        change = {"routines": [RoutineFactory()]}
    people = [cast.colleague] if change.pop("people", False) else [cast.caseworker]
    granting.save_space(space=space, by=cast.manager, fields=change, people=people, whole_team=False)
    granting.grant_space(space=space, by=cast.manager)
    asked.refresh_from_db()
    assert asked.state == "granted_differently"
    assert told(cast.caseworker, asked) == ["grant_differently"]


def test_returned_with_a_question_and_answered(cast, ask):
    asked = ask()
    asking.return_with_question(asked=asked, by=cast.manager, question="How often?")
    asked.refresh_from_db()
    assert (asked.state, asked.due_at) == ("returned", None)
    assert told(cast.caseworker, asked) == ["return"]
    assert list(SpaceRequest.objects.returned_to(cast.caseworker)) == [asked]
    again = reply(asked, cast.caseworker, cents_per_deviation=5_000)
    assert (again.state, again.cents_per_deviation) == ("asked", 5_000)
    assert [message.text for message in again.messages.all()] == ["How often?", "Because."]
    assert told(cast.manager, asked) == ["ask", "reply"]


def test_declined_with_reasons_and_an_alternative(cast, ask):
    asked = asking.decline(asked=ask(), by=cast.manager, reasons="Too wide.", alternative="Ask each time.")
    assert (asked.state, asked.reasons, asked.alternative) == ("declined", "Too wide.", "Ask each time.")
    assert told(cast.caseworker, asked) == ["decline"]


def test_withdrawn_it_is_answered_by_nobody_and_its_draft_stays_with_the_manager(cast, ask):
    asked = ask()
    space = asking.draft_from(asked=asked, by=cast.manager)
    asking.withdraw(asked=asked, by=cast.caseworker)
    granting.grant_space(space=space, by=cast.manager)
    asked.refresh_from_db()
    assert (asked.state, asked.space, asked.answered_by) == ("withdrawn", None, None)


def test_a_draft_is_made_once_and_anew_when_it_was_withdrawn(cast, ask):
    asked = ask()
    first = asking.draft_from(asked=asked, by=cast.manager)
    assert asking.draft_from(asked=asked, by=cast.manager) == first
    granting.withdraw_space(space=first, by=cast.manager, reasons="")
    assert asking.draft_from(asked=asked, by=cast.manager) != first
    assert DiscretionarySpace.objects.count() == 2


def test_words_are_asked_for(cast, ask):
    asked = ask()
    for act in (
        lambda: asking.return_with_question(asked=asked, by=cast.manager, question=" "),
        lambda: asking.decline(asked=asked, by=cast.manager, reasons=""),
    ):
        with pytest.raises(Refused):
            act()
    asking.return_with_question(asked=asked, by=cast.manager, question="?")
    with pytest.raises(Refused):
        asking.reply(asked=asked, by=cast.caseworker, text="", fields={"routines": []})


def test_who_proposed_it_never_answers_also_as_manager(cast, ask):
    MembershipFactory(user=cast.manager, team=cast.income)
    asked = ask(by=cast.manager)
    other = UserFactory()
    MembershipFactory(user=other, team=cast.income, role="manager")
    for act in (asking.draft_from, asking.decline, asking.return_with_question):
        words = {"reasons": "x"} if act is asking.decline else {"question": "x"} if "question" in act.__name__ else {}
        with pytest.raises(Refused):
            act(asked=asked, by=cast.manager, **words)
    space = asking.draft_from(asked=asked, by=other)
    granting.set_holders(space=space, by=other, people=[cast.caseworker], whole_team=False)
    with pytest.raises(Refused):
        granting.grant_space(space=space, by=cast.manager)
    space.refresh_from_db()
    assert space.state == "draft"
    row = SpaceRequest.objects.get(pk=asked.pk)
    row.state, row.answered_by, row.answered_at, row.reasons = "declined", cast.manager, timezone.now(), "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("person", ["stranger", "manager", "policy"])
def test_only_who_works_in_the_team_proposes(cast, ask, person):
    with pytest.raises(Refused):
        ask(by=getattr(cast, person))


@pytest.mark.parametrize("person", ["caseworker", "colleague", "othermanager", "policy"])
def test_only_a_manager_of_the_team_answers(cast, ask, person):
    asked = ask()
    with pytest.raises(Refused):
        asking.decline(asked=asked, by=getattr(cast, person), reasons="No.")
    with pytest.raises(Refused):
        asking.draft_from(asked=asked, by=getattr(cast, person))


def test_who_sees_it(cast, ask):
    asked = ask()
    seen = {name for name in ("caseworker", "colleague", "stranger", "manager", "othermanager", "policy", "admin")
            if SpaceRequest.objects.visible_to(getattr(cast, name)).filter(pk=asked.pk).exists()}  # fmt: skip
    assert seen == {"caseworker", "manager"}


def test_the_same_form_twice_makes_one(ask):
    key = new_id()
    ask(pk=key)
    with pytest.raises(Refused):
        ask(pk=key)
    assert SpaceRequest.objects.count() == 1


def test_nobody_answers_a_text_unseen(cast, ask):
    asked = ask()
    read = asked.version
    asking.return_with_question(asked=asked, by=cast.manager, question="?")
    asked.refresh_from_db()
    reply(asked, cast.caseworker)
    for act in (
        lambda: asking.decline(asked=asked, by=cast.manager, reasons="x", version=read),
        lambda: asking.draft_from(asked=asked, by=cast.manager, version=read),
    ):
        with pytest.raises(Refused):
            act()


def test_beside_it_stands_how_the_team_asked_until_now(cast, ask, request_):
    requests = [request_() for _number in range(3)]
    deciding.decide(deviation=requests[0], action=Action.AGREE, by=cast.manager)
    deciding.decide(deviation=requests[1], action=Action.REFUSE, by=cast.manager, reasons="No.")
    assert asking.past_of(ask()) == asking.Past(requests=3, agreed=1, refused=1)


def test_a_last_day_that_has_passed_meanwhile_does_not_stop_the_draft(cast, ask):
    asked = ask(until=timezone.localdate())
    asked.until = timezone.localdate() - timedelta(days=3)
    asked.save()
    assert asking.draft_from(asked=asked, by=cast.manager).valid_until == timezone.localdate()


@pytest.mark.parametrize("state", AskState)
@pytest.mark.parametrize("action", ASK_MOVES)
def test_the_moves_are_these_and_no_others(state, action):
    allowed = {
        "asked": {"withdraw", "return", "grant", "grant_differently", "decline"},
        "returned": {"reply", "withdraw"},
    }
    if action in allowed.get(state, set()):
        assert next_ask_state(state, action) in AskState
    else:
        with pytest.raises(WrongState):
            next_ask_state(state, action)
    assert set(ASK_MOVES) == set(AskAction) - {AskAction.ASK}


ROOMS = st.builds(
    Room,
    routines=st.dictionaries(st.sampled_from([new_id(), new_id()]), st.just("Routine")),
    per_deviation=st.none() | st.integers(0, 3),
    per_month=st.none() | st.integers(0, 3),
    until=st.none() | st.sampled_from([date(2026, 1, 1), date(2026, 2, 1)]),
    held=st.booleans(),
)


@given(ROOMS, ROOMS)
def test_a_difference_is_said_only_where_there_is_one(asked, granted):
    same = (asked.routines, asked.per_deviation, asked.per_month) == (
        granted.routines, granted.per_deviation, granted.per_month,
    ) and asked.until in (None, granted.until)  # fmt: skip
    assert (differences(asked, granted) == ()) == (same and granted.held)


def test_the_manager_is_reminded_once_and_both_sides_hear_that_it_is_late(cast, ask):
    with time_machine.travel(MONDAY, tick=False):
        asked = ask()
        assert pressing.press() == 0
    with time_machine.travel(MONDAY + timedelta(days=4), tick=False):
        assert (pressing.press(), pressing.press()) == (1, 0)
    assert told(cast.manager, asked) == ["ask", "remind"]
    assert told(cast.caseworker, asked) == []
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        assert (pressing.press(), pressing.press()) == (1, 0)
        assert list(SpaceRequest.objects.late_for(cast.caseworker)) == [asked]
    assert told(cast.manager, asked) == ["ask", "remind", "late"]
    assert told(cast.caseworker, asked) == ["late"]


def test_nobody_is_reminded_of_what_was_answered_and_a_reply_begins_anew(cast, ask):
    with time_machine.travel(MONDAY, tick=False):
        asked = ask()
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        pressing.press()
        asking.return_with_question(asked=asked, by=cast.manager, question="?")
        assert pressing.press() == 0
        asked.refresh_from_db()
        reply(asked, cast.caseworker)
        assert pressing.press() == 0
    with time_machine.travel(MONDAY + timedelta(days=15), tick=False):
        assert pressing.press() == 1
        asking.decline(asked=asked, by=cast.manager, reasons="No.")
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        assert pressing.press() == 0


def test_the_clock_asks_for_it(sent, run_errands, ask):
    asked = ask(until=None)
    asked.due_at = timezone.now() - timedelta(days=1)
    asked.save()
    errand = Errand.put(task="deviations.tasks.watch_proposals")
    run_errands()
    errand.refresh_from_db()
    asked.refresh_from_db()
    assert errand.done_at
    assert asked.late_told_at


@pytest.fixture
def late(cast, ask):
    """A proposal that nobody answered in time, in a team whose fixed deputy is the other manager."""
    cast.income.deputy = cast.othermanager
    cast.income.save()
    with time_machine.travel(MONDAY, tick=False):
        return ask()


def test_a_late_proposal_is_passed_on_to_the_deputy_who_could_not_read_it_before(cast, late):
    assert not SpaceRequest.objects.visible_to(cast.othermanager).exists()
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        assert (pressing.press(), pressing.press()) == (1, 0)
    assert told(cast.othermanager, late) == ["pass_on"]
    assert sorted(told(cast.caseworker, late)) == ["late", "pass_on"]
    deputy = type(cast.othermanager).objects.get(pk=cast.othermanager.pk)
    assert list(SpaceRequest.objects.visible_to(deputy)) == [late]
    assert list(SpaceRequest.objects.awaiting_answer_of(deputy)) == [late]


def test_the_deputy_grants_what_was_passed_on_and_no_other_space_of_the_team(cast, late):
    deputy = type(cast.othermanager).objects.get(pk=cast.othermanager.pk)
    with pytest.raises(Refused):
        asking.draft_from(asked=late, by=deputy)
    late.passed_on = 1
    late.save()
    other = SpaceFactory(team=cast.income, granted_by=cast.manager, state="draft")
    with pytest.raises(Refused):
        granting.grant_space(space=other, by=deputy)
    space = asking.draft_from(asked=late, by=deputy)
    assert list(DiscretionarySpace.objects.visible_to(deputy)) == [space]
    granting.grant_space(space=space, by=deputy)
    late.refresh_from_db()
    assert (late.state, late.answered_by) == ("granted", deputy)
    assert not DiscretionarySpace.objects.visible_to(deputy).exists()
    space.refresh_from_db()
    with pytest.raises(Refused):
        granting.suspend(space=space, by=deputy, reasons="No.")


def test_without_a_deputy_it_goes_to_the_manager_of_the_manager_and_without_anybody_it_stays(cast, ask):
    with time_machine.travel(MONDAY, tick=False):
        asked, other = ask(), ask()
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        pressing.press()
    asked.refresh_from_db()
    assert asked.passed_on == 0
    cast.income.escalates_to = cast.youth
    cast.income.save()
    other.late_told_at = None
    other.save()
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        pressing.press()
    other.refresh_from_db()
    assert other.passed_on == 2
    assert told(cast.othermanager, other) == ["pass_on"]
