"""The nightly end of shares."""

from celery import shared_task

from organisation.models import Errand

from .services import sharing


@shared_task
def end_expired_sharing(errand_id: str) -> None:
    """Take away shares whose last day has passed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            sharing.end_expired()
