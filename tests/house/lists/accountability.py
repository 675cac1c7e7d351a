"""Pages with rows of giving account."""

from .rows import Rows

LISTS: dict[str, Rows] = {}
