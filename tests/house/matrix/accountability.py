"""Who gets in at the pages of giving account."""

from .entries import Entry

ENTRIES: dict[str, Entry] = {}
