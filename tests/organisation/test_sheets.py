"""Books of sheets: numbers stay numbers, no text runs, hidden is empty, and a program can open them."""

import io
import zipfile
from xml.etree import ElementTree

from organisation.kernel.opendocument import ods
from organisation.kernel.sheets import HIDDEN, Sheet, names, xlsx
from organisation.kernel.spreadsheet import csv_rows

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = [Sheet("Trend", [["=1+1", 5, None, "<b>\x00"], [0, 2.5]]), Sheet("trend", [["x"]])]


def test_a_book_holds_a_sheet_for_each_table():
    book = zipfile.ZipFile(io.BytesIO(xlsx(SHEETS)))
    assert all(ElementTree.fromstring(book.read(name)) is not None for name in book.namelist())  # noqa: S314  our own
    rows = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{MAIN}row")  # noqa: S314
    cells = [["".join(cell.itertext()) for cell in row] for row in rows]
    assert cells == [["'=1+1", "5", "", "<b>"], ["0", "2.5"]]
    assert "formula" not in str(book.read("xl/worksheets/sheet1.xml"))


def test_a_figure_that_is_hidden_is_an_empty_cell_with_a_mark():
    hidden = [Sheet("x", [[HIDDEN, None, 0]])]
    sheet = zipfile.ZipFile(io.BytesIO(xlsx(hidden))).read("xl/worksheets/sheet1.xml").decode()
    assert '<row><c s="1"/><c/><c><v>0</v></c></row>' in sheet
    book = zipfile.ZipFile(io.BytesIO(ods(hidden))).read("content.xml").decode()
    assert '<table:table-cell table:style-name="hidden"/><table:table-cell/>' in book
    assert "".join(csv_rows(hidden[0].rows)) == ";;0\r\n"


def test_a_sheet_has_a_name_that_a_program_takes():
    long = "A" * 40
    called = names([Sheet(name, []) for name in ("Trend", "trend", "a/b:c", "", long, long)])
    assert called == ["Trend", "trend 2", "a b c", "-", "A" * 31, "A" * 29 + " 2"]


def test_opendocument_holds_the_same_sheets():
    content = zipfile.ZipFile(io.BytesIO(ods(SHEETS))).read("content.xml").decode()
    assert content.count("<table:table ") == 2
    assert 'table:name="trend 2"' in content
