"""The permission matrix: every address of the house, in one file for each app."""

from . import access, accountability, api, cases, deviations, equality, learning, organisation, retention
from .entries import Entry

ENTRIES: dict[str, Entry] = {
    **organisation.ENTRIES,
    **cases.ENTRIES,
    **deviations.ENTRIES,
    **learning.ENTRIES,
    **accountability.ENTRIES,
    **equality.ENTRIES,
    **retention.ENTRIES,
    **access.ENTRIES,
    **api.ENTRIES,
}
