"""The nightly end of shares, and the days that follow from another retention class."""

from celery import shared_task

from organisation.models import Errand

from .services import keeping_classes, sharing


@shared_task
def end_expired_sharing(errand_id: str) -> None:
    """Take away shares whose last day has passed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            sharing.end_expired()


@shared_task
def reckon_class(errand_id: str) -> None:
    """Reckon again when the cases of a retention class are destroyed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            keeping_classes.reckon_cases(errand.subject, errand)
