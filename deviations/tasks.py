"""Errands of deviations: ids in, one service call."""

from celery import shared_task

from organisation.models import Errand

from .services import granting


@shared_task
def expire_spaces(errand_id: str) -> None:
    """Close the books of spaces whose last day has passed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            granting.expire()
