"""Who gets in at the addresses for machines: as at the pages about the same."""

from tests.house.world import World

from . import editions
from .entries import Entry
from .learning import MAKERS, of_report, released

NOBODY = ""


def of_account(world: World) -> dict:
    """An account in preparation, as the council would read it."""
    return editions.of_draft(world) | {"audience": "council"}


ENTRIES: dict[str, Entry] = {
    "api-description": Entry(get="everybody"),
    "api-unknown": Entry(get=NOBODY, args=lambda world: {"rest": "cases/"}),
    "learning:api-release-list": Entry(get=MAKERS),
    "learning:api-release": Entry(get=MAKERS, args=lambda world: released(period="2025-Q1")),
    "learning:api-figure": Entry(get=MAKERS, args=lambda world: released(period="2025-Q1", name="kinds")),
    "learning:api-report-list": Entry(get="everybody"),
    "learning:api-report": Entry(get=MAKERS, args=of_report),
    "accountability:api-edition-list": Entry(get="everybody"),
    "accountability:api-account": Entry(get=MAKERS, args=of_account),
    "accountability:api-register-list": Entry(get="everybody"),
}
