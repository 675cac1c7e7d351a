"""Rows of text for spreadsheets, in which no cell can run as a formula, and the reading of foreign separators.

Written for the spreadsheets of Dutch offices: fields apart by a semicolon, decimals behind a comma, lines
ended by CR LF. The text is to be encoded as UTF-8 without a byte order mark.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from organisation.kernel.working_days import AMSTERDAM

DELIMITER = ";"

# What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection); the last four are the
# full-width forms of = + - @.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_CANDIDATES = (";", ",", "\t", "|")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 20


def safe_cell(value: object) -> str:
    """The value as text for one cell; text that could start a formula gets an apostrophe in front.

    Numbers, dates and moments are written by us and cannot be formulas, so -5 stays a number. None, also the
    figure that is hidden, is an empty cell. Moments are in Amsterdam.
    """
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case float() | Decimal():
            return f"{Decimal(str(value)):f}".replace(".", ",")
        case datetime() if value.tzinfo is not None:
            return value.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M")
        case datetime():
            raise ValueError("A moment in a spreadsheet needs a time zone.")
        case date():
            return value.isoformat()
    return _safe_text(str(value))


def _safe_text(text: str) -> str:
    # A spreadsheet may skip spaces, or the quote that opens a field, before it looks for a formula.
    if text.startswith(_FORMULA_STARTS) or text.lstrip(" \"'\N{NO-BREAK SPACE}").startswith(_FORMULA_STARTS):
        return "'" + text
    return text


class _Echo:
    """A file that hands back what is written to it, so that a row can be streamed at once."""

    def write(self, text: str) -> str:
        return text


def csv_rows(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Each row as one line of text, made when it is asked for; every cell is made safe."""
    writer: Any = csv.writer(_Echo(), delimiter=DELIMITER)
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


def sniff_delimiter(sample: str) -> str:
    """What stands between the fields of this text: semicolon, comma, tab or bar; semicolon when nothing tells.

    The one that cuts the first rows into the same number of fields most often wins, then the one that gives
    most fields. Separators inside quotes do not count.
    """
    text = sample[:_SAMPLE_CHARACTERS].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return max(_CANDIDATES, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        if row:
            widths.append(len(row))
        if len(widths) == _SAMPLE_ROWS:
            break
    if not widths or widths[0] == 1:
        return (0, 0)
    return (widths.count(widths[0]), widths[0])
