"""The full roll-up: equal to a recount, all or nothing, one at a time."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deviations.models import Deviation
from learning import tasks
from learning.models import Cube, CubeState, CubeUse, RollupRun
from learning.services import counting, recounting, rolling_up
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice

from . import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(5))
def test_every_cell_equals_an_independent_recount(seed):
    builders.fill(builders.town(), 150, seed=seed)
    rolling_up.roll_up_all()
    verdict = recounting.verify()
    assert verdict.differences == ()
    assert verdict.cells > 50


def test_the_recount_sees_a_cell_that_is_off_by_one():
    builders.fill(builders.town(), 30, seed=1)
    rolling_up.roll_up_all()
    cell = Cube.objects.first()
    Cube.objects.filter(pk=cell.pk).update(deviations=cell.deviations + 1)
    CubeUse.objects.first().delete()
    assert len(recounting.verify().differences) == 2
    with pytest.raises(CommandError, match="2 of"):
        call_command("rollup", verify=True)


def test_drafts_withdrawn_ones_and_imports_that_are_not_done_do_not_count():
    town = builders.town()
    builders.add(town, 2)
    builders.add(town, 4, register=builders.register(state="running", rows_done=4))
    Deviation.objects.filter(pk=builders.add(town)[0].pk).update(state="withdrawn", answer="", period=None)
    rolling_up.roll_up_all()
    assert Cube.objects.current().aggregate(n=Sum("deviations"))["n"] == 2


def test_a_second_run_gives_the_same_figures_and_leaves_one_generation():
    builders.fill(builders.town(), 60, seed=3)
    rolling_up.roll_up_all()
    first = sorted(Cube.objects.values_list(*counting.CUBE_COLUMNS[:-1]))
    rolling_up.roll_up_all()
    assert sorted(Cube.objects.values_list(*counting.CUBE_COLUMNS[:-1])) == first
    assert set(Cube.objects.values_list("generation", flat=True)) == {CubeState.now().generation}


def test_an_empty_house_gives_an_empty_cube_and_a_finished_run():
    run = rolling_up.roll_up_all()
    assert (run.state, run.rows, run.steps_total) == (RollupRun.State.DONE, 0, 0)


def test_no_row_of_a_deviation_is_fetched():
    builders.fill(builders.town(), 20, seed=1)
    with CaptureQueriesContext(connection) as queries:
        rolling_up.roll_up_all()
    selects = [q["sql"] for q in queries if q["sql"].startswith("SELECT") and "deviations_deviation" in q["sql"]]
    assert all("MIN(" in sql or "MAX(" in sql or "EXISTS(" in sql for sql in selects)


def test_a_run_that_fails_half_way_leaves_the_previous_figures(monkeypatch):
    town = builders.town()
    builders.fill(town, 40, seed=4)
    rolling_up.roll_up_all()
    before = sorted(Cube.objects.current().values_list(*counting.CUBE_COLUMNS[:-1]))
    builders.add(town, 5, period=202510)

    def stumble():
        if RollupRun.objects.filter(steps_done__gte=3, state="running").exists():
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        rolling_up.roll_up_all(step=stumble)
    assert sorted(Cube.objects.current().values_list(*counting.CUBE_COLUMNS[:-1])) == before
    assert RollupRun.objects.first().state == RollupRun.State.FAILED
    rolling_up.roll_up_all()
    assert recounting.verify().differences == ()


def test_what_a_dead_run_left_behind_is_swept():
    builders.fill(builders.town(), 20, seed=5)
    ran = rolling_up.roll_up_all()
    counting.insert(counting.Key(202510), generation=99)
    dead = RollupRun.objects.create(state="running", generation=99, leased_until=timezone.now() - timedelta(minutes=1))
    assert rolling_up.roll_up_all().generation > 99
    dead.refresh_from_db()
    assert dead.state == RollupRun.State.FAILED
    assert not Cube.objects.filter(generation__in=(99, ran.generation)).exists()


def test_while_a_run_is_alive_a_second_one_does_not_start():
    RollupRun.objects.create(state="running", generation=1, leased_until=timezone.now() + timedelta(minutes=1))
    assert rolling_up.roll_up_all() is None
    with pytest.raises(CommandError, match="Another roll-up"):
        call_command("rollup", everything=True)


def test_a_run_that_was_overtaken_does_not_flip():
    builders.fill(builders.town(), 20, seed=6)

    def overtake():
        RollupRun.objects.filter(state="running").update(generation=500)

    rolling_up.roll_up_all(step=overtake)
    assert CubeState.now().generation == 0


def test_an_administrator_asks_for_a_run_and_is_told_when_it_is_done(cast):
    builders.fill(builders.town(), 20, seed=7)
    run = rolling_up.request(by=cast.admin)
    assert rolling_up.request(by=cast.policy) == run
    errand = Errand.objects.get(task=rolling_up.TASK)
    for _delivery in range(10):
        tasks.roll_up(str(errand.pk))
    run.refresh_from_db()
    assert (run.state, run.percent) == (RollupRun.State.DONE, 100)
    assert RollupRun.objects.count() == 1
    assert [notice.recipient for notice in Notice.objects.all()] == [cast.admin]
    assert Event.objects.filter(verb="rollup.done").count() == 1


@pytest.mark.parametrize("role", ["caseworker", "manager", "reporter", "privacy", "controller"])
def test_others_cannot_ask_for_a_run(cast, role):
    with pytest.raises(Refused):
        rolling_up.request(by=getattr(cast, role))
    assert not RollupRun.objects.exists()


def test_a_run_asked_for_waits_while_the_nightly_one_is_busy(cast):
    nightly = RollupRun.objects.create(state="running", generation=1, leased_until=timezone.now() + timedelta(hours=1))
    waiting = RollupRun.objects.create(requested_by=cast.admin)
    rolling_up.perform(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == RollupRun.State.QUEUED
    assert Errand.objects.get(task=rolling_up.TASK).due_at > timezone.now()
    RollupRun.objects.filter(pk=nightly.pk).update(state="done", finished_at=timezone.now())
    rolling_up.perform(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == RollupRun.State.DONE


def test_a_run_whose_worker_died_is_done_again_from_the_start(cast):
    builders.fill(builders.town(), 20, seed=8)
    run = RollupRun.objects.create(
        requested_by=cast.admin, state="running", generation=7, steps_done=3, leased_until=timezone.now()
    )
    rolling_up.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.generation) == (RollupRun.State.DONE, 8)
    assert recounting.verify().differences == ()


def test_the_command_counts_some_months_again_and_says_what_it_cannot_read(capsys):
    town = builders.town()
    builders.add(town, 12, period=202510)
    call_command("rollup", everything=True, verify=True)
    builders.add(town, 3, period=202510)
    call_command("rollup", "--from", "2025-09", "--to", "2025-10", "--verify")
    assert "Verified" in capsys.readouterr().out
    with pytest.raises(CommandError, match="together"):
        call_command("rollup", "--from", "2025-09")
    with pytest.raises(CommandError, match="before"):
        call_command("rollup", "--from", "2025-09", "--to", "2025-08")
