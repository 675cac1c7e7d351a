"""Who gets in at the pages of deviations."""

from .entries import Entry

ENTRIES: dict[str, Entry] = {}
