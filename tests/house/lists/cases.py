"""Pages with rows of cases."""

from .rows import Rows

LISTS: dict[str, Rows] = {}
