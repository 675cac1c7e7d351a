"""Figures as tables for a file: every number, and of each that is missing the reason. Hidden is empty, never nought."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from organisation.kernel.sheets import HIDDEN, Sheet

from .presenting import Figure, Shown


def sheets(figures: Iterable[Figure]) -> list[Sheet]:
    """A sheet for each figure."""
    return [Sheet(figure.title, list(_rows(figure))) for figure in figures]


def _rows(figure: Figure) -> Iterator[list[object]]:
    if figure.missing:
        yield [figure.missing]
        return
    yield [*figure.heads, _("Why a number is missing")]
    for name, cells in figure.rows:
        yield [name, *(cell_of(cell) for cell in cells), _why(figure, cells)]


def cell_of(cell: Shown) -> object:
    """A number; marked when it is hidden, empty when there is none."""
    return HIDDEN if cell.value is None and cell.why else cell.value


def _why(figure: Figure, cells: list[Shown]) -> str:
    """Of each hidden cell by the name of its column; a sum of which a part was told says how much that is."""
    said = []
    for head, cell in zip(figure.heads[1:], cells, strict=True):
        if cell.value is None and cell.why:
            said.append(f"{head}: {cell.text}. {cell.why}" if cell.least else f"{head}: {cell.why}")
    return " ".join(said)
