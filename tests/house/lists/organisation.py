"""Pages with rows of the ground floor."""

from .rows import Rows

LISTS: dict[str, Rows] = {}
