"""Every page with rows, in one file for each app."""

from . import accountability, api, cases, deviations, learning, organisation
from .rows import Rows

LISTS: dict[str, Rows] = {
    **organisation.LISTS,
    **cases.LISTS,
    **deviations.LISTS,
    **learning.LISTS,
    **accountability.LISTS,
    **api.LISTS,
}
