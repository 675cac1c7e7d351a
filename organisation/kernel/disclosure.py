"""Hiding small counts before figures leave the team: the simple threshold.

Counts from 1 to k-1 are hidden, and in a row where that hides exactly one cell one more is hidden, so that
it is not the row's total minus the rest. Zero stays zero. A hidden figure is None with a reason, never 0.

This simple rule leaks. Whoever has exact totals of rows and columns, or figures of another release, can
often still work out a hidden cell. Therefore a total over hidden cells is never published exactly here but
rounded to a multiple of five, and only the publish gate, which lets an attacker try to solve for hidden
cells, makes figures fit for the public.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DEFAULT_K = 10
ROUNDED_TO = 5


class Reason(TextChoices):
    """Why a figure is not shown, or not exactly."""

    TOO_FEW = "too_few", _("Hidden: so few that people could be recognised.")
    PROTECTS = "protects", _("Hidden: otherwise another hidden figure could be worked out.")
    HIDDEN = "hidden", _("Hidden: it is about few people, or would give away a figure that is.")
    NOT_TOLD = "not_told", _("This leaves the teams for the municipality and for each team, not by policy domain.")
    ROUNDED = "rounded", _("Rounded to a multiple of five, because it includes hidden figures.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that may be published: exact when there is no reason, None when hidden."""

    value: int | None
    reason: Reason | None = None

    @property
    def hidden(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table with its totals, all fit to leave the team."""

    rows: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


def hide_count(count: int, k: int = DEFAULT_K) -> Cell:
    """One figure on its own; raises ValueError for a negative count."""
    if count < 0:
        raise ValueError("A count is never negative.")
    return Cell(None, Reason.TOO_FEW) if 0 < count < k else Cell(count)


def hide_small(rows: Sequence[Sequence[int]], k: int = DEFAULT_K) -> tuple[tuple[Cell, ...], ...]:
    """The rows with every small count hidden, and one more cell in each row where exactly one was."""
    return tuple(_hide_row(row, k) for row in rows)


def publish_table(rows: Sequence[Sequence[int]], k: int = DEFAULT_K) -> PublishedTable:
    """The rows and their totals; the rows must be of one length."""
    cells = hide_small(rows, k)
    columns = list(zip(*rows, strict=True))
    cell_columns = list(zip(*cells, strict=True))
    return PublishedTable(
        rows=cells,
        row_totals=tuple(_total(row, shown, k) for row, shown in zip(rows, cells, strict=True)),
        column_totals=tuple(_total(column, shown, k) for column, shown in zip(columns, cell_columns, strict=True)),
        total=_total([n for row in rows for n in row], [cell for row in cells for cell in row], k),
    )


def _hide_row(row: Sequence[int], k: int) -> tuple[Cell, ...]:
    cells = [hide_count(count, k) for count in row]
    shown = [place for place, cell in enumerate(cells) if not cell.hidden]
    if len(cells) - len(shown) == 1 and shown:
        # The smallest costs the reader least; a zero only when there is nothing else to hide behind.
        place = min(shown, key=lambda place: (row[place] == 0, row[place], place))
        cells[place] = Cell(None, Reason.PROTECTS)
    return tuple(cells)


def _total(counts: Sequence[int], cells: Sequence[Cell], k: int) -> Cell:
    total = hide_count(sum(counts), k)
    if total.value is None or not any(cell.hidden for cell in cells):
        return total
    return Cell(ROUNDED_TO * round(total.value / ROUNDED_TO), Reason.ROUNDED)
