"""The full roll-up: a new generation of the cube beside the one that is shown, and then the flip.

Every few months are a short transaction of their own and move the run's progress. Nobody reads the new generation
before the flip, one transaction that also removes the old one; so a run that dies leaves the previous figures.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from learning import permissions
from learning.models import Chart, Cube, CubeState, CubeUse, RollupRun, StoredDashboard, Summary
from learning.models.rollups import LEASE
from learning.workflow import Action
from organisation.kernel.periods import Period
from organisation.models import Errand, Event, Notice, User

from . import counting, summing_up

TASK = "learning.tasks.roll_up"
LATER = timedelta(minutes=1)
RUNS_KEPT = timedelta(days=90)
# Of a million deviations in three years: transactions of well under a second where one writer holds up all others.
MONTHS_AT_ONCE = {"sqlite": 6, "postgresql": 36}

COUNTED = (Cube, CubeUse, Summary)

Step = Callable[[], None]


class Overtaken(Exception):
    """This run lost its lease: another one took over, and what it was doing no longer matters."""


@transaction.atomic
def request(*, by: User) -> RollupRun:
    """Ask for a full run, or join the one that is going on. Whoever asks is told when it is done."""
    permissions.require(by, Action.ROLL_UP)
    full = RollupRun.objects.filter(kind=RollupRun.Kind.FULL)
    if run := full.going_on().first():
        return run
    run = full.create(requested_by=by, spec_version=counting.SPEC_VERSION)
    Event.record(actor=by, verb="rollup.requested", target=run)
    Errand.put(task=TASK, subject=run.pk)
    return run


def perform(run_id: UUID | None, *, step: Step = lambda: None) -> None:
    """Do the full run that was asked for; once, however often it is asked. Busy with another: a minute later."""
    run = RollupRun.objects.filter(pk=run_id).first() if run_id else None
    if run is None or run.state in (RollupRun.State.DONE, RollupRun.State.FAILED):
        return
    if _start(run):
        _carry_out(run, step)
    elif RollupRun.objects.filter(pk=run.pk, state=RollupRun.State.QUEUED).exists():
        Errand.put(task=TASK, subject=run.pk, due_at=timezone.now() + LATER)


def roll_up_all(*, step: Step = lambda: None) -> RollupRun | None:
    """A full run now, by the clock or the command line. None when another one is running: that one will do."""
    run = RollupRun(spec_version=counting.SPEC_VERSION)
    if not _start(run):
        return None
    _carry_out(run, step)
    return run


def _start(run: RollupRun) -> bool:
    """Take the lease and a generation of its own. False while another run is alive."""
    now = timezone.now()
    try:
        with transaction.atomic():
            CubeState.locked()
            dead = RollupRun.objects.filter(kind=RollupRun.Kind.FULL).dead().exclude(pk=run.pk)
            dead.update(state=RollupRun.State.FAILED, finished_at=now, leased_until=None)
            months = counting.months_with_figures()
            last = RollupRun.objects.aggregate(last=Max("generation"))["last"] or 0
            if not run._state.adding:
                run.refresh_from_db()
                if not (run.state == RollupRun.State.QUEUED or run.is_dead):
                    return False
            run.state, run.started_at, run.leased_until = RollupRun.State.RUNNING, now, now + LEASE
            run.generation = last + 1
            run.from_period, run.to_period = (months[0], months[-1]) if months else (None, None)
            run.steps_done, run.steps_total, run.rows = 0, len(months), 0
            run.save()
    except IntegrityError:  # the constraint rollup_one_at_a_time: another run is alive
        return False
    return True


def _carry_out(run: RollupRun, step: Step) -> None:
    generation, since = run.generation or 0, run.started_at or timezone.now()
    _sweep(keep=generation)
    try:
        for months in _batches(run):
            _count_months(run, generation, months)
            step()
        _flip(run, generation, since)
    except Overtaken:
        return
    except Exception:
        over = {"state": RollupRun.State.FAILED, "finished_at": timezone.now(), "leased_until": None}
        RollupRun.objects.filter(pk=run.pk, generation=generation, state=RollupRun.State.RUNNING).update(**over)
        raise


def _batches(run: RollupRun) -> Iterator[list[int]]:
    """The months found at the start, some at a time; what came in since is in the logbook, followed afterwards."""
    if run.from_period is None or run.to_period is None:
        return
    months = [int(month) for month in Period.from_int(run.from_period).upto(Period.from_int(run.to_period))]
    some = MONTHS_AT_ONCE[connection.vendor]
    for start in range(0, len(months), some):
        yield months[start : start + some]


@transaction.atomic
def _count_months(run: RollupRun, generation: int, months: list[int]) -> None:
    run.rows += counting.insert(counting.Span(months[0], months[-1]), generation=generation)
    run.rows += summing_up.insert(summing_up.Place(months[0], months[-1]), generation=generation)
    run.steps_done += len(months)
    # Last in the transaction, so that nobody waits for the row of the run while a month is counted.
    _still_ours(run, generation, rows=run.rows, steps_done=run.steps_done, leased_until=timezone.now() + LEASE)


@transaction.atomic
def _flip(run: RollupRun, generation: int, since: datetime) -> None:
    """Show the new generation, remove the one before it, and follow the logbook again from where this run began."""
    now = timezone.now()
    state = CubeState.locked()
    took = round((now - since).total_seconds() * 1000)
    run.state, run.milliseconds = RollupRun.State.DONE, took
    _still_ours(run, generation, state=run.state, milliseconds=took, finished_at=now, leased_until=None)
    before, state.generation, state.version, state.watermark = state.generation, generation, state.version + 1, since
    state.updated_at, state.handled = now, []
    state.save()
    for model in COUNTED:
        # Found by the index; what runs that died left behind was swept when this one began.
        model.objects.filter(generation=before).delete()
    forget_stale(state.version)
    RollupRun.objects.filter(requested_at__lt=now - RUNS_KEPT).delete()
    event = Event.record(actor=None, verb="rollup.done", target=run)
    if run.requested_by:
        Notice.queue(event=event, recipients=[run.requested_by], url=reverse("learning:rollup-list"))
    Errand.put(task="learning.tasks.keep_ready")


def forget_stale(version: int) -> None:
    """Remove pages of earlier figures, and drawings that no page asked for lately."""
    StoredDashboard.objects.filter(version__lt=version).delete()
    Chart.objects.filter(asked_at__lt=timezone.now() - timedelta(days=7)).delete()


def _still_ours(run: RollupRun, generation: int, **fields: object) -> None:
    mine = RollupRun.objects.filter(pk=run.pk, generation=generation, state=RollupRun.State.RUNNING)
    if not mine.update(**fields):
        raise Overtaken


@transaction.atomic
def _sweep(*, keep: int) -> None:
    """Remove what runs that died left behind."""
    shown = CubeState.locked().generation
    for model in COUNTED:
        model.objects.exclude(generation__in=(shown, keep)).delete()
