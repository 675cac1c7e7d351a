"""Acting first and giving account after: counted apart from what was asked beforehand."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from deviations.models import Deviation
from deviations.models.deviations import Answer, Urgency

YEAR = timedelta(days=365)


def past_year(teams: Iterable[UUID]) -> dict[str, int]:
    """How often people of these teams acted first in the past twelve months, and what came of it."""
    refused, waiting = Q(answer=Answer.REFUSED), Q(answer="")
    rows = Deviation.objects.filter(team__in=teams, urgency=Urgency.ALREADY_DONE)
    return rows.filter(submitted_at__gte=timezone.now() - YEAR).aggregate(
        all=Count("pk"),
        agreed=Count("pk", filter=~refused & ~waiting),
        refused=Count("pk", filter=refused),
        waiting=Count("pk", filter=waiting),
    )
