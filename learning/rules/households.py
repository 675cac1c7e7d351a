"""Whose a deviation is, as far as figures may assume: a name for a household that means nothing."""

from typing import Any

UNKNOWN = "?"


def household(case: Any, reference: str, neighbourhood: Any) -> str:
    """The case; of a row from a register its reference there.

    Without a reference nobody knows whether two rows are about the same people, and figures are hidden when they are
    about few. So the careful side is the fewest households there can be: rows from the same neighbourhood (or from an
    unknown one) are taken for one, since nobody lives in two at a time.
    """
    return str(case or reference or f"{UNKNOWN}{neighbourhood or ''}")
