"""A learning report is made by a task: once, whatever happens, with its progress seen and its end told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningReport, ReportRun
from learning.services import making_reports, reporting
from organisation.kernel.access import Refused
from organisation.kernel.periods import Quarter
from organisation.models import Errand, Event, Notice
from tests.learning import builders

pytestmark = pytest.mark.django_db
THIRD = Quarter(2026, 3)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TASK = "learning.tasks.make_report"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def town(cast):
    """A quarter with enough to publish, and one small cell."""
    made = builders.town(routines=2, teams=[cast.income, cast.youth])
    for routine in range(2):
        for team in range(2):
            builders.add(made, 4 if (routine, team) == (1, 1) else 40, routine=routine, team=team, period=202608)
    return made


@pytest.fixture
def run(town, cast):
    return making_reports.request(quarter=THIRD, by=cast.policy)


def asked(client):
    """What the page answers to who asks for a report."""
    return client.post(reverse("learning:report-new"), {"quarter": str(THIRD), "note": ""})


def test_the_page_answers_at_once_and_the_report_comes_later(as_user, town, cast, run_errands):
    client = as_user(cast.policy)
    answer = asked(client)
    page = client.get(answer.url).content.decode()
    assert "Het gaat zo beginnen" in page
    assert "U kunt deze pagina verlaten" in page
    assert 'hx-trigger="every 2s"' in page
    assert not LearningReport.objects.exists()
    run_errands()
    report = LearningReport.objects.get()
    page = client.get(answer.url).content.decode()
    assert report.get_absolute_url() in page
    assert "every 2s" not in page
    assert answer.url in client.get(report.get_absolute_url()).content.decode()


def test_who_asked_is_told_when_it_is_there(run, cast, run_errands):
    run_errands()
    notice = Notice.objects.get(recipient=cast.policy)
    assert (notice.event.verb, notice.url) == ("report.made", LearningReport.objects.get().get_absolute_url())
    assert LearningReport.objects.get().made_by == cast.policy


def test_the_list_shows_what_is_being_made(as_user, run, cast):
    assert run.get_absolute_url() in as_user(cast.reporter).get(reverse("learning:report-list")).content.decode()
    assert run.get_absolute_url() not in as_user(cast.manager).get(reverse("learning:report-list")).content.decode()


def test_asking_twice_makes_one(as_user, town, cast, run_errands):
    first, second = asked(as_user(cast.policy)), asked(as_user(cast.reporter))
    assert first.url == second.url
    run_errands()
    assert LearningReport.objects.count() == 1


def test_ten_deliveries_make_one_report(run):
    made = [making_reports.perform(run.pk) for _delivery in range(10)]
    assert [bool(report) for report in made] == [True] + [False] * 9
    assert Event.objects.filter(verb="report.made").count() == 1


def test_what_cannot_be_made_says_why(as_user, run, cast):
    reporting.make(quarter=THIRD, by=cast.reporter)
    assert making_reports.perform(run.pk) is None
    run.refresh_from_db()
    assert (run.state, "al een uitgave" in run.reason) == ("refused", True)
    assert run.reason in as_user(cast.policy).get(run.get_absolute_url()).content.decode()
    assert Notice.objects.get(recipient=cast.policy).event.verb == "report.not_made"


def test_who_may_not_any_more_gets_no_report(run, cast):
    cast.policy.groups.clear()
    assert making_reports.perform(run.pk) is None
    assert not LearningReport.objects.exists()


def test_a_quarter_that_goes_on_is_refused_at_the_page(as_user, town, cast):
    with pytest.raises(Refused):
        making_reports.request(quarter=Quarter(2026, 4), by=cast.policy)
    assert not ReportRun.objects.exists()


def begin(run):
    """A worker that takes it up and is killed."""
    assert making_reports._take_up(run.pk)
    run.refresh_from_db()


def test_while_a_worker_is_busy_another_delivery_waits_for_its_end(run):
    begin(run)
    for _delivery in range(3):
        assert making_reports.perform(run.pk) is None
    assert Errand.objects.filter(task=TASK, due_at__gt=timezone.now()).count() == 1


def test_what_a_killed_worker_began_is_done_by_the_next(run, clock):
    begin(run)
    clock.shift(timedelta(minutes=3))
    report = making_reports.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.report) == ("done", 2, report)


def test_a_worker_that_was_thought_dead_does_not_make_a_second_one(run, clock, monkeypatch):
    freeze = reporting.freeze

    def slowly(quarter, earlier, *, watch):
        figures = freeze(quarter, earlier)
        clock.shift(timedelta(minutes=3))
        monkeypatch.setattr(reporting, "freeze", freeze)
        assert making_reports.perform(run.pk)
        return figures

    monkeypatch.setattr(reporting, "freeze", slowly)
    assert making_reports.perform(run.pk) is None
    assert LearningReport.objects.count() == Event.objects.filter(verb="report.made").count() == 1


def test_after_three_faults_it_is_given_up_and_said(as_user, run, cast, clock, monkeypatch, run_errands):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(reporting, "freeze", fail)
    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            run_errands()
        clock.shift(timedelta(hours=1))
    run.refresh_from_db()
    assert run.state == "failed"
    assert "Er ging iets mis" in as_user(cast.policy).get(run.get_absolute_url()).content.decode()
    assert Notice.objects.get(recipient=cast.policy).event.verb == "report.not_made"


def test_after_a_dead_one_it_can_be_asked_again(run, cast, clock):
    begin(run)
    clock.shift(timedelta(minutes=3))
    again = making_reports.request(quarter=THIRD, by=cast.policy)
    run.refresh_from_db()
    assert (run.state, again.state, again.pk == run.pk) == ("failed", "queued", False)


def test_progress_is_seen_while_it_goes_on(run, monkeypatch):
    monkeypatch.setattr(making_reports, "SECONDS_BETWEEN", -1)
    seen = []
    making_reports.perform(run.pk, step=lambda: seen.append(ReportRun.objects.get().percent))
    assert seen == sorted(seen)
    assert seen[0] == making_reports.COUNTED
    assert len(seen) > 1
