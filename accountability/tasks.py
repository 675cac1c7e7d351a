"""Errands of giving account: ids in, one service call."""

from celery import shared_task

from organisation.models import Errand

from .services import (
    answering_access,
    checking_log,
    comparing,
    destroying,
    freezing,
    freezing_dossiers,
    gathering_evidence,
    overseeing_seal,
    proposing,
    pulsing,
    taking_stock,
    watching_reviews,
)


@shared_task
def freeze_dossiers(errand_id: str) -> None:
    """Freeze the dossiers of decisions of the last minute."""
    with Errand.claim(errand_id) as errand:
        if errand:
            freezing_dossiers.freeze_due()


@shared_task
def compare_answers(errand_id: str) -> None:
    """Freeze how requests of a half-year that is over were answered."""
    with Errand.claim(errand_id) as errand:
        if errand:
            comparing.freeze_due(step=errand.renew)


@shared_task
def freeze_edition(errand_id: str) -> None:
    """Freeze the figures of an account."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            freezing.run(freezing_id=errand.subject, step=errand.renew)


@shared_task
def carry_out_destruction(errand_id: str) -> None:
    """Destroy what stands on a list that two people agreed to."""
    with Errand.claim(errand_id) as errand:
        if errand:
            destroying.carry_out(errand.subject, errand)


@shared_task
def take_stock(errand_id: str) -> None:
    """Count the indicators of the building blocks for a half-year that is over."""
    with Errand.claim(errand_id) as errand:
        if errand:
            taking_stock.take_due(step=errand.renew)


@shared_task
def close_pulses(errand_id: str) -> None:
    """Close the trust pulses whose last day is over."""
    with Errand.claim(errand_id) as errand:
        if errand:
            pulsing.close_due()


@shared_task
def watch_reviews(errand_id: str) -> None:
    """Remind of reviews that wait."""
    with Errand.claim(errand_id) as errand:
        if errand:
            watching_reviews.watch()


@shared_task
def propose_lines(errand_id: str) -> None:
    """Propose lines for the public register."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            proposing.run(proposing_id=errand.subject, step=errand.renew)


@shared_task
def gather_evidence(errand_id: str) -> None:
    """Make an evidence file from the logbook."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            gathering_evidence.run(evidence_id=errand.subject, step=errand.renew)


@shared_task
def sweep_evidence(errand_id: str) -> None:
    """Take away evidence files that were kept long enough."""
    with Errand.claim(errand_id) as errand:
        if errand:
            gathering_evidence.sweep()


@shared_task
def answer_access(errand_id: str) -> None:
    """Bring together everything about one case."""
    with Errand.claim(errand_id) as errand:
        if errand and errand.subject:
            answering_access.make(request_id=errand.subject, step=errand.renew)


@shared_task
def take_access_files_away(errand_id: str) -> None:
    """Take the files of access requests away that were answered long enough ago."""
    with Errand.claim(errand_id) as errand:
        if errand:
            answering_access.take_away_due()


@shared_task
def verify_log(errand_id: str) -> None:
    """Verify the whole logbook: every night, and when somebody asks."""
    with Errand.claim(errand_id) as errand:
        if errand:
            checking_log.run(verification_id=errand.subject, step=errand.renew)


@shared_task
def watch_seal(errand_id: str) -> None:
    """Tell who must know when nothing is sealed any more."""
    with Errand.claim(errand_id) as errand:
        if errand:
            overseeing_seal.watch()
