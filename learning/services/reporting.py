"""Making a learning report: figures frozen once and made safe, and stories that a second person reads."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Routine
from deviations.models import Deviation
from learning import permissions
from learning.models import FigureRelease, LearningQuestion, LearningReport, Link, ReportStory
from learning.rules.lattice import ALL
from learning.workflow import ReportAction, next_report_state
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period, Quarter
from organisation.models import Event, Team, User

from . import releasing

Json = dict[str, Any]
# Beside the table of routines by team.
TABLES = ("kinds", "answers", "outcomes")


@transaction.atomic
def make(*, quarter: Quarter, by: User | None, note: str = "") -> LearningReport:
    """A new edition about a quarter that is over, at once. A second edition says what changed since the first."""
    before = check(quarter=quarter, by=by, note=note)
    return keep(quarter=quarter, figures=freeze(quarter, before), edition=len(before) + 1, by=by, note=note)


def check(*, quarter: Quarter, by: User | None, note: str) -> list[LearningReport]:
    """The editions about this quarter that there are. Raises `Refused` when there can be no next one."""
    if by:
        permissions.require_with_report(by, ReportAction.MAKE)
    if quarter.last >= Period.of(timezone.now()):
        raise Refused(_("This quarter is not over yet: figures are frozen when nothing can be added any more."))
    before = list(LearningReport.objects.filter(year=quarter.year, quarter=quarter.number).order_by("edition"))
    if before and not note.strip():
        raise Refused(_("There is an edition about this quarter already. Say what changed since then."))
    return before


@transaction.atomic
def keep(*, quarter: Quarter, figures: Json, edition: int, by: User | None, note: str) -> LearningReport:
    """Keep frozen figures as this edition, with what the learning questions say to begin writing with."""
    about = {"year": quarter.year, "quarter": quarter.number}
    if LearningReport.objects.filter(**about, edition=edition).exists():
        raise Refused(_("Another edition was made meanwhile. Make it once more."))
    report = LearningReport.objects.create(
        **about, edition=edition, figures=figures, digest=_digest(figures), note=note, made_by=by, **_beginning(quarter)
    )
    Event.record(actor=by, verb="report.make", target=report, after=report.digest)
    return report


@transaction.atomic
def write(*, report: LearningReport, by: User, bottlenecks: str, lessons: str, done: str) -> LearningReport:
    """The three parts of the story."""
    report = _moved(report, ReportAction.WRITE, by)
    report.bottlenecks, report.lessons, report.done = bottlenecks, lessons, done
    return _done(report, ReportAction.WRITE, by)


@transaction.atomic
def choose(*, report: LearningReport, by: User, link: Link) -> ReportStory:
    """Choose a story that a colleague told for a learning question. It is not in the report until it is released."""
    report = _moved(report, ReportAction.CHOOSE, by)
    if not link.story:
        raise Refused(_("This story has not been told."))
    story, _created = ReportStory.objects.get_or_create(
        report=report, link=link, defaults={"text": link.story, "chosen_by": by}
    )
    _done(report, ReportAction.CHOOSE, by)
    return story


@transaction.atomic
def release(*, story: ReportStory, by: User) -> ReportStory:
    """A second person has read it: nobody can be recognised in it."""
    report = _moved(story.report, ReportAction.RELEASE, by)
    story = ReportStory.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if story.chosen_by_id in by.accounts:
        raise Refused(_("You chose this story. A second person releases it."))
    story.released_by, story.released_at = by, timezone.now()
    story.save()
    _done(report, ReportAction.RELEASE, by)
    return story


@transaction.atomic
def publish(*, report: LearningReport, by: User) -> LearningReport:
    """Show it to everybody. From now on it changes only by a next edition."""
    report = _moved(report, ReportAction.PUBLISH, by)
    if not (report.bottlenecks.strip() and report.lessons.strip() and report.done.strip()):
        raise Refused(_("Write the three parts first: bottlenecks, what we learnt, and what was done with it."))
    if report.stories.filter(released_by__isnull=True).exists():
        raise Refused(_("A story still has to be released by a second person, or taken out."))
    report.published_by, report.published_at = by, timezone.now()
    return _done(report, ReportAction.PUBLISH, by)


@transaction.atomic
def take_out(*, story: ReportStory, by: User) -> None:
    """Leave a story out after all."""
    report = _moved(story.report, ReportAction.CHOOSE, by)
    story.delete()
    _done(report, ReportAction.CHOOSE, by)


def freeze(
    quarter: Quarter, earlier: list[LearningReport], *, watch: Callable[[float], None] = lambda share: None
) -> Json:
    """The figures of a quarter as of now, fit to leave the teams: what is released of it from today on.

    What an earlier release hid stays hidden. `watch` hears which part of the work is done, from 0 to 1.
    """
    watch(0)
    release = releasing.anew(quarter, watch=watch)
    if release.is_empty:
        raise Refused(_("There are so few deviations in this quarter that no figure can be published."))
    return _frozen(release)


def _frozen(release: FigureRelease) -> Json:
    """What a report shows of a release: the municipality as a whole, and routines by team."""
    routines = {str(row.pk): str(row) for row in Routine.objects.filter(pk__in=set(release.values["made"]) - {ALL})}
    teams = {str(row.pk): str(row) for row in Team.objects.filter(pk__in=release.teams)}
    named = [key for key in sorted(release.values["made"], key=lambda key: routines.get(key, "")) if key != ALL]
    keys = [("made", row, column) for row in (*named, ALL) for column in (*release.teams, ALL)]
    keys += [(table, row, ALL) for table in TABLES for row in sorted(release.values.get(table, ()))]
    values = {key: release.told(*key) for key in keys}
    return {
        "k": release.k,
        "as_of": release.made_at.isoformat(),
        "routines": [[key, routines[key]] for key in named],
        "teams": [[key, teams[key]] for key in release.teams],
        "values": [[list(key), value] for key, value in values.items()],
        "hidden": [list(key) for key, value in values.items() if value is None],
        "share_shown": round(sum(value is not None for value in values.values()) / len(values), 3),
    }


def _beginning(quarter: Quarter) -> dict[str, str]:
    """What the learning questions of the quarter say already, to begin writing with."""
    first, last = quarter.first.starts_at, quarter.last.ends_before
    opened = LearningQuestion.objects.filter(created_at__gte=first, created_at__lt=last)
    decided = LearningQuestion.objects.filter(decided_at__gte=first, decided_at__lt=last)
    done = LearningQuestion.objects.filter(
        changed_on__gte=quarter.first.first_day, changed_on__lte=quarter.last.last_day
    )
    return {
        "bottlenecks": "\n\n".join(f"{question.title}\n{question.problem}" for question in opened),
        "lessons": "\n\n".join(f"{question.title}\n{question.findings}" for question in decided if question.findings),
        "done": "\n\n".join(f"{question.title}\n{question.carried_out}" for question in done),
    }


def _digest(figures: Json) -> str:
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def _moved(report: LearningReport, action: ReportAction, by: User) -> LearningReport:
    report = LearningReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    permissions.require_with_report(by, action)
    report.state = next_report_state(report.state, action)
    return report


def _done(report: LearningReport, action: ReportAction, by: User) -> LearningReport:
    report.save()
    Event.record(actor=by, verb=f"report.{action}", target=report, after=report.state)
    return report


def newest_quarter() -> Quarter | None:
    """The last quarter that is over and has deviations; None when nothing was counted."""
    last = Deviation.objects.counted().aggregate(last=Max("period"))["last"]
    if last is None:
        return None
    over = (Period.of(timezone.now()).quarter.first - 1).quarter
    return min(over, Period.from_int(last).quarter)
