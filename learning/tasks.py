"""Background work of learning: ids in, one service call."""

from celery import shared_task
from django.utils import timezone

from organisation.models import Errand

from .services import drawing, making_reports, noticing, preparing, refreshing, releasing, rolling_up


@shared_task
def roll_up(errand_id: str) -> None:
    """Do the full roll-up that somebody asked for."""
    with Errand.claim(errand_id) as errand:
        if errand:
            rolling_up.perform(errand.subject, step=errand.renew)


@shared_task
def roll_up_all(errand_id: str) -> None:
    """Count everything anew, every night."""
    with Errand.claim(errand_id) as errand:
        if errand:
            rolling_up.roll_up_all(step=errand.renew)


@shared_task
def follow_the_logbook(errand_id: str) -> None:
    """Count again what changed, every minute."""
    with Errand.claim(errand_id) as errand:
        if errand:
            refreshing.follow_the_logbook(step=errand.renew)


@shared_task
def keep_ready(errand_id: str) -> None:
    """Make the pages most asked for and draw what is not drawn yet."""
    with Errand.claim(errand_id) as errand:
        if errand:
            preparing.keep_ready(step=errand.renew)


@shared_task
def draw_charts(errand_id: str) -> None:
    """Draw the charts that pages asked for."""
    with Errand.claim(errand_id) as errand:
        if errand:
            drawing.draw_all(step=errand.renew)


@shared_task
def release_quarters(errand_id: str) -> None:
    """Release the figures of quarters that are over for a while, every night."""
    with Errand.claim(errand_id) as errand:
        if errand:
            releasing.catch_up(timezone.localdate(), step=errand.renew)


@shared_task
def notice(errand_id: str) -> None:
    """Look for signals in the months that are over, every night after the roll-up."""
    with Errand.claim(errand_id) as errand:
        if errand:
            noticing.notice(timezone.localdate())


@shared_task
def make_report(errand_id: str) -> None:
    """Make the learning report that somebody asked for."""
    with Errand.claim(errand_id) as errand:
        if errand:
            making_reports.perform(errand.subject, step=errand.renew)
