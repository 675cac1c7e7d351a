"""Following the logbook: what changed is counted again, and only that."""

from dataclasses import asdict
from datetime import timedelta

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from cases.models import RoutineUse
from learning import tasks
from learning.models import Cube, CubeState, CubeUse, RollupRun
from learning.rules.selecting import Selection
from learning.services import (
    closing_the_loop,
    counting,
    linking,
    reading,
    recounting,
    refreshing,
    replying,
    rolling_up,
)  # fmt: skip
from learning.services.linking import Choice
from organisation.kernel.periods import Period
from organisation.models import Errand, Event
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    town = builders.town(teams=[cast.income, cast.youth])
    builders.fill(town, 40, seed=11)
    rolling_up.roll_up_all()
    return town


def submitted(town, team=0, period=202510, **fields):
    """A deviation of our own, as a service leaves it: the row, its history and its line in the logbook."""
    case = CaseFactory(team=town.teams[team])
    deviation = DeviationFactory(case=case, routine=town.routines[0], period=period, state="awaiting", **fields)
    Event.record(actor=case.handler, verb="deviation.submit", target=deviation)
    return deviation


def change(deviation, verb="deviation.changed", **fields):
    for name, value in fields.items():
        setattr(deviation, name, value)
    deviation.save()
    Event.record(actor=deviation.author, verb=verb, target=deviation)


def equal():
    return recounting.verify().differences == ()


def test_a_new_deviation_is_in_the_figures_after_one_reading(town):
    submitted(town)
    assert not equal()
    assert refreshing.follow_the_logbook() == 1
    assert equal()
    run = RollupRun.objects.get(kind="keys")
    assert (run.from_period, run.to_period, run.state) == (202510, 202510, "done")


def test_reading_the_same_line_again_changes_nothing(town):
    submitted(town)
    refreshing.follow_the_logbook()
    version = CubeState.now().version
    assert refreshing.follow_the_logbook() == 0
    assert CubeState.now().version == version
    assert RollupRun.objects.filter(kind="keys").count() == 1


def test_only_the_cells_of_that_month_routine_and_team_are_written_again(town):
    deviation = submitted(town)
    before = set(Cube.objects.values_list("pk", flat=True))
    here = Cube.objects.filter(period=202510, routine=deviation.routine, team=deviation.team)
    gone = set(here.values_list("pk", flat=True))
    refreshing.follow_the_logbook()
    assert before - set(Cube.objects.values_list("pk", flat=True)) == gone


@pytest.mark.parametrize(
    "change_to",
    [{"period": 202511}, {"state": "withdrawn", "period": None}, {"kind": "blocked", "state": "recorded"}],
    ids=["another month", "withdrawn", "another kind"],
)
def test_a_deviation_that_moves_leaves_its_old_cell(town, change_to):
    deviation = submitted(town)
    refreshing.follow_the_logbook()
    change(deviation, **change_to)
    assert refreshing.follow_the_logbook() >= 1
    assert equal()


def test_a_deviation_of_another_team_or_routine_leaves_its_old_cell(town):
    deviation = submitted(town)
    refreshing.follow_the_logbook()
    change(deviation, team=town.teams[1], routine=town.routines[1])
    assert refreshing.follow_the_logbook() == 2
    assert equal()


def test_a_line_whose_transaction_ended_late_is_still_seen(town):
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False) as clock:
        refreshing.follow_the_logbook()
        # Written nine minutes before the reading, but its transaction ended only now.
        clock.shift(timedelta(minutes=-9))
        submitted(town)
        clock.shift(timedelta(minutes=10))
        refreshing.follow_the_logbook()
    assert equal()


def test_a_use_of_a_routine_is_counted_after_its_case_was_opened_and_after_it_was_removed(town):
    builders.add_uses(town, 1, period=202512)
    use = RoutineUse.objects.get(period=202512, case=RoutineUse.objects.latest("case__opened_at").case)
    Event.record(actor=use.case.handler, verb="case.opened", target=use.case)
    refreshing.follow_the_logbook()
    assert equal()
    Event.record(actor=use.case.handler, verb="case.routine_removed", target=use.case)
    use.delete()
    refreshing.follow_the_logbook()
    assert equal()


