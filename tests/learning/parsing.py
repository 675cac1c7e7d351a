"""Reading tables back out of a page, a spreadsheet, a chart, paper and JSON, with code that none of their writers use.

Every reader gives `{title: {row: (figure, …)}}`, in which a figure is a number, `HIDDEN`, or None when there is none.
"""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

from pypdf import PdfReader

HIDDEN = "hidden"
WORD = "verborgen"
NUMBER = re.compile(r"(?<![\w.,#-])(?:\d{1,3}(?:\.\d{3})+(?![\w.,])|\d+(?![\w,-]|\.\d))")
Tables = dict[str, dict[str, tuple]]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def figure_of(text: str):
    """A figure as people here write it."""
    text = " ".join(text.split())
    if text.startswith((WORD, "ten minste")):
        return HIDDEN
    if text in ("", "–"):
        return None
    return float(text.replace(".", "").replace(",", ".").replace("−", "-").replace("€ ", "").rstrip("%").strip())


class _Page(HTMLParser):
    """The captioned tables of a page; the reason why a figure is hidden is no part of its cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.into: list[str] | None = None
        self.aside = 0

    def handle_starttag(self, tag, attrs):
        names = dict(attrs).get("class") or ""
        if self.aside or "hr-masked__why" in names:
            self.aside += 1
        elif tag == "table":
            self.tables.append(("", []))
        elif tag == "caption":
            self.into = []
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in ("td", "th") and self.tables:
            self.into = []

    def handle_endtag(self, tag):
        if self.aside:
            self.aside -= 1
        elif tag == "caption":
            self.tables[-1] = ("".join(self.into or ()).strip(), self.tables[-1][1])
        elif tag in ("td", "th") and self.tables and self.into is not None:
            self.tables[-1][1][-1].append("".join(self.into))
            self.into = None

    def handle_data(self, data):
        if self.into is not None and not self.aside:
            self.into.append(data)


def of_page(text: str, titles=()) -> Tables:
    """The tables of a page; one without a caption is called by its place among `titles`."""
    page = _Page()
    page.feed(text)
    found = {}
    for place, (caption, rows) in enumerate(page.tables):
        title = caption or (titles[place] if place < len(titles) else "")
        found[title] = {row[0].strip(): tuple(map(figure_of, row[1:])) for row in rows[1:]}
    return found


def of_csv(content: bytes) -> Tables:
    """Tables under each other; the reasons in the last column say which of the empty cells are hidden."""
    lines = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
    return _blocks([[_of_text(cell) for cell in line] for line in lines])


def _of_text(cell: str):
    number = cell.replace(",", ".", 1)
    return float(number) if re.fullmatch(r"-?\d+(\.\d+)?", number) else cell


def of_ods(book: bytes) -> list[list[list]]:
    """The cells of each sheet."""
    content = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read("content.xml"))  # noqa: S314  our own
    return [
        [[_ods_cell(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in sheet.iter(f"{TABLE}table-row")]
        for sheet in content.iter(f"{TABLE}table")
    ]


def _ods_cell(cell):
    if cell.get(f"{OFFICE}value-type") == "float":
        return float(cell.get(f"{OFFICE}value"))
    return HIDDEN if cell.get(f"{TABLE}style-name") == HIDDEN else "".join(cell.itertext())


def of_xlsx(book: bytes) -> list[list[list]]:
    """The cells of each sheet; grey dots are the second style."""
    files = zipfile.ZipFile(io.BytesIO(book))
    sheets = sorted(name for name in files.namelist() if name.startswith("xl/worksheets/"))
    sheets.sort(key=lambda name: int(re.sub(r"\D", "", name)))
    roots = [ElementTree.fromstring(files.read(name)) for name in sheets]  # noqa: S314  our own
    return [[[_xlsx_cell(cell) for cell in row.iter(f"{MAIN}c")] for row in root.iter(f"{MAIN}row")] for root in roots]


def _xlsx_cell(cell):
    number = cell.find(f"{MAIN}v")
    if number is not None:
        return float(number.text)
    return HIDDEN if cell.get("s") == "1" else "".join(cell.itertext())


def of_sheets(sheets: list[list[list]], titles: list[str]) -> Tables:
    """One table in each sheet after the first, or all of them below each other in one."""
    if len(sheets) == 1:
        return _blocks(sheets[0])
    return {title: _rows(sheet) for title, sheet in zip(titles, sheets[len(sheets) - len(titles) :], strict=True)}


def _blocks(lines: list[list]) -> Tables:
    """A title alone, heads, rows, and an empty line."""
    found, block = {}, []
    for line in [*lines, []]:
        if line:
            block.append(line)
        elif block:
            if len(block) > 1 and len(block[1]) > 1:
                found[block[0][0]] = _rows(block[1:])
            block = []
    return found


def _rows(lines: list[list]) -> dict[str, tuple]:
    heads = lines[0]
    found = {}
    for name, *cells, why in lines[1:]:
        named = [head for head in heads[1:-1] if f"{head}:" in why]
        marked = [HIDDEN if cell == "" and why and (head in named or not named) else cell
                  for head, cell in zip(heads[1:], cells, strict=False)]  # fmt: skip
        found[name] = tuple(None if cell == "" else cell for cell in marked)
    return found


def of_json(figures: list[dict]) -> Tables:
    """What the API gives: null and a flag."""
    found = {}
    for figure in figures:
        assert all((cell["value"] is None) >= cell["hidden"] for row in figure["rows"] for cell in row["cells"])
        found[figure["title"]] = {
            row["name"]: tuple(HIDDEN if cell["hidden"] else cell["value"] for cell in row["cells"])
            for row in figure["rows"]
        }
    return found


def on_paper(book: bytes) -> str:
    """The words of a PDF, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(book)).pages).split())


def lines_on_paper(tables: Tables, paper: str) -> list[str]:
    """Each row of these tables that does not stand in the words of a PDF, cell after cell."""

    def said(cell) -> str:
        return WORD if cell == HIDDEN else "–" if cell is None else f"{cell:,.0f}".replace(",", ".")

    wanted = [" ".join([name, *map(said, row)]) for rows in tables.values() for name, row in rows.items()]
    return [line for line in wanted if " ".join(line.split()) not in paper]


def bars(spec: dict) -> dict[str, tuple]:
    """The bars of a chart: what its source holds under each name."""
    data = spec["data"]["values"]
    assert all((mark["value"] is None) == (mark["text"] == WORD) for mark in data)
    return {mark["label"]: HIDDEN if mark["value"] is None else mark["value"] for mark in data}


def aloud(svg: str) -> dict[str, object]:
    """What the marks of a drawing say: a name and a figure."""
    said = re.findall(r'aria-label="([^"]*): ([^":]*)"', svg)
    return {" ".join(name.split()): figure_of(text) for name, text in said}


def numbers_in(source) -> set[str]:
    """Every whole number that stands in a text, as digits: 1.234 and 1234 are one."""
    text = source if isinstance(source, str) else json.dumps(source)
    text = re.sub(r"<(?:path|g|line|rect|svg|clipPath)\b[^>]*?(?=aria-label|>)", " ", text)
    return {found.replace(".", "") for found in NUMBER.findall(text)}


def parts_of(book: bytes) -> str:
    """All that stands in a zip, or in the objects of a PDF, as text."""
    if book.startswith(b"PK"):
        files = zipfile.ZipFile(io.BytesIO(book))
        return "\n".join(files.read(name).decode() for name in files.namelist())
    return on_paper(book)
