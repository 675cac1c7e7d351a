"""Who gets in at the pages of access requests."""

from django.utils import timezone

from accountability.services import answering_access
from tests.house.world import World

from .entries import Entry


def begun(world: World) -> dict:
    """A request that was begun and made."""
    told = {"asker": "resident", "reference": "INZ-1", "asked_on": timezone.localdate()}
    made = answering_access.begin(case=world.case, by=world.people.privacy, **told)
    answering_access.make(request_id=made.pk)
    return {"pk": made.pk}


def asked(world: World) -> dict:
    return {"asker": "resident", "reference": "INZ-2", "asked_on": timezone.localdate().isoformat()}


ENTRIES: dict[str, Entry] = {
    "accountability:access-request-list": Entry(get="privacy"),
    "accountability:access-request-new": Entry(
        get="privacy", post="privacy", args=lambda world: {"pk": world.case.pk}, data=asked
    ),
    "accountability:access-request": Entry(get="privacy", args=begun),
    "accountability:access-request-again": Entry(post="privacy", args=begun, data=lambda world: {}),
    "accountability:access-request-file": Entry(get="privacy", args=lambda world: begun(world) | {"kind": "html"}),
}