def test_a_finished_import_brings_its_months_in_once(town):
    register = builders.register(state="running", rows_done=25)
    builders.add(town, 25, register=register, period=202508)
    builders.report_uses(town, 400, period=202507, source=register.pk)
    Event.record(actor=None, verb="register.started", target=register)
    refreshing.follow_the_logbook()
    assert not Cube.objects.filter(period=202508).exists()
    register.state = "done"
    register.save()
    Event.record(actor=None, verb="register.imported", target=register)
    assert refreshing.follow_the_logbook() == 2
    assert CubeUse.objects.filter(period=202507).aggregate(n=Sum("uses"))["n"] == 400
    assert equal()
    assert refreshing.follow_the_logbook() == 0


def test_very_many_changes_are_counted_by_whole_months(town, monkeypatch):
    monkeypatch.setattr(refreshing, "MANY", 3)
    for period in (202509, 202510, 202511, 202512):
        submitted(town, period=period)
    asked = []
    monkeypatch.setattr(counting, "differs", lambda key, **kwargs: asked.append(key) or True)
    assert refreshing.follow_the_logbook() == 4
    assert asked == []
    assert equal()


def test_the_first_reading_counts_everything(cast):
    town = builders.town()
    builders.add(town, 3)
    assert refreshing.follow_the_logbook() == 1
    assert equal()


def test_what_changed_during_a_full_run_is_followed_afterwards(town):
    late = []

    def meanwhile():
        if not late:
            late.append(submitted(town, period=202509))

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        rolling_up.roll_up_all(step=meanwhile)
        refreshing.follow_the_logbook()
        assert equal()


def test_a_reading_that_a_full_run_overtakes_does_not_move_the_watermark(town):
    submitted(town)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        began = timezone.now() - timedelta(minutes=30)

        def flip():
            CubeState.objects.update(generation=0, watermark=began)

        refreshing.follow_the_logbook(step=flip)
    assert CubeState.now().watermark == began


def test_ten_deliveries_of_one_errand_read_the_logbook_once(town):
    errand = Errand.put(task="learning.tasks.follow_the_logbook")
    submitted(town)
    for _delivery in range(10):
        tasks.follow_the_logbook(str(errand.pk))
    assert RollupRun.objects.filter(kind="keys").count() == 1
    assert equal()


def test_a_routine_nobody_counted_yet_appears(town):
    case = CaseFactory(team=town.teams[0])
    deviation = DeviationFactory(case=case, routine=RoutineFactory(), period=202601, state="awaiting")
    Event.record(actor=case.handler, verb="deviation.submit", target=deviation)
    refreshing.follow_the_logbook()
    assert Cube.objects.get(routine=deviation.routine).deviations == 1


@pytest.fixture
def linked(town, cast):
    """A deviation that became part of a learning question after the page with figures was read."""
    deviation = submitted(town)
    refreshing.follow_the_logbook()
    assert loop_on_page(town)["signalled"] == 0
    asked, month = builders.question(cast), Period.from_int(deviation.period)
    linking.link(question=asked, by=cast.policy, choice=Choice(deviation.routine, month, month, deviation.team))
    refreshing.follow_the_logbook()
    return asked


def loop_on_page(town):
    team = str(town.teams[0].pk)
    return reading.figures(Selection(202501, 202512, teams=(team,), exact=True))["loop"]


def test_a_signal_and_its_answer_are_in_the_closed_loop_after_one_reading(town, cast, linked):
    recount = lambda: asdict(closing_the_loop.loop([str(town.teams[0].pk)]))  # noqa: E731
    assert loop_on_page(town) == recount()
    assert (recount()["signalled"], recount()["answered"]) == (1, 0)
    replying.reply(question=linked, by=cast.policy, kind="done", text="We stopped asking.")
    refreshing.follow_the_logbook()
    assert loop_on_page(town) == recount()
    assert recount()["answered"] == 1


def test_reading_that_line_again_keeps_the_page(town, linked):
    version = CubeState.now().version
    refreshing.follow_the_logbook()
    assert CubeState.now().version == version


def test_the_closed_loop_is_about_the_last_year_of_today(town, linked):
    assert loop_on_page(town)["signalled"] == 1
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert loop_on_page(town)["signalled"] == 0


def test_the_stored_page_asks_for_no_signal_again(town, linked, django_assert_num_queries):
    loop_on_page(town)
    with django_assert_num_queries(2):  # which version is shown, and what is stored for it
        loop_on_page(town)
