"""Who gets in at the pages of what is kept, held and destroyed."""

from django.utils import timezone

from accountability.models import Certificate, DestructionList
from accountability.services import listing_destruction
from cases.models import RetentionHold
from tests.accountability.destruction import due_cases, retention_class
from tests.house.world import World

from .entries import Entry

GUARDS = "privacy controller"


def drawn_up(world: World) -> DestructionList:
    """A list with a line, made by the privacy officer."""
    due_cases(world.people)
    return listing_destruction.make(by=world.people.privacy)


def of_list(world: World) -> dict:
    return {"pk": drawn_up(world).pk}


def awaiting(world: World) -> dict:
    """A list of the privacy officer that waits for somebody else."""
    made = drawn_up(world)
    listing_destruction.submit(destruction=made, by=world.people.privacy)
    return {"pk": made.pk}


def approving(world: World) -> dict:
    return awaiting(world) | {"action": "approve"}


def of_line(world: World) -> dict:
    made = drawn_up(world)
    return {"pk": made.pk, "line": made.lines.get().pk}


def of_certificate(world: World) -> dict:
    content = {
        "organisation": "Gemeente Voorbeeld", "made_by": "A", "approved_by": "B", "up_to": "2026-01-01",
        "taken_off": 0, "classes": [], "lines": [],
    }  # fmt: skip
    made = Certificate.objects.create(number="VL-1", made_at=timezone.now(), cases=0, content=content, digest="0" * 64)
    return {"pk": made.pk}


def of_hold(world: World) -> dict:
    held = RetentionHold.objects.create(
        case=world.case, kind="objection", reason="B-1", placed_by=world.people.caseworker
    )
    return {"pk": held.pk}


def of_class(world: World) -> dict:
    return {"code": retention_class().code}


def facts(world: World) -> dict:
    """A whole class."""
    return {
        "code": "x.1", "label_nl": "A", "label_en": "A", "keep": "P1Y", "starts": "closure", "source": "Lijst",
        "valid_from": "2024-01-01", "version": 1,
    }  # fmt: skip


def something_due(world: World) -> dict:
    due_cases(world.people)
    return {}


def reason(world: World) -> dict:
    return {"why": "Not yet"}


ENTRIES: dict[str, Entry] = {
    "accountability:retention": Entry(get=GUARDS),
    "accountability:retention-case-list": Entry(get=GUARDS),
    "accountability:retention-classify": Entry(
        get="privacy", post="privacy", args=lambda world: {"pk": world.closed_case.pk}, data=lambda world: {}
    ),
    "accountability:hold-list": Entry(get=GUARDS),
    "accountability:hold-new": Entry(
        get="privacy",
        post="privacy",
        data=lambda world: {"number": world.case.number, "kind": "objection", "reason": "B-1"},
    ),
    "accountability:hold-lift": Entry(get="privacy", post="privacy", args=of_hold, data=reason),
    "accountability:retention-class-list": Entry(get=f"{GUARDS} admin"),
    "accountability:retention-class-new": Entry(get="privacy admin", post="privacy admin", data=facts),
    "accountability:retention-class": Entry(get="privacy admin", post="privacy admin", args=of_class, data=facts),
    "accountability:destruction-make": Entry(
        get=GUARDS, post=GUARDS, data=lambda world: due_cases(world.people) and {}
    ),
    "accountability:destruction-list": Entry(get=GUARDS, args=of_list),
    "accountability:destruction-step": Entry(
        post="controller", refused="privacy", args=approving, data=lambda world: {}
    ),
    "accountability:destruction-give-back": Entry(post=GUARDS, args=awaiting, data=reason),
    "accountability:destruction-take-off": Entry(get=GUARDS, post=GUARDS, args=of_line, data=reason),
    "accountability:certificate-list": Entry(get=GUARDS),
    "accountability:certificate": Entry(get=GUARDS, args=of_certificate),
    "accountability:certificate-pdf": Entry(get=GUARDS, args=of_certificate),
}
