"""Figures in a column of text and on paper: a table with bars of its last column, drawn, and told in words."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import charting, drawing, presenting
from .charting import NARROW, Mark, Spec
from .presenting import Figure, Shown

COLUMN, TOP = 640, 10  # pixels of a column of text; bars in one picture
Rows = Sequence[tuple[str, list[Shown]]]


def in_column(
    name: str, title: str, heads: list[str], rows: Rows, *, bars: Rows | None = None, above: bool = False
) -> Figure:
    """A table, and bars of the last column of these rows (all of them unless said); no picture without a number."""
    last = [(label, cells[-1]) for label, cells in (rows if bars is None else bars)]
    marks = [Mark(label, cell.value, cell.text, f"{label}: {cell.text}") for label, cell in last]
    make: Callable[..., Spec] = charting.bars
    axis = pgettext("count", "Number")
    specs = None
    if any(mark.value for mark in marks):
        wide, narrow = (make(title, marks[:TOP], axis=axis, width=width, above=above) for width in (COLUMN, NARROW))
        specs = (wide, narrow)
    note = _("The %(count)s largest of %(all)s.") % {"count": TOP, "all": len(marks)} if len(marks) > TOP else ""
    return Figure(name, title, note, heads, rows, specs)


def largest_first(rows: Rows) -> list[tuple[str, list[Shown]]]:
    """By their last column; what is hidden comes last."""
    return sorted(rows, key=lambda row: (row[1][-1].value is None, -(row[1][-1].value or 0), row[0]))


def drawn(figures: Iterable[Figure]) -> list[Figure]:
    """With every picture: those that were never asked for are drawn now."""
    found = list(figures)
    presenting.with_drawings(found)
    for figure in found:
        if figure.specs and figure.pending:
            figure.svg, figure.svg_narrow = (drawing.draw(spec) for spec in figure.specs)
    return found


def on_paper(figure: Figure) -> dict[str, Any]:
    """As `figures.typ` shows it."""
    return {
        "title": figure.title,
        "note": figure.note,
        "svg": figure.svg,
        "alt": in_words(figure),
        "heads": figure.heads,
        "rows": [[name, *(cell.text for cell in cells)] for name, cells in figure.rows],
    }


def in_words(figure: Figure) -> str:
    """What a picture shows, for who hears it."""
    if not figure.specs:
        return ""
    said = [mark["says"] for mark in figure.specs[0]["data"]["values"]]
    return _("Bar chart. %(title)s. %(marks)s.") % {"title": figure.title, "marks": "; ".join(said)}
