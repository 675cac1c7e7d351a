"""Which grounds to show first to an author: those that give room in this source and in this field of work.

The rest stays within reach behind "show all": a suggestion is no verdict. What is beyond the law, or always for
the board, is never suggested.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from deviations.rules.weighing import BEYOND_LAW, FOR_THE_BOARD

# A ground that names no more kinds of source than this was made for them.
NARROW = 2


@dataclass(frozen=True)
class Offer:
    """A ground as its row in the taxonomy says; an empty set means any source, or any field of work."""

    code: str
    weight: str
    kind: str
    source_types: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


# More than these at once is a list to read, not a suggestion.
AT_ONCE = 6


class Suggestion(NamedTuple):
    """Codes of the grounds: to show at once, those that may serve as well, and all others, each in its order."""

    first: tuple[str, ...]
    also: tuple[str, ...]
    others: tuple[str, ...]


def suggest(offers: Iterable[Offer], source_type: str, domain: str) -> Suggestion:
    """Divide the grounds for a routine from this source in this field of work; without a source nothing serves.

    First what was made for this field or this source, the lightest before the heavier, and then by code.
    """
    rows = list(offers)
    serving = [row for row in rows if source_type and _serves(row, source_type, domain)]
    serving.sort(key=lambda row: (-_fit(row), row.weight, row.code))
    others = sorted((row for row in rows if row not in serving), key=lambda row: (_is_for_the_board(row), row.code))
    codes = tuple(row.code for row in serving)
    return Suggestion(codes[:AT_ONCE], codes[AT_ONCE:], tuple(row.code for row in others))


def _serves(row: Offer, source_type: str, domain: str) -> bool:
    in_source = not row.source_types or source_type in row.source_types
    in_domain = not row.domains or domain in row.domains
    return in_source and in_domain and not _is_for_the_board(row)


def _is_for_the_board(row: Offer) -> bool:
    return row.kind == BEYOND_LAW or row.code in FOR_THE_BOARD


def _fit(row: Offer) -> int:
    """How closely it was cut: one for naming the field of work, one for naming only a source or two."""
    return bool(row.domains) + (0 < len(row.source_types) <= NARROW)
