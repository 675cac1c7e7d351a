"""Who gets in at the pages of the public register."""

from tests.accountability.register_builders import line
from tests.house.world import World

from .entries import Entry

KEEPERS = "policy reporter"


def of_released(world: World) -> dict:
    """A line in the register."""
    return {"pk": line(world.people.admin).pk}


def of_proposed(world: World) -> dict:
    """A line about a deviation of the caseworker, proposed by somebody else than who looks."""
    return {"pk": line(world.people.admin, state="proposed", deviation=world.agreed).pk}


def of_written(world: World) -> dict:
    """A line that waits to be released, about nothing that is here."""
    return {"pk": line(world.people.admin, state="written").pk}


ENTRIES: dict[str, Entry] = {
    "accountability:register": Entry(get="everybody"),
    "accountability:register-file": Entry(get="everybody", args=lambda world: {"kind": "xlsx"}),
    "accountability:register-propose": Entry(get=KEEPERS, post=KEEPERS),
    "accountability:register-line": Entry(get="everybody", args=of_released),
    "accountability:register-write": Entry(get=f"{KEEPERS} caseworker", post=f"{KEEPERS} caseworker", args=of_proposed),
    "accountability:register-release": Entry(post="", refused=KEEPERS, args=of_written, data=lambda world: {}),
    "accountability:register-take-back": Entry(post=KEEPERS, args=of_released, data=lambda world: {"reason": "Why."}),
    "accountability:register-leave-out": Entry(post=KEEPERS, args=of_written),
    # Switched off: as if they were not there.
    "accountability:public-accounts": Entry(get=""),
    "accountability:public-account": Entry(get="", args=of_released),
    "accountability:public-register": Entry(get=""),
    "accountability:public-register-file": Entry(get="", args=lambda world: {"kind": "csv"}),
}
