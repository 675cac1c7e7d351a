"""Who gets in at the pages of giving account."""

from tests.house.world import World

from .editions import ENTRIES as EDITIONS
from .entries import Entry
from .logbook import ENTRIES as LOGBOOK
from .register import ENTRIES as REGISTER
from .reviews import ENTRIES as REVIEWS


def of_agreed(world: World) -> dict:
    """A deviation of the caseworker that the manager agreed with."""
    return {"pk": world.agreed.pk}


ENTRIES: dict[str, Entry] = {
    "accountability:access": Entry(get="privacy"),
    "accountability:standing": Entry(get="controller"),
    "accountability:dossier": Entry(get="caseworker manager controller", args=of_agreed),
    "accountability:dossier-card": Entry(get="team manager", args=of_agreed),
    "accountability:dossier-pdf": Entry(get="caseworker manager controller", args=of_agreed),
    "accountability:dossier-note": Entry(
        post="caseworker manager",
        refused="controller",
        args=of_agreed,
        data=lambda world: {"kind": "remark", "text": "The letter went out."},
    ),
    "accountability:ask-file": Entry(get="privacy controller"),
    "accountability:log": Entry(get="privacy controller"),
    "accountability:log-file": Entry(get="privacy controller", args=lambda world: {"kind": "csv"}),
    "accountability:find-file": Entry(get="privacy controller"),
    "accountability:file-log": Entry(get="caseworker privacy controller", args=lambda world: {"pk": world.case.pk}),
    "accountability:person-log": Entry(get="privacy controller", args=lambda world: {"pk": world.people.caseworker.pk}),
    **LOGBOOK,
    **EDITIONS,
    **REVIEWS,
    **REGISTER,
}
