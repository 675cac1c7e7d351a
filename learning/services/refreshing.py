"""Keeping the figures fresh: reads in the logbook where something changed, and counts only that again.

The logbook is read from somewhat before the watermark, because a line is dated when it is written and seen when its
transaction ends. Counting a key again gives the same cells, so reading a line twice is harmless.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Case, RoutineUse, RoutineUseTotal
from deviations.models import Deviation, RegisterImport
from learning.models import CubeState, KeptCount, KeptSummary, KeptUse, RollupRun
from organisation.kernel.periods import Period
from organisation.models import Errand, Event

from . import counting, rolling_up, summing_up
from .counting import Key
from .summing_up import Place

Part = Key | Place  # of the cube, or of the summaries

OVERLAP = timedelta(minutes=10)  # no transaction of ours lasts longer
MANY = 200  # from so many keys on, whole months are quicker
IDS_AT_ONCE = 500

DEVIATION, CASE, USE = "deviations.deviation", "cases.case", "cases.routineuse"
IMPORT, QUESTION = "deviations.registerimport", "learning.learningquestion"
# After these lines others have signalled, or heard what came of it.
LOOP_MOVED = ("question.link", "question.sign", "question.reply")


@dataclass(slots=True)
class Dirty:
    """What the logbook says has changed."""

    keys: set[Key] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    # Lines that asked for whole months or for the closed loop: done once, not at every reading of the overlap.
    handled: list[str] = field(default_factory=list)
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the logbook was read, and which generation was shown when the reading began."""

    generation: int
    watermark: datetime
    handled: list[str]
    loop: bool


def follow_the_logbook(*, step: Callable[[], None] = lambda: None) -> int:
    """Count again what changed since the watermark. Returns in how many months and teams the figures changed."""
    state, now = CubeState.now(), timezone.now()
    if state.generation == 0 or state.watermark is None:
        return 1 if rolling_up.roll_up_all(step=step) else 0
    dirty = _read(since=state.watermark - OVERLAP, handled=set(state.handled))
    if len(dirty.keys) > MANY:
        dirty.months |= {key.period for key in dirty.keys}
    keys = {key for key in dirty.keys if key.period not in dirty.months}
    places = {place for place in dirty.places if place.first not in dirty.months} | {key.place for key in keys}
    parts = [*_of_months(dirty.months), *sorted(keys, key=str), *sorted(places, key=str)]
    return _refresh(parts, read=Reading(state.generation, now, dirty.handled, dirty.loop), step=step)


def refresh_months(first: Period, last: Period) -> int:
    """Count these months again, whether or not anything changed; the watermark stays where it is."""
    if CubeState.now().generation == 0:
        return 1 if rolling_up.roll_up_all() else 0
    return _refresh(_of_months(int(month) for month in first.upto(last)))


def _of_months(months: Iterable[int]) -> list[Part]:
    return [part for month in sorted(months) for part in (Key(month), Key(month).place)]


def _read(*, since: datetime, handled: set[str]) -> Dirty:
    dirty = Dirty()
    lines = Event.objects.filter(at__gte=since).order_by()
    touched = {
        kind: {pk for pk in lines.filter(target_type=kind).values_list("target_id", flat=True) if pk}
        for kind in (DEVIATION, CASE, USE)
    }
    deviations, uses = Deviation.objects.all(), RoutineUse.objects.all()
    dirty.keys |= _keys(deviations, Deviation.history.all(), "id", touched[DEVIATION])
    dirty.keys |= _keys(uses, RoutineUse.history.all(), "case", touched[CASE])
    dirty.keys |= _keys(uses, RoutineUse.history.all(), "id", touched[USE])
    dirty.keys |= _kept_since(since)
    kept = KeptSummary.objects.filter(added_at__gte=since).values_list("period", "team")
    dirty.places |= {Place(period, period, team) for period, team in kept} | _ends_of_cases(touched[CASE])
    for line in lines.filter(target_type=IMPORT).values_list("id", "target_id", "verb"):
        dirty.handled.append(str(line[0]))
        if line[1] and str(line[0]) not in handled:
            _read_import(dirty, line[1])
    moved = {str(pk) for pk in lines.filter(target_type=QUESTION, verb__in=LOOP_MOVED).values_list("id", flat=True)}
    dirty.handled += sorted(moved)
    dirty.loop = not moved <= handled
    return dirty


