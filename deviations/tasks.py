"""Errands of deviations: ids in, one service call."""

from celery import shared_task

from organisation.models import Errand

from .services import (
    checking_register,
    escalating,
    granting,
    importing_register,
    indexing,
    looking_back,
    pressing,
    reminding_of_spaces,
    simulating,
)


@shared_task
def expire_spaces(errand_id: str) -> None:
    """Close the books of spaces whose last day has passed."""
    with Errand.claim(errand_id) as errand:
        if errand:
            granting.expire()


@shared_task
def remind_of_spaces(errand_id: str) -> None:
    """Tell who gave room that it ends soon, or that it is time to look back."""
    with Errand.claim(errand_id) as errand:
        if errand:
            reminding_of_spaces.remind()


@shared_task
def watch_deadlines(errand_id: str) -> None:
    """Remind of requests that wait, and pass on what is late."""
    with Errand.claim(errand_id) as errand:
        if errand:
            escalating.watch_deadlines()


@shared_task
def ask_whether_it_helped(errand_id: str) -> None:
    """Ask authors to look back."""
    with Errand.claim(errand_id) as errand:
        if errand:
            looking_back.ask()


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


@shared_task
def index_texts(errand_id: str) -> None:
    """Write the words of deviations that are not there yet."""
    with Errand.claim(errand_id) as errand:
        if errand:
            indexing.index_missing(errand)


@shared_task
def simulate(errand_id: str) -> None:
    """Try a space on the past."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            simulating.run(simulation_id=errand.subject, step=errand.renew)


@shared_task
def watch_proposals(errand_id: str) -> None:
    """Remind of proposals for a space that wait for an answer."""
    with Errand.claim(errand_id) as errand:
        if errand:
            pressing.press()
