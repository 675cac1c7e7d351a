"""Errands of deviations: ids in, one service call."""

from celery import shared_task

from organisation.models import Errand

from .services import checking_register, granting, importing_register


@shared_task
def expire_spaces(errand_id: str) -> None:
    """Close the books of spaces whose last day has passed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            granting.expire()


@shared_task
def check_register(errand_id: str) -> None:
    """Check an uploaded register."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            checking_register.check_by_id(errand.subject, errand)


@shared_task
def bring_in_register(errand_id: str) -> None:
    """Bring in a register that was checked."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            importing_register.bring_in(register_id=errand.subject, errand=errand)
