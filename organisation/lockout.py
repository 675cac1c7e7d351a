"""Who is locked out after too many failed attempts to sign in."""

from datetime import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone


def locked_until(address: str) -> datetime | None:
    """When this address may try again from where it failed; None when it is not locked."""
    last = (
        AccessAttempt.objects.filter(
            username=address,
            failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
            attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return last + settings.AXES_COOLOFF_TIME if last else None
