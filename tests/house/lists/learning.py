"""Pages with rows of learning."""

from .rows import Rows

LISTS: dict[str, Rows] = {}
