"""Pages with rows of the public register."""

from tests.accountability.register_builders import line
from tests.factories import RoutineFactory
from tests.house.world import World

from .rows import Rows


def lines(world: World, count: int) -> None:
    """Lines in the register, each about a routine of its own."""
    for number in range(count):
        state = "taken_back" if number % 5 == 4 else "released"
        line(world.people.reporter, state=state, routine=RoutineFactory())


LISTS: dict[str, Rows] = {
    "accountability:register": Rows("caseworker", lines),
    "accountability:register-file": Rows("caseworker", lines, args=lambda world: {"kind": "csv"}),
}
