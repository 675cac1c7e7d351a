"""Who gets in at the seal of the logbook, and at evidence from it."""

from django.core.files.base import ContentFile
from django.utils import timezone

from accountability.models import Evidence, Verification
from tests.house.world import World

from .entries import Entry

READERS = "privacy controller"
WATCHERS = "privacy controller admin"


def of_case(world: World) -> dict:
    return {"pk": world.case.pk}


def of_colleague(world: World) -> dict:
    return {"pk": world.people.colleague.pk}


def of_evidence(world: World) -> dict:
    """A file that is there."""
    told = {"state": "done", "finished_at": timezone.now(), "digest": "0" * 64, "size": 4}
    made = Evidence(case=world.case, reason="Klacht", requested_by=world.people.privacy, **told)
    made.file.storage.save(made.file.name, ContentFile(b"zip."))
    made.save()
    return {"pk": made.pk}


def reason(world: World) -> dict:
    return {"reason": "Klacht 2026-17"}


def of_verification(world: World) -> dict:
    return {"pk": Verification.objects.create().pk}


ENTRIES: dict[str, Entry] = {
    "accountability:file-evidence": Entry(get=READERS, post=READERS, args=of_case, data=reason),
    "accountability:person-evidence": Entry(get=READERS, post=READERS, args=of_colleague, data=reason),
    "accountability:seal": Entry(get=WATCHERS),
    "accountability:verify-log": Entry(post=WATCHERS),
    "accountability:verification": Entry(get=WATCHERS, args=of_verification),
    "accountability:evidence": Entry(get=READERS, args=of_evidence),
    "accountability:evidence-file": Entry(get=READERS, args=of_evidence),
}
