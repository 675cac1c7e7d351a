"""The notation for pages with rows: who looks, and how rows are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.house.world import World


@dataclass(frozen=True)
class Rows:
    """A page with rows, seen by `person` of the cast; `make(world, n)` makes n rows that this person sees.

    `args`: the keyword arguments of the address.
    """

    person: str
    make: Callable[[World, int], Any]
    args: Callable[[World], dict[str, Any]] = lambda world: {}
