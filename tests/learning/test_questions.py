"""The life of a learning question: the problem first, everybody answered, and closed when the effect is known."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningQuestion, Link, Reply, owed_an_answer
from learning.services import asking, closing_the_loop, linking, replying, telling
from learning.services.linking import Choice
from learning.workflow import QUESTION_MOVES, WITHIN, QuestionAction, QuestionState, possible_with_question
from organisation.kernel.access import Refused, WrongState
from organisation.kernel.periods import Period
from organisation.models import Event, Notice
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory
from tests.house.world import period_of_today
from tests.learning.builders import question, signal

pytestmark = pytest.mark.django_db
NOW = Period.from_int(period_of_today())


@pytest.fixture
def routine(cast):
    return RoutineFactory()


@pytest.fixture
def deviations(cast, routine):
    """Three of the caseworker, one of a colleague, and one of another team."""
    for author, team, count in (
        (cast.caseworker, cast.income, 3), (cast.colleague, cast.income, 1), (cast.stranger, cast.youth, 1),
    ):  # fmt: skip
        for _one in range(count):
            case = CaseFactory(team=team, handler=author)
            DeviationFactory(
                case=case, author=author, routine=routine, state="awaiting", submitted_at=timezone.now(),
                due_at=timezone.now(), period=int(NOW),
            )  # fmt: skip


@pytest.fixture
def asked(cast, routine, deviations):
    """A question about those deviations."""
    made = question(cast, routine=routine)
    linking.link(question=made, by=cast.policy, choice=Choice(routine, NOW, NOW))
    return made


def go(made, by, *, kind="change_rule"):
    """As far as a decision."""
    asking.inquire(question=made, by=by)
    asking.propose(question=made, by=by, findings="Nobody can print.", proposal="Ask less.")
    return asking.decide(question=made, by=by, improvement=kind, reasons="It harms more than it helps.")


def test_the_problem_comes_first(cast):
    with pytest.raises(Refused, match="probleem"):
        asking.ask(by=cast.policy, title="T", problem=" ", due_on=timezone.localdate(), owner=cast.policy)
    with pytest.raises(IntegrityError), transaction.atomic():
        question(cast, problem="")


def test_a_question_from_a_signal_takes_its_deviations_along(cast, routine, deviations):
    found = signal(routine=routine, team=cast.income, since=int(NOW))
    made = asking.ask(
        by=cast.policy, title="T", problem="P", due_on=timezone.localdate(), owner=cast.policy, signal=found
    )
    found.refresh_from_db()
    assert (found.state, found.question) == ("linked", made)
    assert made.links.count() == 4


def test_who_signalled_hears_at_once_that_somebody_looks(asked, cast):
    assert {reply.signaller for reply in Reply.objects.filter(kind="received")} == {
        cast.caseworker, cast.colleague, cast.stranger,
    }  # fmt: skip
    assert Notice.objects.filter(recipient=cast.caseworker, url=asked.get_absolute_url()).count() == 1


def test_linking_twice_adds_nothing(asked, cast, routine):
    assert linking.link(question=asked, by=cast.policy, choice=Choice(routine, NOW, NOW)) == 0
    assert Reply.objects.count() == 3


def test_drafts_and_other_months_are_not_linked(asked, cast, routine):
    DeviationFactory(case=CaseFactory(team=cast.income), routine=routine)
    assert linking.link(question=asked, by=cast.policy, choice=Choice(routine, NOW - 3, NOW)) == 0


def test_the_whole_way_to_closed(asked, cast, routine):
    go(asked, cast.policy)
    made = asking.carry_out(
        question=asked, by=cast.policy, carried_out="One month is enough.", changed_on=timezone.localdate(),
        version={"prescribes": "One month.", "purpose": "To know.", "source_type": "policy_rule",
                 "source_reference": "", "source_url": ""},
    )  # fmt: skip
    assert made.routine_version == routine.versions.order_by("-number").first()
    assert made.routine_version.number == 2
    asking.check(question=asked, by=cast.policy, effect="Nobody has to print any more.")
    with pytest.raises(Refused, match="weet nog niet"):
        asking.close(question=asked, by=cast.policy)
    assert replying.reply(question=asked, by=cast.policy, kind="helped", text="It changed.") == 3
    assert asking.close(question=asked, by=cast.policy).state == QuestionState.CLOSED


def test_a_rule_that_is_kept_is_explained_and_closed(asked, cast):
    go(asked, cast.policy, kind="keep")
    replying.reply(question=asked, by=cast.policy, kind="done", text="We keep it, because …")
    assert asking.close(question=asked, by=cast.policy).closed_at


def test_a_change_cannot_be_closed_before_its_effect_was_looked_at(asked, cast):
    go(asked, cast.policy)
    replying.reply(question=asked, by=cast.policy, kind="done", text="It was decided.")
    with pytest.raises(Refused, match="effect"):
        asking.close(question=asked, by=cast.policy)


@pytest.mark.parametrize("action", QuestionAction)
@pytest.mark.parametrize("state", QuestionState)
def test_what_can_be_done_in_which_state(cast, state, action):
    expected = {
        "open": {"edit", "link", "inquire", "reply"},
        "inquiry": {"edit", "link", "ask", "propose", "reply"},
        "proposal": {"link", "ask", "propose", "decide", "reply"},
        "decided": {"link", "carry_out", "reply", "close", "reopen"},
        "carried_out": {"link", "check", "reply", "reopen"},
        "effect_checked": {"link", "reply", "close", "reopen"},
        "closed": {"reopen"},
    }
    assert (action in possible_with_question(state)) is (action in expected[state])


def test_every_action_has_its_place():
    assert set(QUESTION_MOVES) | set(WITHIN) == set(QuestionAction)


@pytest.mark.parametrize("person", ["caseworker", "manager", "reporter", "admin", "privacy", "controller"])
def test_only_policy_officers_work_on_questions(cast, person):
    by = getattr(cast, person)
    with pytest.raises(Refused):
        asking.ask(by=by, title="T", problem="P", due_on=timezone.localdate(), owner=cast.policy)
    with pytest.raises(Refused):
        asking.inquire(question=question(cast), by=by)
    with pytest.raises(Refused):
        replying.reply(question=question(cast), by=by, kind="done", text="x")


def test_steps_cannot_be_taken_out_of_order(cast):
    with pytest.raises(WrongState):
        asking.decide(question=question(cast), by=cast.policy, improvement="keep", reasons="x")


def test_stories_are_asked_of_different_people_and_told_without_names(asked, cast):
    asking.inquire(question=asked, by=cast.policy)
    assert telling.ask_for_stories(question=asked, by=cast.policy) == 3
    with pytest.raises(Refused):
        telling.ask_for_stories(question=asked, by=cast.policy)
    link = Link.objects.get(signaller=cast.colleague, asked_at__isnull=False)
    with pytest.raises(Refused):
        telling.tell(link=link, by=cast.caseworker, story="Not mine.")
    telling.tell(link=link, by=cast.colleague, story="Somebody could not print.")
    link.refresh_from_db()
    assert link.story == "Somebody could not print."
    told = Event.objects.about(asked).get(verb="question.story_arrived")
    assert told.actor_id is None


def test_one_team_is_answered_and_the_others_still_wait(asked, cast):
    (income,) = [each for each in replying.audiences(asked) if each.label == "Inkomen"]
    assert income.number == 2
    replying.reply(question=asked, by=cast.policy, kind="done", text="Done.", to=income.people)
    assert list(owed_an_answer(asked)) == [cast.stranger]


def test_received_is_not_yet_an_answer(asked, cast):
    replying.reply(question=asked, by=cast.policy, kind="received", text="Still looking.")
    assert asked.unanswered == 3


def test_nobody_is_answered_who_did_not_signal(asked, cast):
    with pytest.raises(Refused):
        replying.reply(question=asked, by=cast.policy, kind="done", text="x", to=[cast.manager])


def test_the_loop_counts_people_and_days(asked, cast):
    Link.objects.update(linked_at=timezone.now() - timedelta(days=10))
    (income,) = [each for each in replying.audiences(asked) if each.label == "Inkomen"]
    replying.reply(question=asked, by=cast.policy, kind="done", text="Done.", to=income.people)
    loop = closing_the_loop.loop()
    assert (loop.signalled, loop.answered, loop.percent, loop.median_days) == (3, 2, 67, 10)


def test_without_signals_there_is_no_rate():
    assert closing_the_loop.loop().percent is None


def test_the_page_in_the_browser_takes_each_step(as_user, asked, cast):
    client = as_user(cast.policy)

    def step(action, status=302, **data):
        answer = client.post(reverse("learning:question-step", args=[asked.pk, action]), data)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer.content.decode()

    step("inquire")
    step("propose", 422, findings="", proposal="x")
    step("propose", findings="Nobody can print.", proposal="Ask less.")
    step("decide", improvement="train", reasons="It is a habit.")
    step("carry_out", carried_out="A talk.", changed_on="2026-11-01")
    assert "weet nog niet" in step("close", 409)
    step("check", effect="We see it less.")
    step("reply", kind="done", text="We talked about it.", to="")
    step("close")
    asked.refresh_from_db()
    assert asked.state == "closed"


def test_a_new_version_needs_its_text(as_user, asked, cast):
    go(asked, cast.policy)
    answer = as_user(cast.policy).post(
        reverse("learning:question-step", args=[asked.pk, "carry_out"]),
        {"carried_out": "Done", "changed_on": "2026-11-01", "new_version": "on", "prescribes": "", "purpose": ""},
    )
    assert answer.status_code == 422
    assert "Een nieuwe versie heeft dit nodig" in answer.content.decode()


def test_colleagues_read_the_question_without_stories_and_buttons(as_user, asked, cast):
    asking.inquire(question=asked, by=cast.policy)
    telling.ask_for_stories(question=asked, by=cast.policy)
    telling.tell(link=Link.objects.get(signaller=cast.colleague), by=cast.colleague, story="A tale of a printer.")
    page = as_user(cast.caseworker).get(asked.get_absolute_url()).content.decode()
    assert "A tale of a printer" not in page
    assert "question-step" not in page
    assert "Minder dan 10 afwijkingen" in page


def test_reading_the_question_is_reading_the_answer(as_user, asked, cast):
    as_user(cast.caseworker).get(asked.get_absolute_url())
    assert Reply.objects.get(signaller=cast.caseworker).read_at
    assert not Reply.objects.get(signaller=cast.colleague).read_at


def test_a_story_is_only_for_the_one_who_was_asked(as_user, asked, cast):
    asking.inquire(question=asked, by=cast.policy)
    telling.ask_for_stories(question=asked, by=cast.policy)
    link = Link.objects.get(signaller=cast.stranger)
    assert as_user(cast.caseworker).get(link.story_url).status_code == 404
    client = as_user(cast.stranger)
    bsn = client.post(link.story_url, {"story": "It was 111222333."})
    assert bsn.status_code == 422
    assert client.post(link.story_url, {"story": "It went wrong."}).status_code == 302


def test_the_line_stands_on_the_deviation(as_user, asked, cast):
    deviation = asked.links.filter(signaller=cast.caseworker).first().deviation
    url = reverse("learning:block-line", args=[deviation.pk])
    assert asked.title in as_user(cast.caseworker).get(url).content.decode()
    assert as_user(cast.stranger).get(url).status_code == 404


def test_taking_it_up_again_keeps_what_was_done_in_its_history(asked, cast):
    go(asked, cast.policy)
    made = asking.reopen(question=asked, by=cast.policy, reasons="It came back.")
    assert (made.state, made.improvement) == ("inquiry", "")
    assert LearningQuestion.history.filter(id=made.pk, improvement="change_rule").exists()
