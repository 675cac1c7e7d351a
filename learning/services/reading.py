"""Reading the figures: what is stored for this selection, else worked out and stored.

Who leads the teams reads them as they are counted. Everybody else reads what was told: sums of releases, so no
question that can be asked here tells more than the releases do.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.utils import timezone

from learning import permissions
from learning.models import CubeState, FigureRelease, StoredDashboard
from learning.rules.publishing import Json, publish
from learning.rules.selecting import Selection
from learning.rules.telling import Numbers, Quarterly, together
from learning.workflow import Action
from organisation.kernel.periods import Quarter
from organisation.models import User

from . import closing_the_loop, reading_exactly

TRIES = 3
TREND = 12  # quarters
Releases = dict[Quarter, FigureRelease]


def figures(selection: Selection) -> Json:
    """The figures of this selection, as they are now."""
    for _attempt in range(TRIES):
        key, version = _key(selection), CubeState.now().version
        stored = StoredDashboard.objects.filter(key=key, version=version).first()
        if stored:
            return dict(stored.figures)
        published = _exact(selection) if selection.exact else _told(selection)
        published["loop"] = asdict(closing_the_loop.loop(selection.teams if selection.exact else None))
        # Several questions to the cube: when it changed in between they may not fit together, so ask again.
        if CubeState.now().version == version:
            break
    else:
        return published
    fields = {"selection": selection.fields, "version": version, "figures": published}
    StoredDashboard.objects.update_or_create(key=key, defaults=fields)
    return published


def teams_of(user: User) -> tuple[str, ...] | None:
    """The teams whose figures somebody reads exactly: None for who reads what was told of the whole municipality.

    Raises `Refused` for who reads no figures.
    """
    permissions.require(user, Action.READ_FIGURES)
    if user.roles & permissions.WHOLE_MUNICIPALITY:
        return None
    return tuple(sorted(str(team) for team in user.standing.leads))


def told_quarters() -> list[Quarter]:
    """The quarters of which figures were told, the earliest first."""
    rows = FigureRelease.objects.order_by("year", "quarter").values_list("year", "quarter").distinct()
    return [Quarter(year, quarter) for year, quarter in rows]


def told_teams() -> set[str]:
    """The teams of which figures were told."""
    return {team for columns in FigureRelease.objects.newest().values_list("columns", flat=True) for team in columns}


def _key(selection: Selection) -> str:
    # Of today: the closed loop is about the last year.
    parts = [selection.key, str(timezone.localdate())]
    if not selection.exact:
        parts += FigureRelease.objects.newest().values_list("digest", flat=True)
    return hashlib.sha256(":".join(parts).encode()).hexdigest()


def _exact(selection: Selection) -> Json:
    numbers = reading_exactly.numbers(selection)
    before = reading_exactly.numbers(selection.before)
    return publish(numbers, before, reading_exactly.by_month(selection), settings.SMALL_CELL_K)


def _told(selection: Selection) -> Json:
    releases: Releases = {release.about: release for release in FigureRelease.objects.newest()}
    quarters = selection.quarters
    now, before = _sum(releases, quarters, selection), None
    earlier = selection.before.quarters
    if quarters and len(earlier) == len(quarters) and all(quarter in releases for quarter in earlier):
        before = _sum(releases, earlier, selection)
    up_to = [quarter for quarter in releases if not quarters or quarter <= quarters[-1]]
    trend = ((str(quarter), _sum(releases, [quarter], selection)) for quarter in up_to[-TREND:])
    return publish(now, before, trend, settings.SMALL_CELL_K)


def _sum(releases: Releases, quarters: list[Quarter], selection: Selection) -> Numbers:
    found = list(_quarterly(releases[quarter] for quarter in quarters if quarter in releases))
    column = selection.teams[0] if selection.teams else "*"
    routines = reading_exactly.routines_of(selection.domain) if selection.domain else None
    return together(found, column, routines)


def _quarterly(releases: Iterator[FigureRelease]) -> Iterator[Quarterly]:
    for release in releases:
        rows = {table: list(names) for table, names in release.values.items()}
        yield Quarterly(
            release.told, rows, tuple(release.teams), release.money, release.is_empty, by_team=bool(release.teams)
        )
