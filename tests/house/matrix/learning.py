"""Who gets in at the pages of learning."""

from .entries import Entry

ENTRIES: dict[str, Entry] = {}
