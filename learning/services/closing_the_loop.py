"""How often those who signalled hear what came of it, and how soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from deviations.models import Deviation
from learning.models import LAST_WORDS, Link, Reply, SignLink

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Loop:
    """Of the signals of the last year: how many, how many were answered, and in how many days half of those."""

    signalled: int
    answered: int
    median_days: int | None

    @property
    def percent(self) -> int | None:
        """Answered, of all that was signalled."""
        return round(100 * self.answered / self.signalled) if self.signalled else None


def loop(teams: Sequence[str] | None = None) -> Loop:
    """Per person and question, from the first thing they signalled to the first answer that says what came of it.

    Of these teams, or of everybody: what was said without a deviation belongs to no team.
    """
    since = timezone.now() - LOOKED_BACK
    links = Link.objects.filter(signaller__isnull=False, linked_at__gte=since)
    signs = SignLink.objects.filter(linked_at__gte=since)
    if teams is not None:
        # Asked for each link: joined, SQLite begins with every deviation of the team.
        theirs = Deviation.objects.filter(pk=OuterRef("deviation"), team__in=[UUID(team) for team in teams])
        links, signs = links.filter(Exists(theirs)), signs.none()
    rows = _answered(links, "signaller") | _answered(signs, "unease__author")
    days = [(answered - first).days for first, answered in rows.values() if answered]
    return Loop(len(rows), len(days), round(median(days)) if days else None)


def _answered(rows: "QuerySet[Any]", person: str) -> dict[tuple[Any, Any], tuple[datetime, datetime | None]]:
    """By question and person: since when, and when they heard what came of it."""
    answers = Reply.objects.filter(question=OuterRef("question"), signaller=OuterRef(person), kind__in=LAST_WORDS)
    grouped = rows.order_by().values("question", person).annotate(
        first=Min("linked_at"), answered=Subquery(answers.order_by("at").values("at")[:1])
    )  # fmt: skip
    return {
        (question, who): (first, answered)
        for question, who, first, answered in grouped.values_list("question", person, "first", "answered")
    }
