"""Spreadsheets as Office Open XML (XLSX), written by ourselves: a zip with a sheet for each table, streamed."""

import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from .spreadsheet import safe_cell

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # a spreadsheet program opens no sheet with a longer one
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)}  # what XML cannot hold
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STYLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
MARKED = 1  # the second style: dotted grey
# The first two fills are those every program expects.
_STYLES = (
    f'{_DECLARED}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="3">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="gray0625"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fillId="2" applyFill="1"/></cellXfs>'
    "</styleSheet>"
)


class Hidden:
    """In a row: a figure that is not told. An empty cell with a mark, so that nobody takes it for nought."""

    def __str__(self) -> str:
        return ""


HIDDEN = Hidden()


class Sheet(NamedTuple):
    """A table with its name; None in a row is an empty cell."""

    name: str
    rows: Iterable[Sequence[object]]


def names(sheets: Iterable[Sheet]) -> list[str]:
    """Names that a spreadsheet program takes: short, without certain signs, and each once."""
    found: list[str] = []
    for sheet in sheets:
        name = " ".join(sheet.name.translate(_NOT_IN_NAMES).split())[:LONGEST_NAME] or "-"
        number = 2
        base = name
        while name.lower() in (other.lower() for other in found):
            tail = f" {number}"
            name, number = base[: LONGEST_NAME - len(tail)] + tail, number + 1
        found.append(name)
    return found


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A book of these sheets. Numbers stay numbers, and no text can run as a formula."""
    made = BytesIO()
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _types(numbers))
        book.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        book.writestr("xl/workbook.xml", _workbook(names(sheets)))
        book.writestr("xl/styles.xml", _STYLES)
        links = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        links.append(("styles", "styles.xml"))
        book.writestr("xl/_rels/workbook.xml.rels", _relations(links))
        for number, sheet in zip(numbers, sheets, strict=True):
            with book.open(f"xl/worksheets/sheet{number}.xml", "w") as content:
                content.write(f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                for row in sheet.rows:
                    content.write(f"<row>{''.join(_cell(value) for value in row)}</row>".encode())
                content.write(b"</sheetData></worksheet>")
    return made.getvalue()


def _types(numbers: Iterable[int]) -> str:
    parts = [
        ("/xl/workbook.xml", _BOOK),
        ("/xl/styles.xml", _STYLE),
        *((f"/xl/worksheets/sheet{n}.xml", _SHEET) for n in numbers),
    ]
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{relations}"/><Default Extension="xml" ContentType="text/xml"/>'
    return f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">{default}{said}</Types>'


def _relations(links: Iterable[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="r{n}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _workbook(called: Iterable[str]) -> str:
    said = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(called, 1))
    return f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{said}</sheets></workbook>'


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    if value is HIDDEN:
        return f'<c s="{MARKED}"/>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = escape(safe_cell(value).translate(_FORBIDDEN))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
