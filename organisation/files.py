"""Tables as a file to keep: CSV, OpenDocument or Excel, the same cells in each."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.urls.converters import StringConverter

from organisation.kernel import opendocument, sheets
from organisation.kernel.sheets import Sheet
from organisation.kernel.spreadsheet import csv_rows


class Format(NamedTuple):
    """A kind of file: its type, and how tables become one."""

    media_type: str
    make: Callable[[Sequence[Sheet]], bytes]


def _csv(tables: Sequence[Sheet]) -> bytes:
    """One table is a plain file; more stand one under another, each under its name."""
    return "".join(csv_rows(tables[0].rows if len(tables) == 1 else _below_each_other(tables))).encode()


# Every spreadsheet that leaves the house is one of these.
FORMATS = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "ods": Format(opendocument.KIND, opendocument.ods),
    "xlsx": Format(sheets.KIND, sheets.xlsx),
}
KINDS = tuple(FORMATS)


class FileKind(StringConverter):
    """The end of an address of a file."""

    regex = "|".join(KINDS)


def download(tables: Sequence[Sheet], *, name: str, kind: str) -> HttpResponse:
    """The tables as a file with this name."""
    media_type, make = FORMATS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(make(tables), content_type=media_type, headers=headers)


def _below_each_other(tables: Sequence[Sheet]) -> Iterator[Sequence[object]]:
    for place, sheet in enumerate(tables):
        if place:
            yield []
        yield [sheet.name]
        yield from sheet.rows
