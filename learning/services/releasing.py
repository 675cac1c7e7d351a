"""Releases of figures: a closed quarter is made safe once, kept as it is, and told from then on in every form."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from deviations.models import Deviation
from learning.models import FigureRelease
from learning.models.releases import LeftOut
from learning.rules.lattice import Shape, by_table, filled
from learning.rules.tallying import money_of, two_digits
from organisation.kernel.attacking import FAR, Bounds
from organisation.kernel.periods import Period, Quarter
from organisation.kernel.protecting import CannotBeMadeSafe, Release, protect, rounded
from organisation.models import Errand, Event

from .gathering import Gathered, gather

log = structlog.get_logger(__name__)

TASK = "learning.tasks.release_quarters"
# Answers and causes of the last weeks are still written down then; a report may ask for its quarter sooner.
AFTER = timedelta(days=14)

Watch = Callable[[float], None]
Told = dict[Any, Bounds]


def of(quarter: Quarter, *, watch: Watch = lambda share: None) -> FigureRelease:
    """The last release of a quarter; the first, made now, when there is none."""
    return _editions(quarter).last() or anew(quarter, watch=watch)


def anew(quarter: Quarter, *, watch: Watch = lambda share: None) -> FigureRelease:
    """A quarter counted once more: the release there is when it says the same, else a next one.

    What an earlier one hid stays hidden.
    """
    before, gathered = list(_editions(quarter)), gather(quarter)
    if before and _says_the_same(before[-1], gathered):
        return before[-1]
    made = _made(quarter, before, gathered, watch)
    try:
        with transaction.atomic():
            made.save()
            Event.record(actor=None, verb="figures.released", target=made, after=made.digest)
    except IntegrityError:  # the constraint release_edition_once: somebody was first
        return _editions(quarter)[len(before)]
    return made


def _editions(quarter: Quarter) -> QuerySet[FigureRelease]:
    return FigureRelease.objects.filter(year=quarter.year, quarter=quarter.number).order_by("edition")


def catch_up(today: date, *, step: Callable[[], None] = lambda: None, last: int | None = None) -> int:
    """Release every quarter that is over for a while and has no release; only the last so many. Returns how many."""
    missing = [quarter for quarter in _over(today)[-(last or 0) :] if not _editions(quarter).exists()]
    for quarter in reversed(missing):  # the newest is looked at first
        of(quarter, watch=lambda share: step())
    if missing:
        Errand.put(task="learning.tasks.keep_ready")
    return len(missing)


def _over(today: date) -> list[Quarter]:
    """Every quarter with deviations up to the last that has been over long enough."""
    first = Deviation.objects.counted().aggregate(first=Min("period"))["first"]
    if first is None:
        return []
    found, quarter = [], Period.from_int(first).quarter
    while quarter.last.last_day + AFTER < today:
        found.append(quarter)
        quarter = (quarter.last + 1).quarter
    return found


def _says_the_same(release: FigureRelease, gathered: Gathered) -> bool:
    """Whether telling it again, with the same hidden, would give the same; then there is nothing new to tell."""
    shape = gathered.shape
    shape = shape if release.teams else replace(shape, teams=())
    places = {(table, row) for table, rows in shape.rows.items() for row in rows}
    if release.is_empty or list(shape.columns) != release.columns or places != release.places:
        return False
    figures = filled(shape, gathered.figures)
    for (table, row, column), figure in figures.items():
        told = release.told(table, row, column)
        if figure.is_small(release.k) and told is not None or told is not None and told != rounded(figure.count):
            return False
    return True


def _made(quarter: Quarter, before: list[FigureRelease], gathered: Gathered, watch: Watch) -> FigureRelease:
    """Made safe with everything in it; else with less, else with nothing."""
    true, edition = gathered.figures, len(before) + 1
    blank = FigureRelease(year=quarter.year, quarter=quarter.number, edition=edition, k=settings.SMALL_CELL_K)
    for shape, left_out in zip(gathered.shape.smaller, LeftOut, strict=False):
        figures = filled(shape, true)
        told, guarded = _known_from(before, figures)
        try:
            release = protect(figures, shape.relations, before=told, guarded=guarded, k=blank.k, watch=watch)
        except CannotBeMadeSafe:
            log.info("release_leaves_out_more", quarter=str(quarter), left_out=left_out.value)
            continue
        if any(release.values.values()):
            return _frozen(blank, shape, release, gathered, left_out)
    blank.left_out, blank.digest = LeftOut.EVERYTHING, _digest({})
    return blank


def _known_from(before: list[FigureRelease], figures: Iterable[Any]) -> tuple[Told, set[Any]]:
    """What earlier editions hid, and which of that was small."""
    keys = set(figures)
    hidden = {
        (table, row, column): Bounds(1, FAR)
        for release in before
        for table, rows in release.values.items()
        for row, numbers in rows.items()
        for column, number in zip(release.columns, numbers, strict=False)
        if number is None and (table, row, column) in keys
    }
    return hidden, {tuple(key) for release in before for key in release.small} & keys


def _frozen(
    made: FigureRelease, shape: Shape, release: Release, gathered: Gathered, left_out: LeftOut
) -> FigureRelease:
    values = by_table(shape, release.values)
    money = {
        f"{name}:{column}": two_digits(sum_)
        for (name, column), sum_ in money_of(gathered.rows).items()
        if column in shape.columns and release.values["costs", "real" if name == "planned" else name, column]
    }
    made.left_out, made.columns = left_out, shape.columns
    made.values, made.money, made.share_shown = values, money, round(release.share_shown, 3)
    made.small = [list(key) for key in sorted(release.small)]
    made.digest = _digest({"values": values, "money": money})
    made.made_at = timezone.now()
    return made


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
