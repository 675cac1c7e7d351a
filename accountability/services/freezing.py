"""Freezing the figures of an account in the background: counted, made safe, kept with a digest, and drawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accountability.models import Edition, Freezing
from accountability.permissions import editions as permissions
from accountability.rules.audiences import Audience
from accountability.workflow.editions import EditionAction, next_state
from learning.models import LearningReport
from learning.services import drawing, presenting
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice, User

from . import editing, illustrating, sourcing

TASK = "accountability.tasks.freeze_edition"


@transaction.atomic
def ask(*, edition: Edition, by: User, background: bool = True) -> Freezing:
    """Have the figures frozen, or join the freezing that is going on."""
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    permissions.require(by, EditionAction.FREEZE, edition)
    next_state(edition.state, EditionAction.FREEZE)
    if running := edition.freezings.going_on().first():
        return running
    freezing = Freezing.objects.create(edition=edition, requested_by=by)
    if background:
        Errand.put(task=TASK, subject=freezing.pk)
    return freezing


def run(*, freezing_id: UUID, step: Callable[[], None] = lambda: None, pictures: bool = True) -> None:
    """Do what was asked for; a second time it changes nothing, and broken off it begins anew."""
    rows = Freezing.objects.select_related("edition", "requested_by")
    freezing = rows.filter(pk=freezing_id, state__in=(Freezing.State.QUEUED, Freezing.State.RUNNING)).first()
    if freezing is None:
        return
    _note(freezing, state=Freezing.State.RUNNING, percent=0)
    edition, by, cut_off = freezing.edition, freezing.requested_by, timezone.now()

    def watch(share: float) -> None:
        _note(freezing, percent=round(100 * share))
        step()

    try:
        permissions.require(by, EditionAction.FREEZE, edition)
        reports = sourcing.counted_now(edition.span, by=by, note=edition.note, watch=watch)
        if pictures:
            _draw(edition, sourcing.dataset(reports), step)
        _finish(freezing, reports, cut_off)
    except Refused as refused:
        _note(freezing, state=Freezing.State.FAILED, reason=str(refused.reason)[:300], finished_at=timezone.now())


def _draw(edition: Edition, figures: dict[str, Any], step: Callable[[], None]) -> None:
    """Every picture in Dutch, so that nobody waits for one."""
    with override("nl"):
        for audience in Audience:
            presenting.with_drawings(illustrating.figures(edition.span, figures, audience))
    drawing.draw_all(step=step)


@transaction.atomic
def _finish(freezing: Freezing, reports: list[LearningReport], cut_off: Any) -> None:
    still = Freezing.objects.filter(pk=freezing.pk, state=Freezing.State.RUNNING)
    if not still.update(state=Freezing.State.DONE, percent=100, finished_at=timezone.now()):
        return
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=freezing.edition_id)
    edition.state = next_state(edition.state, EditionAction.FREEZE)
    edition.figures = sourcing.dataset(reports)
    edition.digest, edition.cut_off = sourcing.digest(edition.figures), cut_off
    edition.frozen_by, edition.frozen_at = freezing.requested_by, timezone.now()
    edition.save()
    edition.reports.set(reports)
    Event.record(actor=freezing.requested_by, verb="edition.freeze", target=edition, after=edition.digest)
    event = Event.record(actor=None, verb="edition.frozen", target=edition)
    told: list[User] = [freezing.requested_by, *editing.checkers(edition)]
    Notice.queue(event=event, recipients=told, url=edition.get_absolute_url())


def _note(freezing: Freezing, **fields: Any) -> None:
    """Write down how far it is, where others see it at once."""
    Freezing.objects.filter(pk=freezing.pk).update(heard_at=timezone.now(), **fields)
