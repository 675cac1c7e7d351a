"""Killed at any moment and done again, every job ends with what it would have made undisturbed: with real processes.

The truth is made once, by a worker nobody disturbs. Then each round begins anew, kills the worker once or twice at
moments drawn from the time it took, lets it finish, and compares everything that people see.
"""

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from learning.models import Cube, CubeState, LearningReport, Reply, ReportRun, RollupRun, Signal
from learning.services import counting, linking, making_reports, recounting, rolling_up
from learning.services.linking import Choice
from organisation.kernel.periods import Period
from organisation.models import Errand, Event, Notice
from tests.factories import CaseFactory, DeviationFactory, MembershipFactory

from . import builders, kennel

FULL = os.environ.get("DRILL") == "full"
ROUNDS = 50 if FULL else 3
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
    pytest.mark.drill,
    pytest.mark.timeout(3600 if FULL else 180),
]
LEASED = (Errand, RollupRun, ReportRun)
LAST_QUARTER = (Period.of(timezone.now()).quarter.first - 1).quarter


@pytest.fixture
def workers(tmp_path):
    with kennel.opened(tmp_path) as opened:
        yield opened


@pytest.fixture
def town(cast):
    """Two years of four routines in two teams; some rose at the end."""
    made = builders.town(routines=4, teams=[cast.income, cast.youth])
    now = Period.of(timezone.now())
    for back in range(1, 20):
        for routine in range(4):
            for team in range(2):
                many = 36 if back <= 3 and (routine + team) % 2 else 10
                builders.add(made, many, routine=routine, team=team, period=int(now - back))
                builders.report_uses(made, 100, routine=routine, team=team, period=int(now - back))
    return made


def same_each_time(workers, begin, seen):
    """`begin()` gives the errand of a fresh round; `seen(since)` is what there is to see since then."""
    since, job = timezone.now(), begin()
    took = workers.timed(job.task, job.pk)
    truth, kills = seen(since), 0
    while kills < ROUNDS:  # one that was done before the blow is no kill
        since, job = timezone.now(), begin()
        for _kill in range(workers.chance.choice((1, 2))):  # the third attempt is the last, so that one is spared
            kills += workers.killed(job.task, job.pk, took)
            leases_pass()
        finish(workers, job.task)
        assert seen(since) == truth
    return truth


def leases_pass():
    """Minutes go by: what a killed worker held is free again."""
    for model in LEASED:
        model.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(hours=1))


def finish(workers, task):
    """The tick hands out what is due until nothing is."""
    while waiting := Errand.objects.due().filter(task=task).first():
        assert workers.work(task, waiting.pk)
    assert not Errand.objects.open().filter(task=task).exists()


def told(verb, since):
    """Who was told of this, and how often."""
    return sorted(Notice.objects.filter(event__verb=verb, event__at__gte=since).values_list("recipient__name"))


def logged(verb, since):
    return sorted(Event.objects.filter(verb=verb, at__gte=since).values_list("target_label"))


def test_looking_for_signals(workers, town):
    rolling_up.roll_up_all()

    def begin():
        Notice.objects.all().delete()
        Signal.objects.all().delete()
        return Errand.objects.create(task="learning.tasks.notice")

    def seen(since):
        columns = "identity", "observed", "effect", "state", "owner__name", "due_on", "months"
        rows = sorted(map(str, Signal.objects.values_list(*columns)))
        return rows, logged("signal.found", since), told("signal.to_look_at", since)

    rows, found, notices = same_each_time(workers, begin, seen)
    assert len(rows) == len(found) >= 4
    assert notices == [("Policy",)]


def test_making_a_report(workers, town, cast):
    def begin():
        ReportRun.objects.all().delete()
        LearningReport.objects.all().delete()
        run = making_reports.request(quarter=LAST_QUARTER, by=cast.policy)
        return Errand.objects.get(subject=run.pk)

    def seen(since):
        editions = list(LearningReport.objects.values_list("year", "quarter", "edition", "digest"))
        ends = list(ReportRun.objects.values_list("state", "percent"))
        return editions, ends, logged("report.make", since), told("report.made", since)

    editions, ends, logbook, notices = same_each_time(workers, begin, seen)
    assert (len(editions), ends, len(logbook), notices) == (1, [("done", 100)], 1, [("Policy",)])


def test_counting_everything_anew(workers, town):
    def begin():
        CubeState.objects.all().delete()
        for table in apps.get_app_config("learning").get_models():
            if "generation" in {field.name for field in table._meta.fields}:
                table._default_manager.all().delete()
        return Errand.objects.create(task="learning.tasks.roll_up_all")

    def seen(since):
        assert recounting.verify().differences == ()
        generation = CubeState.now().generation
        assert not Cube.objects.exclude(generation=generation).exists(), "left behind by a run that died"
        return sorted(Cube.objects.current().values_list(*counting.CUBE_COLUMNS[:-1]))

    assert same_each_time(workers, begin, seen)


def test_following_the_logbook(workers, town, cast):
    rolling_up.roll_up_all()

    def begin():
        for _number in range(5):
            deviation = DeviationFactory(routine=town.routines[0], case=CaseFactory(team=cast.income))
            deviation.period, deviation.state = int(Period.of(timezone.now())), "recorded"
            deviation.kind = "considered"
            deviation.save()
            Event.record(actor=cast.caseworker, verb="deviation.record", target=deviation)
        return Errand.objects.create(task="learning.tasks.follow_the_logbook")

    def seen(since):
        return recounting.verify().differences

    assert same_each_time(workers, begin, seen) == ()


def test_answering_who_signalled(workers, town, cast):
    colleagues = [MembershipFactory(team=cast.income).user for _number in range(40)]
    for person in colleagues:
        case = CaseFactory(team=cast.income, handler=person)
        DeviationFactory(case=case, routine=town.routines[0], state="awaiting", period=202611)
    took, everybody = 0.0, sorted((person.name,) for person in colleagues)
    for number in range(ROUNDS + 1):
        question, since = builders.question(cast), timezone.now()
        month = Period(2026, 11)
        linking.link(question=question, by=cast.policy, choice=Choice(town.routines[0], month, month, cast.income))
        if number:
            workers.killed(kennel.REPLY, question.pk, took)
            if question.unanswered:
                assert workers.work(kennel.REPLY, question.pk)
        else:
            took = workers.timed(kennel.REPLY, question.pk)
        given = Reply.objects.filter(question=question, kind="done")
        assert sorted(given.values_list("signaller__name")) == everybody
        assert told("question.reply", since) == everybody
