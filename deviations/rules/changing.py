"""What changes a deviation after it was decided on, and what merely adds to it.

Whoever decided did so on the text, the money, the grounds and the risks that stood there: a change in any of these
is another request, so the decision no longer counts. `ADDITIONS` is the whole list of what may be filled in later
without asking again, since it says something for the figures and nothing for the decision. What is not in that list
is material, also what will be added to the record some day.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

ADDITIONS = frozenset({"causes", "life_domains", "structural"})

# Set by the server while a deviation goes its way; they follow from what was written.
FOLLOWS = frozenset({"number", "source_type", "weight", "submitted_at", "space", "sliders", "limits"})

Frozen = Mapping[str, Any]


def material(before: Frozen, after: Frozen) -> tuple[str, ...]:
    """The names of what differs and voids a decision, in the order of the record."""
    return tuple(name for name in changed(before, after) if name not in ADDITIONS)


def changed(before: Frozen, after: Frozen) -> tuple[str, ...]:
    """The names of everything the author changed. What only one of both has counts when it says something."""
    names = dict.fromkeys((*before, *after))
    return tuple(name for name in names if name not in FOLLOWS and bare(before.get(name)) != bare(after.get(name)))


def bare(value: Any) -> Any:
    """A value without what a browser makes of it: another line end, white space at the ends, nothing for empty."""
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines()) or None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return sorted(value) or None
    return value or None  # no amount, no tick and no text are all nothing
