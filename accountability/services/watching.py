"""What privacy officer and internal control look at first: numbers, never a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from deviations.models import Deviation
from deviations.rules.lawfulness import Lawfulness
from organisation.kernel.disclosure import Cell, hide_count
from organisation.kernel.ids import first_id_at
from organisation.models import AccessEvent, AccessWay

WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
EXPORTS_SHOWN = 10


@dataclass(frozen=True)
class AccessWeek:
    """How often case data was opened in a week, by how many people, and what was taken along."""

    since: datetime
    ways: list[tuple[str, int]]
    people: int
    exports: list[Any]


def access_of_week(now: datetime | None = None) -> AccessWeek:
    """The seven days up to now: three questions, however many lines there are."""
    since = (now or timezone.now()) - WEEK
    # By key: the keys of lines sort by the moment they were written.
    lines = AccessEvent.objects.filter(pk__gte=first_id_at(since)).exclude(way=AccessWay.LOG).order_by()
    times = dict(lines.values_list("way").annotate(Count("pk")))
    exports = lines.filter(way=AccessWay.EXPORT).values("trace", "actor_name")
    return AccessWeek(
        since=since,
        ways=[(str(way.label), times.get(way.value, 0)) for way in AccessWay if way != AccessWay.LOG],
        people=lines.aggregate(people=Count("actor_id", distinct=True))["people"],
        exports=list(exports.annotate(things=Count("pk"), at=Max("at")).order_by("-at")[:EXPORTS_SHOWN]),
    )


def standing_of_year(now: datetime | None = None) -> list[tuple[Lawfulness, Cell]]:
    """How many deviations of the last year ask for a look, in the whole municipality; few are hidden."""
    rows = Deviation.objects.filter(created_at__gte=(now or timezone.now()) - YEAR).order_by()
    return [
        (status, hide_count(rows.filter(lawfulness=status.value).count()))
        for status in (Lawfulness.NEEDS_ATTENTION, Lawfulness.BEYOND_LAW)
    ]
