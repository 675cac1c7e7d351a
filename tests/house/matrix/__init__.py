"""The permission matrix: every address of the house, in one file for each app."""

from . import accountability, cases, deviations, learning, organisation
from .entries import Entry

ENTRIES: dict[str, Entry] = {
    **organisation.ENTRIES,
    **cases.ENTRIES,
    **deviations.ENTRIES,
    **learning.ENTRIES,
    **accountability.ENTRIES,
}
