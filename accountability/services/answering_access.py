"""Answering a request for access: asked by a privacy officer, made by a worker, kept for a while, then taken away."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import AccessRequest, DestructionLine
from accountability.models.access import random_name
from accountability.permissions import retention as permissions
from accountability.workflow.retention import LineState, ListState, RetentionAction
from cases.models import Case
from organisation.kernel.access import Refused
from organisation.models import AccessBasis, AccessEvent, AccessWay, Errand, Event, Notice, User

from . import gathering, printing_access

TASK = "accountability.tasks.answer_access"
KEPT = timedelta(days=14)
# The kinds of file, by the field that keeps each.
KINDS = {"html": "page", "pdf": "paper", "zip": "bundle"}
AT_ONCE = 200


@transaction.atomic
def begin(*, case: Case, by: User, asker: str, asked_on: date, reference: str) -> AccessRequest:
    """Have everything about this case brought together; the same request for the same case is made once."""
    permissions.require(by, RetentionAction.ANSWER_ACCESS)
    case = _locked(case)
    files = {name: random_name(AccessRequest(), "") for name in KINDS.values()}
    told = {"asker": asker, "asked_on": asked_on, "made_by": by, **files}
    made, created = AccessRequest.objects.get_or_create(case=case, reference=reference, defaults=told)
    if created:
        _hand_out(made, by)
        event = _note("access_request.begin", made, by)
        Notice.queue(event=event, recipients=[case.handler] if case.handler else [], url=case.get_absolute_url())
    return made


@transaction.atomic
def make_again(*, request: AccessRequest, by: User) -> AccessRequest:
    """Once more: after the files were taken away, or when a worker gave up."""
    permissions.require(by, RetentionAction.ANSWER_ACCESS)
    _locked(request.case)
    found = AccessRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
    if is_in_hand(found) or found.is_ready:
        return found
    found.ready_at = found.gone_at = None
    found.save(update_fields=["ready_at", "gone_at"])
    _hand_out(found, by)
    _note("access_request.begin", found, by)
    return found


def make(*, request_id: UUID, step: Callable[[], object] = lambda: None) -> None:
    """Make the files. Doing it again makes them again; what is ready or destroyed meanwhile stays so."""
    request = AccessRequest.objects.select_related("case", "made_by").filter(pk=request_id, ready_at=None).first()
    if request is None:
        return
    everything = gathering.gather(request.case)
    step()
    made: dict[str, bytes | BytesIO] = {
        "page": printing_access.page(request, everything),
        "paper": printing_access.paper(request, everything),
        "bundle": printing_access.bundle(request, everything, step),
    }
    _keep(request, made, len(everything.attachments))


@transaction.atomic
def _keep(request: AccessRequest, made: dict[str, bytes | BytesIO], attachments: int) -> None:
    """Under the lock of the case: whoever destroys it waits, and then finds these files by their names."""
    if not Case.objects.select_for_update(of=("self",)).filter(pk=request.case_id).exists():
        return
    for name, content in made.items():
        write(getattr(request, name).name, content)
    rows = AccessRequest.objects.filter(pk=request.pk, ready_at=None)
    if rows.update(ready_at=timezone.now(), attachments=attachments):
        event = _note("access_request.ready", request, None)
        Notice.queue(event=event, recipients=[request.made_by], url=request.get_absolute_url())


def write(name: str, content: bytes | BytesIO) -> None:
    """Under exactly this name, in the place of what a worker before this one left half way."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content if isinstance(content, bytes) else content.getvalue()))


@transaction.atomic
def hand_over(*, request: AccessRequest, by: User, kind: str) -> "File[bytes]":
    """The file, and a line in both books that somebody takes it along. Raises `Refused`."""
    permissions.require(by, RetentionAction.ANSWER_ACCESS)
    found = AccessRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
    if not found.is_ready:
        raise Refused(_("These files are not there any more. Have them made again."))
    AccessEvent.record(actor=by, targets=[found.case], way=AccessWay.EXPORT, basis=AccessBasis.ROLE)
    _note("access_request.download", found, by, before=kind)
    return default_storage.open(getattr(found, KINDS[kind]).name)


def take_away_due() -> int:
    """Take away what was ready long enough ago; returns how many requests."""
    due = AccessRequest.objects.kept().filter(ready_at__lt=timezone.now() - KEPT).order_by("ready_at")
    return sum(_take_away(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _take_away(pk: UUID) -> bool:
    rows = AccessRequest.objects.kept().select_related("case").select_for_update(of=("self",))
    found = rows.filter(pk=pk).first()
    if found is None:
        return False
    for field in KINDS.values():
        default_storage.delete(getattr(found, field).name)
    found.gone_at = timezone.now()
    found.save(update_fields=["gone_at"])
    _note("access_request.take_away", found, None)
    return True


def is_in_hand(request: AccessRequest) -> bool:
    """Whether a worker makes it, or will."""
    return Errand.objects.open().filter(task=TASK, subject=request.pk).exists()


def why_not(case: Case) -> str:
    """The reason why nothing is made of this case any more; empty when it can be."""
    lines: Any = DestructionLine.objects.filter(thing=case.pk)
    going = lines.filter(state__in=(LineState.GOING, LineState.GONE)).exists()
    if going or lines.filter(state=LineState.LISTED, destruction__state=ListState.RUNNING).exists():
        return _("This case is being destroyed: two people agreed to that. Nothing is made of it any more.")
    return ""


def _locked(case: Case) -> Case:
    found = Case.objects.select_related("handler").select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise Refused(_("This case was destroyed."))
    if reason := why_not(found):
        raise Refused(reason)
    return found


def _hand_out(request: AccessRequest, by: User) -> None:
    """What is brought together is written down as opened, by whom it is made for."""
    AccessEvent.record(actor=by, targets=[request.case], way=AccessWay.EXPORT, basis=AccessBasis.ROLE)
    Errand.put(task=TASK, subject=request.pk)


def _note(verb: str, request: AccessRequest, by: User | None, before: str = "") -> Event:
    return Event.record(actor=by, verb=verb, target=request.case, before=before, after=request.reference)
