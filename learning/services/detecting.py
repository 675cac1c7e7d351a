"""Finding signals: the counts of closed months, as the rules want them, and what the rules say about them."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count as CountRows
from django.db.models import F, Q, QuerySet, Sum

from deviations.models import Deviation
from learning.models import Cube, CubeUse
from learning.rules import unlike_elsewhere
from learning.rules.findings import Found
from learning.rules.lattice import MADE
from learning.rules.rises import PAST, WINDOWS, Series, rises
from learning.rules.statistics import Numbers
from learning.rules.unlike_elsewhere import Answers, Count
from organisation.kernel.periods import Period

HISTORY = PAST + max(WINDOWS)
COMPARED = 12  # months over which places are compared
ANSWERED = 3  # months over which answer times are looked at
BY_PEOPLE = ("agreed", "agreed_with_conditions", "refused")
KNOWN_OUTCOMES = ("yes", "partly", "no")

Place = tuple[str | None, str | None]


def last_closed(as_of: date) -> Period:
    """The last month that is over at the end of this day."""
    return Period.of_date(as_of + timedelta(days=1)) - 1


def detect(as_of: date) -> list[Found]:
    """Every signal in the figures as they are, up to and including the last closed month on that day."""
    last = last_closed(as_of)
    since = last - (COMPARED - 1)
    rising = rises(series(last), last)
    # A team that rose is not told a second time that it departs more often than others.
    risen = {(each.routine, each.team) for each in rising}
    teams = [each for each in unlike_elsewhere.by_team(_made_and_uses(since, last), since) if _place(each) not in risen]
    return [
        *unlike_elsewhere.over_threshold(_made_in(last), settings.SIGNAL_THRESHOLD, last),
        *rising,
        *unlike_elsewhere.strongest_of_each_routine(
            unlike_elsewhere.disproportions(_alongside("life_domains", since, last), "life_domain", since)
        ),
        *unlike_elsewhere.disproportions(_alongside("neighbourhood", since, last), "neighbourhood", since),
        *teams,
        *unlike_elsewhere.poor_outcomes(_outcomes(since, last), since),
        *unlike_elsewhere.unequal_answers(_answers(since, last), since),
        *unlike_elsewhere.slow_answers(_late(last - (ANSWERED - 1), last), last - (ANSWERED - 1)),
    ]


def series(last: Period) -> list[Series]:
    """Deviations made and uses, month by month: per routine and team, per routine, per team, and of everything."""
    cells, uses = Cube.objects.current().filter(kind=MADE), CubeUse.objects.current()
    earliest = cells.filter(period__lte=int(last)).order_by("period").values_list("period", flat=True).first()
    if earliest is None:
        return []
    first = max(Period.from_int(earliest), last - (HISTORY - 1))
    made = _monthly(cells, "deviations", first, last)
    used = _monthly(uses, "uses", first, last)
    narrow = [_series(routine, team, counts, used.get((routine, team))) for (routine, team), counts in made.items()]
    routines, teams = {each.routine for each in narrow}, {each.team for each in narrow}
    return [
        *narrow,
        *(_together(routine, None, [each for each in narrow if each.routine == routine]) for routine in routines),
        *(_together(None, team, [each for each in narrow if each.team == team]) for team in teams),
        _together(None, None, narrow),
    ]


def _series(routine: str, team: str, counts: Numbers, uses: Numbers | None) -> Series:
    """Per use when uses are known in every month that has deviations, else per month."""
    if uses is not None and bool((uses >= counts).all()):
        return Series(routine, team, counts, uses)
    return Series(routine, team, counts, np.ones_like(counts), per_use=False)


def _together(routine: str | None, team: str | None, parts: list[Series]) -> Series:
    counts = np.sum([part.counts for part in parts], axis=0)
    if all(part.per_use for part in parts):
        return Series(routine, team, counts, np.sum([part.uses for part in parts], axis=0))
    return Series(routine, team, counts, np.ones_like(counts), per_use=False)


def _monthly(rows: QuerySet[Any], of: str, first: Period, last: Period) -> dict[tuple[str, str], Numbers]:
    found: dict[tuple[str, str], Numbers] = defaultdict(lambda: np.zeros(last - first + 1))
    grouped = _in_months(rows, first, last).values_list("routine_id", "team_id", "period").annotate(n=Sum(of))
    for routine, team, period, number in grouped:
        found[str(routine), str(team)][Period.from_int(period) - first] += number
    return found


def _made_in(month: Period) -> list[tuple[str, int]]:
    rows = _in_months(Cube.objects.current().filter(kind=MADE), month, month)
    return [(str(routine), made) for routine, made in rows.values_list("routine_id").annotate(n=Sum("deviations"))]


def _made_and_uses(first: Period, last: Period) -> list[tuple[str, str, int, int]]:
    made = _sums(Cube.objects.current().filter(kind=MADE), first, last, "deviations", "routine_id", "team_id")
    uses = _sums(CubeUse.objects.current(), first, last, "uses", "routine_id", "team_id")
    return [
        (routine, team, made.get((routine, team), 0), number)
        for (routine, team), number in uses.items()
        if number >= made.get((routine, team), 0)
    ]


def _alongside(dimension: str, first: Period, last: Period) -> list[Count]:
    """These are not in the cube: many-to-many, or too fine to keep for every month."""
    rows = _in_months(Deviation.objects.counted().filter(kind=MADE), first, last)
    grouped = (
        rows.filter(**{f"{dimension}__isnull": False})
        .values_list("routine_id", "routine__policy_domain_id", f"{dimension}__code")
        .annotate(n=CountRows("*"))
    )
    return [Count(str(routine), str(domain), code, number) for routine, domain, code, number in grouped]


def _outcomes(first: Period, last: Period) -> list[Answers]:
    rows = Cube.objects.current().filter(kind=MADE, outcome__in=KNOWN_OUTCOMES)
    return _parts(_sums(rows, first, last, "deviations", "routine_id", "team_id", "weight", "outcome"), "no")


def _answers(first: Period, last: Period) -> list[Answers]:
    rows = Cube.objects.current().filter(kind=MADE, answer__in=BY_PEOPLE)
    return _parts(_sums(rows, first, last, "deviations", "routine_id", "team_id", "weight", "answer"), "refused")


def _parts(sums: dict[tuple[str, ...], int], looked_for: str) -> list[Answers]:
    part: dict[tuple[str, ...], int] = defaultdict(int)
    whole: dict[tuple[str, ...], int] = defaultdict(int)
    for (*place, value), number in sums.items():
        whole[tuple(place)] += number
        part[tuple(place)] += number if value == looked_for else 0
    return [
        Answers(routine, team, weight, part[routine, team, weight], whole[routine, team, weight])
        for routine, team, weight in whole
    ]


def _late(first: Period, last: Period) -> list[tuple[str, int, int]]:
    rows = Deviation.objects.counted().filter(due_at__isnull=False, due_at__lt=last.ends_before)
    late = Q(decided_at__gt=F("due_at")) | Q(decided_at__isnull=True)
    grouped = _in_months(rows, first, last).values_list("team_id")
    found = grouped.annotate(late=CountRows("pk", filter=late), n=CountRows("pk"))
    return [(str(team), behind, answered) for team, behind, answered in found]


def _sums(rows: QuerySet[Any], first: Period, last: Period, of: str, *by: str) -> dict[tuple[str, ...], int]:
    grouped = _in_months(rows, first, last).values_list(*by).annotate(n=Sum(of))
    return {tuple(str(part) for part in row[:-1]): row[-1] for row in grouped}


def _in_months(rows: QuerySet[Any], first: Period, last: Period) -> QuerySet[Any]:
    return rows.filter(period__gte=int(first), period__lte=int(last)).order_by()


def _place(found: Found) -> Place:
    return found.routine, found.team
