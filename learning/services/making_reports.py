"""The making of a learning report by a task: asked for, shown while it goes on, and told when it is there.

Whatever happens to its worker, there is one report or none: what takes long only reads, and the report and the end of
its making are one transaction. A worker that was thought dead finds that somebody else took over, and stops.
"""

import time
from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from learning.models import LearningReport, ReportRun
from learning.models.reporting import LEASE
from organisation.kernel.access import Refused
from organisation.kernel.periods import Quarter
from organisation.models import Errand, Event, Notice, User
from organisation.models.errands import MAX_ATTEMPTS

from . import presenting, reporting, tabling

TASK = "learning.tasks.make_report"
COUNTED, MADE_SAFE = 10, 95  # percent: counting is quick, trying what an attacker could work out is not
SECONDS_BETWEEN = 1.0  # of progress that is written down

Step = Callable[[], None]


class Overtaken(Exception):
    """Somebody else took this over, or it is finished: what was being done no longer matters."""


@transaction.atomic
def request(*, quarter: Quarter, by: User, note: str = "") -> ReportRun:
    """Ask for a report about this quarter, or join who asked before. Whoever asked is told when it is there."""
    reporting.check(quarter=quarter, by=by, note=note)
    same = ReportRun.objects.filter(year=quarter.year, quarter=quarter.number)
    for dead in same.dead().select_for_update(of=("self",)):
        _end(dead, ReportRun.State.FAILED)
    if run := same.going_on().first():
        return run
    try:
        with transaction.atomic():
            run = same.create(year=quarter.year, quarter=quarter.number, note=note, requested_by=by)
    except IntegrityError:  # the constraint report_run_one_a_quarter: asked twice at once
        return same.going_on().get()
    Errand.put(task=TASK, subject=run.pk)
    return run


def perform(run_id: UUID | None, *, step: Step = lambda: None) -> LearningReport | None:
    """Make the report that was asked for; once, however often it is asked. Returns it when it was made now."""
    run = _take_up(run_id)
    if run is None:
        return None
    try:
        # Who asked for it may have lost the right to since.
        before = reporting.check(quarter=run.about, by=run.requested_by, note=run.note)
        figures = reporting.freeze(run.about, before, watch=_Progress(run, step))
        return _with_pictures(_finish(run, figures, edition=len(before) + 1))
    except Overtaken:
        return None
    except Refused as refused:
        _give_up(run, ReportRun.State.REFUSED, str(refused.reason))
        return None
    except Exception:
        if run.attempt < MAX_ATTEMPTS:
            _ours(run).update(state=ReportRun.State.QUEUED, leased_until=None)  # its errand is tried again
        else:
            _give_up(run, ReportRun.State.FAILED)
        raise


@transaction.atomic
def _take_up(run_id: UUID | None) -> ReportRun | None:
    """The run in our hands; None when it is over. In the hands of a worker that may be alive: looked at later again."""
    rows = ReportRun.objects.select_for_update(of=("self",)).select_related("requested_by")
    run = rows.filter(pk=run_id).first() if run_id else None
    if run is None or run.finished_at:
        return None
    if run.is_going_on and run.leased_until:
        Errand.put(task=TASK, subject=run.pk, key=f"{TASK}:{run.pk}:{run.attempt}", due_at=run.leased_until)
        return None
    run.state, run.attempt, run.leased_until = ReportRun.State.RUNNING, run.attempt + 1, timezone.now() + LEASE
    run.save()
    return run


class _Progress:
    """Writes down how far it is, at most once a second, and keeps the lease; the first time counting begins."""

    def __init__(self, run: ReportRun, step: Step) -> None:
        self.run, self.step, self.again_at = run, step, 0.0

    def __call__(self, share: float) -> None:
        if time.monotonic() < self.again_at:
            return
        self.again_at = time.monotonic() + SECONDS_BETWEEN
        percent = max(self.run.percent, round(COUNTED + (MADE_SAFE - COUNTED) * share))
        if not _ours(self.run).update(percent=percent, leased_until=timezone.now() + LEASE):
            raise Overtaken
        self.run.percent = percent
        self.step()


@transaction.atomic
def _finish(run: ReportRun, figures: reporting.Json, *, edition: int) -> LearningReport:
    """The report, the end of its making, and who is told: together or not at all."""
    run = _held(run)
    made = reporting.keep(quarter=run.about, figures=figures, edition=edition, by=run.requested_by, note=run.note)
    run.report, run.percent = made, 100
    _end(run, ReportRun.State.DONE)
    _tell(run, "report.made", made, made.get_absolute_url())
    return made


def _with_pictures(report: LearningReport) -> LearningReport:
    """Asked for in Dutch, so that who opens it first does not wait for them."""
    with override("nl"):
        presenting.with_drawings(tabling.figures(report))
    return report


@transaction.atomic
def _give_up(run: ReportRun, state: str, reason: str = "") -> None:
    try:
        run = _held(run)
    except Overtaken:
        return
    run.reason = reason
    _end(run, state)
    _tell(run, "report.not_made", run, run.get_absolute_url())


def _end(run: ReportRun, state: str) -> None:
    run.state, run.finished_at, run.leased_until = state, timezone.now(), None
    run.save()


def _tell(run: ReportRun, verb: str, target: ReportRun | LearningReport, url: str) -> None:
    """The system finished it, so the person who asked for it is told."""
    event = Event.record(actor=None, verb=verb, target=target, after=run.state)
    Notice.queue(event=event, recipients=[run.requested_by], url=url)


def _held(run: ReportRun) -> ReportRun:
    held = _ours(run).select_for_update(of=("self",)).select_related("requested_by").first()
    if held is None:
        raise Overtaken
    return held


def _ours(run: ReportRun) -> "QuerySet[ReportRun]":
    return ReportRun.objects.filter(pk=run.pk, attempt=run.attempt, state=ReportRun.State.RUNNING)
