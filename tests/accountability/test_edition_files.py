"""An account as PDF, page, CSV, ODS and XLSX: the same figures in each, accessible, and readable at B1."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accountability.rules.audiences import NEEDED, Audience
from accountability.rules.reading import MOST, USUAL, ease
from accountability.rules.spans import Span
from accountability.services import beginning, composing, handing_over
from config.demo.script import read

from .edition_builders import edition, figures

pytestmark = pytest.mark.django_db
HALF = Span(2025, 1, 2)
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def made(cast):
    return edition(cast.reporter, state="published", parts=NEEDED, span=HALF, figures=figures(HALF, 45, teams=7))


def file(client, made, kind, audience):
    answer = client.get(reverse("accountability:edition-file", args=[made.pk, kind]), {"for": audience})
    assert answer.status_code == 200
    return answer.content


def cells_of(book, part, row, cell):
    """What a spreadsheet program would read."""
    content = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read(part))  # noqa: S314  our own file
    return [["".join(each.itertext()) for each in line.iter(cell)] for line in content.iter(row)]


@pytest.mark.parametrize("audience", list(Audience))
def test_every_form_says_the_same(made, audience, cast, as_user):
    client = as_user(cast.caseworker)
    account = composing.compose(made, audience)
    plain = list(csv.reader(io.StringIO(file(client, made, "csv", audience).decode()), delimiter=";"))
    ods = cells_of(file(client, made, "ods", audience), "content.xml", f"{SPACE}table-row", f"{SPACE}table-cell")
    xlsx = cells_of(file(client, made, "xlsx", audience), "xl/worksheets/sheet1.xml", f"{SHEET}row", f"{SHEET}c")
    page = file(client, made, "html", audience).decode()
    paper = "".join(part.extract_text() for part in PdfReader(io.BytesIO(file(client, made, "pdf", audience))).pages)
    assert account.figures
    for figure in account.figures:
        assert figure.title in page
        for name, cells in figure.rows:
            values = [name, *("" if cell.value is None else str(cell.value) for cell in cells), ""]
            assert values in plain
            assert values[:-1] in [row[: len(values) - 1] for row in ods]
            assert values[:-1] in [row[: len(values) - 1] for row in xlsx]
            assert all(cell.text in page and cell.text in paper for cell in cells)


def test_the_pdf_is_tagged_in_dutch_and_its_pictures_speak(made):
    book = PdfReader(io.BytesIO(handing_over.pdf(made, Audience.MANAGEMENT)))
    root = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    account = composing.compose(made, Audience.MANAGEMENT)
    drawn = [figure for figure in account.figures if figure.specs]
    alts = list(spoken(root["/StructTreeRoot"]))
    assert len([alt for alt in alts if alt.startswith("Staafdiagram")]) == len(drawn)


def spoken(node):
    """Every alternative text in the structure of a document."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from spoken(each)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        yield from spoken(node.get("/K", []))


def test_the_page_for_the_public_site_needs_nothing_else(made):
    page = handing_over.page(made, Audience.COUNCIL).decode()
    assert not re.search(r"<script|<link|<img|\ssrc=|@import|url\((?!#)", page)
    assert not re.search(r'href="(?!#)', page)
    assert page.count("<table") == len(composing.compose(made, Audience.COUNCIL).figures)


@pytest.mark.parametrize("part", ["first", "council"])
def test_the_account_of_the_demo_reads_at_b1(part):
    for text in read("accounts")[part].values():
        found = ease(text)
        assert not found.long
        assert found.average <= USUAL


def test_what_the_system_writes_itself_reads_at_b1(made):
    texts = beginning.texts(HALF)
    assert len(texts) >= 3
    for text in texts.values():
        assert not ease(text).long, f"longer than {MOST} words"
        assert ease(text).average <= USUAL


def test_a_kind_that_is_not_there_is_not_found(made, cast, as_user):
    assert as_user(cast.reporter).get(reverse("accountability:edition-file", args=[made.pk, "docx"])).status_code == 404


def test_the_public_address_shows_the_council_page_only_when_switched_on(made, client, settings, cast):
    urls = [reverse("accountability:public-accounts"), reverse("accountability:public-account", args=[made.pk])]
    assert all("/login/" in client.get(url).url for url in urls)
    settings.PUBLIC_ACCOUNTS = True
    pages = [client.get(url) for url in urls]
    assert [page.status_code for page in pages] == [200, 200]
    assert "unsafe" not in pages[1].headers["Content-Security-Policy"]
    assert "<style" not in pages[1].content.decode()
    assert "Team 1" not in pages[1].content.decode()
    draft = edition(cast.reporter)
    assert client.get(reverse("accountability:public-account", args=[draft.pk])).status_code == 404
