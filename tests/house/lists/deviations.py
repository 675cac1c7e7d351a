"""Pages with rows of deviations."""

from .rows import Rows

LISTS: dict[str, Rows] = {}
