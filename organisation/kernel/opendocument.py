"""Spreadsheets as OpenDocument, written by ourselves: a zip with a sheet for each table, streamed row by row."""

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from .sheets import HIDDEN, Sheet, names
from .spreadsheet import safe_cell

KIND = "application/vnd.oasis.opendocument.spreadsheet"
MARKED = "hidden"  # the style of a figure that is not told: grey
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">'
    f'<office:automatic-styles><style:style style:name="{MARKED}" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#e3e8ee"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"
# What XML cannot hold, whatever somebody typed.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)}


def ods(sheets: Sequence[Sheet]) -> bytes:
    """A book of these sheets. Numbers stay numbers, and no text can run as a formula."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), KIND, zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", _MANIFEST)
        with book.open("content.xml", "w") as content:
            content.write(_HEAD.encode())
            for name, sheet in zip(names(sheets), sheets, strict=True):
                content.write(f"<table:table table:name={quoteattr(name)}>".encode())
                for row in sheet.rows:
                    cells = "".join(_cell(value) for value in row)
                    content.write(f"<table:table-row>{cells}</table:table-row>".encode())
                content.write(b"</table:table>")
            content.write(_END.encode())
    return made.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if value is HIDDEN:
        return f'<table:table-cell table:style-name="{MARKED}"/>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f'<table:table-cell office:value-type="float" office:value="{value}">{_paragraph(str(value))}'
    return f'<table:table-cell office:value-type="string">{_paragraph(safe_cell(value))}'


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(text.translate(_FORBIDDEN))}</text:p></table:table-cell>"
