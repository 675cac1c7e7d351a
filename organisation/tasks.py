"""The tick that hands out what is due, and the mail of notices and password links."""

from celery import shared_task

from .models import Errand
from .services import inviting, running_errands, sealing, telling


@shared_task
def tick() -> None:
    """Beat's only task: write the slots that have come, hand out what is due, show that we are alive."""
    running_errands.tick()


@shared_task
def mail_notice(errand_id: str) -> None:
    """Mail one notice."""
    with Errand.claim(errand_id) as errand:
        if errand:
            telling.mail(notice_id=errand.subject)


@shared_task
def mail_password_link(errand_id: str) -> None:
    """Mail a link to set a password."""
    with Errand.claim(errand_id) as errand:
        if errand:
            inviting.mail_link(person_id=errand.subject)


@shared_task
def seal(errand_id: str) -> None:
    """Seal what was written in the logbook since the minute before."""
    with Errand.claim(errand_id) as errand:
        if errand:
            sealing.seal()
