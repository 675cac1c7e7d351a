"""The line from signal to effect: how far each step is, and who reads what of it."""

from datetime import date

import pytest
from django.urls import reverse

from learning.models import Link
from learning.rules.lines import Facts, Stage, Standing, Step, of_nothing, of_question, of_signal
from learning.services import following
from tests.factories import CaseFactory, DeviationFactory
from tests.learning.builders import question, signal

DONE, NOW, NOT_YET = Standing.DONE, Standing.NOW, Standing.NOT_YET
SIGNAL = Step(Stage.SIGNAL, DONE)


def standings(steps):
    return [step.standing for step in steps]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("Open"), [DONE, NOW, NOT_YET, NOT_YET]),
        (Facts("Decided", decision="Change the rule"), [DONE, DONE, DONE, NOW]),
        (Facts("Effect looked at", decision="Change the rule", effect="It helps."), [DONE, DONE, DONE, DONE]),
        (Facts("Decided", decision="Keep it", is_kept=True), [DONE, DONE, DONE, NOW]),
        (Facts("Closed", decision="Keep it", is_kept=True, is_closed=True), [DONE, DONE, DONE, DONE]),
    ],
)
def test_each_step_stands_where_the_question_is(facts, expected):
    assert standings(of_question(facts, SIGNAL)) == expected


def test_what_is_not_a_question_yet_has_everything_to_come():
    assert standings(of_signal(SIGNAL)) == [DONE, NOT_YET, NOT_YET, NOT_YET]
    assert standings(of_nothing("words")) == [NOT_YET] * 4


@pytest.fixture
def deviation(cast):
    """One of the caseworker, of November."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    return DeviationFactory(case=case, state="awaiting", period=202611)


def read(deviation, reader):
    return following.of_deviation(deviation, reader=reader)


@pytest.mark.django_db
def test_a_deviation_of_which_nothing_became_says_so(deviation, cast):
    (line,) = read(deviation, cast.caseworker)
    assert "telt mee in de cijfers" in line.steps[0].words


@pytest.mark.django_db
def test_a_draft_has_no_line(cast):
    assert read(DeviationFactory(), cast.caseworker) == []


@pytest.mark.django_db
def test_the_signal_that_led_to_its_question_stands_first(deviation, cast):
    asked = question(cast)
    Link.objects.create(question=asked, deviation=deviation)
    (line,) = read(deviation, cast.caseworker)
    assert line.steps[0].words == "Gemeld door collega’s"
    led = signal(routine=deviation.routine, question=asked, state="linked", found_on=date(2026, 10, 1))
    (line,) = read(deviation, cast.caseworker)
    assert (line.steps[0].words, line.steps[0].at) == (led.get_kind_display(), date(2026, 10, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, 1),
        ({"since": 202612}, 0),
        ({"state": "dismissed", "reasons": "No.", "dismissed_effect": 2.0}, 0),
        ({"dimension": "life_domain", "value": "money"}, 0),
        ({"dimension": "team"}, 1),
    ],
)
def test_an_open_signal_in_whose_months_it_lies_is_its_line(deviation, cast, other, expected):
    found = {"since": 202609, "last_found_on": date(2026, 11, 20)} | other
    signal(routine=deviation.routine, team=cast.income, **found)
    steps = [line.steps[0].standing for line in read(deviation, cast.caseworker)]
    assert steps == ([DONE] if expected else [NOT_YET])


@pytest.mark.django_db
def test_a_signal_of_another_team_or_routine_is_not_about_it(deviation, cast):
    signal(routine=deviation.routine, team=cast.youth, since=202609)
    signal(routine=DeviationFactory().routine, since=202609)
    assert standings(read(deviation, cast.caseworker)[0].steps)[0] == NOT_YET


@pytest.mark.django_db
def test_only_who_reads_signals_gets_the_way_to_it(as_user, deviation, cast):
    found = signal(routine=deviation.routine, team=cast.income, since=202609)
    page = reverse("learning:block-line", args=[deviation.pk])
    assert found.get_absolute_url() not in as_user(cast.caseworker).get(page).content.decode()
    assert read(deviation, cast.manager)[0].steps[0].url == found.get_absolute_url()
    assert read(deviation, cast.othermanager)[0].steps[0].url == ""
