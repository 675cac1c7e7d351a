"""Before something is destroyed: add it to the counts that stay, and let go of the stories that nobody published."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from cases.models import RoutineUse
from deviations.models import Deviation
from learning.models import KeptCount, KeptSummary, KeptUse, ReportStory
from learning.models.kept import KeptCell
from learning.models.summaries import NUMBERS, PLACE
from learning.workflow import ReportState

from . import summing_up
from .counting import MEASURES, WHAT, WHERE


@transaction.atomic
def keep_counts(*, deviations: Iterable[UUID], uses: Iterable[UUID], cases: Iterable[UUID] = ()) -> None:
    """Add these rows, which go in this transaction, to what stays: the figures are the same before and after.

    Only what counts is added: no drafts, nothing withdrawn, nothing of an import that is not finished.
    """
    deviations = list(deviations)
    for row in summing_up.cells_of(deviations=deviations, cases=cases):
        place = dict(zip(map(_column, PLACE), row[: len(PLACE)], strict=True))
        _add(KeptSummary, place, dict(zip(NUMBERS, row[len(PLACE) :], strict=True)))
    rows = Deviation.objects.counted().filter(pk__in=deviations).order_by()
    for cell in rows.values(*WHERE, *WHAT).annotate(**MEASURES):
        place = {_column(name): cell[name] for name in (*WHERE, *WHAT)}
        added = (cell["n"], cell["amount"], cell["avoided"], cell["minutes"], cell["with_minutes"])
        names = ("deviations", "amount_cents", "avoided_cents", "lead_minutes", "lead_count")
        _add(KeptCount, place, dict(zip(names, added, strict=True)))
    where = ("period", "routine", "team", "case__policy_domain")
    for period, routine, team, domain, number in (
        RoutineUse.objects.filter(pk__in=list(uses)).order_by().values_list(*where).annotate(n=Count("*"))
    ):
        place = {"period": period, "routine_id": routine, "team_id": team, "policy_domain_id": domain}
        _add(KeptUse, place, {"uses": number})


def let_go_of_stories(links: Iterable[UUID]) -> None:
    """Published stories stay, without the link to what they came from; those that nobody published go."""
    stories = ReportStory.objects.filter(link__in=list(links))
    published = stories.filter(report__state=ReportState.PUBLISHED, released_by__isnull=False)
    published.update(link=None)
    stories.delete()


def _add(model: type[KeptCell | KeptSummary], place: Mapping[str, Any], numbers: Mapping[str, int]) -> None:
    cell, _created = model._base_manager.get_or_create(**place)
    more: dict[str, Any] = {name: F(name) + number for name, number in numbers.items()}
    model._base_manager.filter(pk=cell.pk).update(added_at=timezone.now(), **more)


def _column(name: str) -> str:
    return f"{name}_id" if name in ("routine", "team", "policy_domain") else name
