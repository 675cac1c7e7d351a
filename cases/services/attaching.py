"""Adding files to a case, and taking them away."""

import hashlib
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases import permissions
from cases.models import Attachment, Case
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.kernel.handed_in import Unfit, kind_of
from organisation.models import Event, User

from .reaching import fresh_key, locked, sent_before

MOST_FILES = 50  # of one case


@transaction.atomic
def attach(*, case: Case, by: User, title: str, file: "UploadedFile", key: UUID | None = None) -> Attachment:
    """Keep a file with the case, under a random name. The same form sent twice keeps it once."""
    case = locked(case, by)
    digest = _digest(file)
    if made := sent_before(Attachment, key, case=case, added_by=by, title=title, digest=digest):
        return made
    permissions.require(by, Action.ATTACH, case)
    _require_room(case, digest)
    try:
        kind = kind_of(file.name or "", file, file.size or 0)
    except Unfit as why:
        raise Refused(str(why)) from why
    told = {"title": title, "kind": kind, "size": file.size, "digest": digest, "added_by": by}
    attachment = Attachment(**fresh_key(Attachment, key), case=case, **told)
    attachment.file.save("", file, save=False)
    try:
        attachment.save(force_insert=True)
        Event.record(actor=by, verb="attachment.added", target=case, after=title)
    except BaseException:
        attachment.file.storage.delete(str(attachment.file.name))
        raise
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, by: User) -> None:
    """Take a file away for good. Taking it away twice is taking it away once."""
    case = locked(attachment.case, by)
    permissions.require(by, Action.DETACH, case)
    found = case.attachments.filter(pk=attachment.pk).first()
    if found is None:
        return
    storage, name = found.file.storage, str(found.file.name)
    found.delete()
    Event.record(actor=by, verb="attachment.removed", target=case, before=found.title)
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _require_room(case: Case, digest: str) -> None:
    if case.attachments.filter(digest=digest).exists():
        raise Refused(_("This very file is in the case already."))
    if case.attachments.count() >= MOST_FILES:
        raise Refused(_("A case holds at most %(files)d files.") % {"files": MOST_FILES})


def _digest(file: "UploadedFile") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
