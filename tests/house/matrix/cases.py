"""Who gets in at the pages of cases."""

from .entries import Entry

ENTRIES: dict[str, Entry] = {}
