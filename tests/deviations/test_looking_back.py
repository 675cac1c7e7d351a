"""Asking whether it helped: after six weeks, once more, and then the manager sees it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from deviations.course import course_of
from deviations.models import Asked, Deviation, Evaluation
from deviations.rules import looking_back as rules
from deviations.services import deciding, evaluating, looking_back, revising, submitting
from deviations.services.revising import Unconfirmed
from deviations.tasks import ask_whether_it_helped
from deviations.workflow import Action
from organisation.models import Errand, Event, Notice
from tests.factories import DeviationFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
THEN = timezone.now().replace(microsecond=0)


@pytest.fixture
def agreed(cast, request_) -> Deviation:
    """A request of € 100 that the manager agreed to just now."""
    with time_machine.travel(THEN, tick=False):
        deviation = request_(amount_cents=10_000)
        deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    Notice.objects.all().delete()
    return Deviation.objects.get(pk=deviation.pk)


def asked() -> list[int]:
    return [each.time for each in Asked.objects.all()]


@pytest.mark.parametrize(
    ("weeks", "first", "second", "come"),
    [
        (5.9, None, None, None),
        (6, None, None, 1),
        (11.9, None, None, 1),
        (12, None, None, None),
        (7.9, 6, None, None),
        (8, 6, None, 2),
        (12.9, 11, None, None),
        (13, 11, None, 2),
        (20, 6, 8, None),
    ],
)
def test_when_somebody_is_asked(weeks, first, second, come):
    def moment(number):
        return None if number is None else THEN + number * WEEK

    assert rules.to_ask(THEN, moment(first), moment(second), moment(weeks)) == come


def test_it_is_overdue_two_weeks_after_the_second_time():
    assert rules.due(THEN) == THEN + 6 * WEEK
    assert [rules.is_overdue(THEN, THEN + weeks * WEEK) for weeks in (6, 8, 9.9, 10)] == [False, False, False, True]


def test_six_weeks_later_the_author_is_asked_once_and_two_weeks_later_once_more(cast, agreed):
    for weeks, times in ((5, []), (6, [1]), (7, [1]), (8, [1, 2]), (9, [1, 2]), (30, [1, 2])):
        for _time in range(3):
            looking_back.ask(now=THEN + weeks * WEEK)
        assert asked() == times, weeks
    notices = Notice.objects.filter(event__verb="deviation.ask_back")
    assert {notice.recipient for notice in notices} == {cast.caseworker}
    assert {notice.url for notice in notices} == {reverse("deviations:evaluate", args=[agreed.pk])}
    assert notices.count() == 2


def test_travelling_six_weeks_brings_the_question_by_the_clock(cast, agreed, as_user):
    with time_machine.travel(THEN + 6 * WEEK + DAY):
        ask_whether_it_helped(str(Errand.put(task="deviations.tasks.ask_whether_it_helped").pk))
        client = as_user(cast.caseworker)
        assert agreed.number in client.get(reverse("deviations:block-needs-me")).content.decode()
        assert client.get(reverse("deviations:evaluate", args=[agreed.pk])).status_code == 200
    assert asked() == [1]


def test_who_looked_back_is_not_asked(cast, agreed):
    evaluating.evaluate(deviation=agreed, by=cast.caseworker, helped="yes")
    assert looking_back.ask(now=THEN + 8 * WEEK) == 0


def test_a_decision_that_no_longer_counts_is_not_asked_about_and_a_new_one_is_asked_about_anew(cast, agreed):
    looking_back.ask(now=THEN + 6 * WEEK)
    with time_machine.travel(THEN + 7 * WEEK):
        fields = {"instead": "We visit."}
        with pytest.raises(Unconfirmed) as change:
            revising.revise(deviation=agreed, by=cast.caseworker, fields=fields)
        confirmed = change.value.token
        revising.revise(deviation=agreed, by=cast.caseworker, fields=fields, confirmed=confirmed)
        assert looking_back.ask(now=THEN + 8 * WEEK) == 0
        submitting.submit(deviation=agreed, by=cast.caseworker)
        deciding.decide(deviation=agreed, action=Action.AGREE, by=cast.manager)
    assert looking_back.ask(now=THEN + 13 * WEEK - DAY) == 0
    assert looking_back.ask(now=THEN + 13 * WEEK + DAY) == 1


def test_what_was_voided_between_the_list_and_the_question_is_left_alone(cast, agreed):
    decision = agreed.decisions.get()
    agreed.decisions.update(voided_at=timezone.now())
    assert looking_back._ask(decision.pk, agreed.pk, THEN + 6 * WEEK) == 0


def test_a_past_from_before_this_application_is_not_asked_about(agreed):
    assert looking_back.ask(now=THEN + 26 * WEEK) == 0


def test_when_the_author_has_left_the_handler_of_the_case_is_asked(cast, agreed):
    agreed.author.is_active, agreed.author.left_at = False, THEN
    agreed.author.save()
    agreed.case.handler = cast.colleague
    agreed.case.save()
    looking_back.ask(now=THEN + 6 * WEEK)
    assert Notice.objects.get().recipient == cast.colleague
    with time_machine.travel(THEN + 6 * WEEK):
        assert agreed in Deviation.objects.to_look_back_on(cast.colleague)


def test_the_course_says_when_and_that_it_is_overdue(agreed):
    for weeks, state in ((1, "todo"), (9, "todo"), (11, "alert")):
        with time_machine.travel(THEN + weeks * WEEK):
            last = course_of(agreed)[-1]
        assert (last.at, last.state) == (THEN + 6 * WEEK, state)


def test_the_manager_of_the_team_sees_what_nobody_looked_back_on(cast, agreed, as_user):
    for weeks, there in ((9, False), (10.1, True)):
        with time_machine.travel(THEN + weeks * WEEK):
            for person, sees in ((cast.manager, there), (cast.othermanager, False)):
                page = as_user(person).get(reverse("deviations:queue"))
                assert (agreed.number in page.content.decode()) is sees
    Evaluation.objects.all().delete()
    evaluating.evaluate(deviation=agreed, by=cast.caseworker, helped="yes")
    with time_machine.travel(THEN + 11 * WEEK):
        assert not Deviation.objects.not_looked_back_on(cast.manager).exists()


def test_one_screen_with_what_is_known_and_one_question_that_must_be_answered(cast, agreed, as_user):
    client, url = as_user(cast.caseworker), reverse("deviations:evaluate", args=[agreed.pk])
    form = client.get(url).context["form"]
    assert form["real_cents"].value() == "100,00"
    assert [name for name, field in form.fields.items() if field.required] == ["helped"]
    assert client.post(url, {"real_cents": "90"}).status_code == 422
    sent = {"helped": "partly", "real_cents": "130,50", "residents_opinion": "Relieved.", "otherwise": "Worse.",
            "structural": "structural"}  # fmt: skip
    assert client.post(url, sent).status_code == 303
    evaluation = Evaluation.objects.get()
    assert (evaluation.helped, evaluation.real_cents, evaluation.more_cents) == ("partly", 13_050, 3_050)
    assert Event.objects.about(agreed).first().verb == "deviation.evaluate"
    text = client.get(agreed.get_absolute_url()).content.decode()
    for words in ("€ 130,50", "€ 30,50", "Relieved.", "Worse."):
        assert words.replace(" ", "\xa0") in text or words in text


@pytest.mark.parametrize(("real", "more", "less"), [(None, None, None), (100, 0, 0), (150, 50, -50), (40, -60, 60)])
def test_what_it_cost_more_or_less_than_expected(cast, real, more, less):
    deviation = DeviationFactory(amount_cents=100)
    evaluation = Evaluation(deviation=deviation, helped="yes", real_cents=real, by=UserFactory())
    assert (evaluation.more_cents, evaluation.less_cents) == (more, less)
