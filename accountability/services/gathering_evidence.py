"""Gathering evidence from the logbook: asked for with a reason, made in the background, taken along, and swept."""

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accountability.models import Evidence
from accountability.permissions import logbook as permissions
from accountability.workflow.logbook import Action
from cases.models import Case
from organisation.models import AccessBasis, AccessEvent, AccessWay, Errand, Event, Notice, User

from . import packing_evidence
from .packing_evidence import Packed

TASK = "accountability.tasks.gather_evidence"


@transaction.atomic
def ask(*, about: Case | User, by: User, reason: str, since: date | None = None, until: date | None = None) -> Evidence:
    """Have evidence made, or join what is being made of the same. Raises `Refused`."""
    permissions.require(by, Action.MAKE_EVIDENCE)
    wanted: dict[str, Any] = {"case": about} if isinstance(about, Case) else {"person": about}
    wanted |= {"since": since, "until": until, "requested_by": by}
    if running := Evidence.objects.going_on().filter(**wanted).first():
        return running
    evidence = Evidence.objects.create(**wanted, reason=reason)
    Event.record(actor=by, verb="logbook.evidence_asked", target=about, remark=reason)
    Errand.put(task=TASK, subject=evidence.pk)
    return evidence


def run(*, evidence_id: UUID, step: Callable[[], None] = lambda: None) -> None:
    """Make the file; a second time it changes nothing, and broken off it begins anew."""
    rows = Evidence.objects.select_related("case", "person", "requested_by")
    evidence = rows.filter(pk=evidence_id, state__in=(Evidence.State.QUEUED, Evidence.State.RUNNING)).first()
    if evidence is None:
        return
    if not permissions.answer(evidence.requested_by, Action.MAKE_EVIDENCE):
        _note(evidence, state=Evidence.State.FAILED, finished_at=timezone.now())
        return
    _note(evidence, state=Evidence.State.RUNNING, done=0)

    def watch(done: int) -> None:
        _note(evidence, done=done)
        step()

    with tempfile.TemporaryFile() as file:
        packed = packing_evidence.pack(evidence, file, watch=watch)
        step()
        _keep(evidence, file, packed)


def take_along(*, evidence: Evidence, by: User) -> IO[bytes]:
    """The file itself, once the logbook says that somebody took it. Raises `Refused` and `FileNotFoundError`."""
    permissions.require(by, Action.MAKE_EVIDENCE)
    content: IO[bytes] = default_storage.open(str(evidence.file.name))
    with transaction.atomic():
        AccessEvent.record(actor=by, targets=[evidence.about], way=AccessWay.LOG, basis=AccessBasis.ROLE)
        Event.record(actor=by, verb="logbook.evidence_taken", target=evidence.about, after=evidence.digest)
    return content


def sweep() -> int:
    """Take away what was kept long enough; returns how many. A file that is gone already is gone."""
    old = list(Evidence.objects.outdated())
    for evidence in old:
        default_storage.delete(str(evidence.file.name))
        evidence.delete()
    return len(old)


def _keep(evidence: Evidence, file: IO[bytes], packed: Packed) -> None:
    """The file first, then that it is there; when the row was destroyed meanwhile, the file goes again."""
    name, size = str(evidence.file.name), file.tell()
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    default_storage.delete(name)  # of a run that was broken off
    default_storage.save(name, File(file))
    try:
        kept = _finish(evidence, packed, size=size, digest=digest)
    except BaseException:
        default_storage.delete(name)
        raise
    if not kept:
        default_storage.delete(name)


@transaction.atomic
def _finish(evidence: Evidence, packed: Packed, **fields: Any) -> bool:
    now = timezone.now()
    told = {"lines": packed.total, "done": packed.total, "unsealed": packed.unsealed, "faults": packed.faults, **fields}
    still = Evidence.objects.filter(pk=evidence.pk, state=Evidence.State.RUNNING)
    if not still.update(state=Evidence.State.DONE, finished_at=now, heard_at=now, **told):
        return False
    count, digest = str(packed.total), fields["digest"]
    event = Event.record(actor=None, verb="logbook.evidence_made", target=evidence.about, before=digest, after=count)
    Notice.queue(event=event, recipients=[evidence.requested_by], url=evidence.get_absolute_url())
    return True


def _note(evidence: Evidence, **fields: Any) -> None:
    """Write down how far it is, where others see it at once."""
    Evidence.objects.filter(pk=evidence.pk).update(heard_at=timezone.now(), **fields)