def _kept_since(since: datetime) -> set[Key]:
    """Where something was destroyed: its lines in the logbook no longer say what they were about."""
    rows = [
        table.objects.filter(added_at__gte=since).values_list("period", "routine", "team")
        for table in (KeptCount, KeptUse)
    ]
    return {Key(*place) for table in rows for place in table}


def _ends_of_cases(ids: set[UUID]) -> set[Place]:
    """Where these cases are or ever were closed: one that is taken up again leaves its month."""
    found: set[Place] = set()
    listed = sorted(ids)
    for start in range(0, len(listed), IDS_AT_ONCE):
        those = {"id__in": listed[start : start + IDS_AT_ONCE]}
        for table in (Case.objects.all(), Case.history.all()):
            for moment, team in table.filter(**those).order_by().values_list("closed_at", "team").distinct():
                if moment:
                    month = int(Period.of(moment))
                    found.add(Place(month, month, team))
    return found


def _keys(rows: QuerySet[Any], history: QuerySet[Any], field: str, ids: set[UUID]) -> set[Key]:
    """Every key these things are in now or ever were: a change of month, team or routine leaves an old one behind."""
    found: set[Key] = set()
    listed = sorted(ids)
    for start in range(0, len(listed), IDS_AT_ONCE):
        those = {f"{field}__in": listed[start : start + IDS_AT_ONCE], "period__isnull": False, "routine__isnull": False}
        for table in (rows, history):
            places = table.filter(**those).order_by().values_list("period", "routine", "team").distinct()
            found |= {Key(period, routine, team) for period, routine, team in places}
    return found


def _read_import(dirty: Dirty, pk: UUID) -> None:
    if RegisterImport.objects.unfinished().filter(pk=pk).exists():
        return  # its rows do not count yet; the line that says it is done is still to come
    months = set(Deviation.objects.filter(register=pk).order_by().values_list("period", flat=True).distinct())
    months |= set(RoutineUseTotal.objects.filter(source=pk).order_by().values_list("period", flat=True).distinct())
    dirty.months |= {month for month in months if month}


def _refresh(
    parts: Iterable[Part],
    *,
    read: Reading | None = None,
    step: Callable[[], None] = lambda: None,
) -> int:
    """Every part in a transaction of its own: either its old cells or its new ones. The watermark moves last."""
    started = timezone.now()
    changed, rows = [], 0
    for part in parts:
        made = _refresh_part(part)
        step()
        if made is not None:
            changed.append(part)
            rows += made
    _finish(changed, rows, started, read)
    return len({(part.period, part.team) for part in changed})


@transaction.atomic
def _refresh_part(part: Part) -> int | None:
    """Count a part again. None when it says the same as before; else how many rows it has now."""
    state = CubeState.locked()
    if isinstance(part, Key):
        rows = counting.renew(part, generation=state.generation)
    else:
        rows = summing_up.renew(part, generation=state.generation)
    if rows is None:
        return None
    # In the same transaction: whoever reads in between sees that it must read again.
    state.version += 1
    state.save(update_fields=["version"])
    return rows


@transaction.atomic
def _finish(changed: list[Part], rows: int, started: datetime, read: Reading | None) -> None:
    state, now = CubeState.locked(), timezone.now()
    # A full run that flipped meanwhile has set the watermark to where that run began: then it stays there.
    if read and read.generation == state.generation:
        state.watermark, state.handled = read.watermark, read.handled
    state.updated_at = now
    if read and read.loop:
        state.version += 1
    state.save()
    if changed:
        _record_run(changed, rows, started, now)
    if changed or read and read.loop:
        rolling_up.forget_stale(state.version)
        Errand.put(task="learning.tasks.keep_ready")


def _record_run(changed: list[Part], rows: int, started: datetime, now: datetime) -> None:
    RollupRun.objects.create(
        kind=RollupRun.Kind.KEYS,
        state=RollupRun.State.DONE,
        spec_version=counting.SPEC_VERSION,
        from_period=min(key.period for key in changed),
        to_period=max(key.period for key in changed),
        steps_done=len(changed),
        steps_total=len(changed),
        rows=rows,
        requested_at=started,
        started_at=started,
        finished_at=now,
        milliseconds=round((now - started).total_seconds() * 1000),
    )
