"""Documents as PDF: accessible, complete, literal, the same every time, and made of nothing but what is here."""

import io
import re
import time
from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from organisation import printing

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
SECONDS = 0.3
LITERAL = (
    '#panic("x") #sys.inputs $x^2$ *not bold* _not slanted_ @reference <label> = No heading https://example.test '
    "=SUM(A1) <script>alert(1)</script> \\u{41} // no comment /* nor this */ [link] #import house: data"
)


def made(text: str, **more) -> PdfReader:
    data = {"title": "Redenen", "organisation": "Gemeente Voorbeeld", "facts": [], "note": "", "text": text, **more}
    return PdfReader(io.BytesIO(printing.pdf("letter", data, at=AT)))


def words_of(reader: PdfReader) -> str:
    """All its text, without the places where lines were broken."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_it_holds_every_word_in_order():
    text = "Eerste alinea met een é en € 1.234,50.\nTweede regel.\n\nTweede alinea: “zó”, š en ț."
    assert re.sub(r"\s+", " ", text) in words_of(made(text, facts=[["Ons kenmerk", "A-2026-00017"]]))


def test_it_is_tagged_for_who_listens_to_it():
    reader = made("Tekst.")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (an object of the reader)
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert (reader.metadata.title, reader.metadata.author) == ("Redenen", "Gemeente Voorbeeld")


def test_what_people_typed_is_never_a_command():
    assert LITERAL in words_of(made(LITERAL))
    bare = re.sub(r"\s+", "", LITERAL)
    assert words_of(made("", note=LITERAL, title=LITERAL)).replace(" ", "").count(bare) == 2


def test_it_opens_nothing_and_runs_nothing():
    reader = made(LITERAL)
    names = str(reader.trailer["/Root"])
    assert not any(name in names for name in ("/OpenAction", "/JavaScript", "/AA", "/EmbeddedFiles"))
    assert not any("/Annots" in page for page in reader.pages)


def test_it_uses_our_letters_and_none_of_the_machine():
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for font in made("Gewoon Nederlands.").pages[0]["/Resources"]["/Font"].values()
    }
    assert fonts <= {"NotoSans-Regular", "NotoSans-Bold"}


def test_the_same_data_and_moment_give_the_same_bytes():
    data = {"title": "T", "organisation": "G", "facts": [], "text": "Tekst.", "note": ""}
    assert printing.pdf("letter", data, at=AT) == printing.pdf("letter", data, at=AT)


def test_it_is_made_while_somebody_waits():
    text = "Een gewone alinea met een stuk of tien woorden erin.\n\n" * 200
    made(text)
    started = time.perf_counter()
    assert len(made(text).pages) > 5
    assert time.perf_counter() - started < SECONDS * 5  # reading it back takes most of it


def test_no_template_fetches_anything():
    for path in printing.TEMPLATES.glob("*.typ"):
        assert not re.search(r"@(preview|local)|https?:", path.read_text()), path.name


def test_a_package_is_not_fetched_even_if_a_template_asks():
    compiler = typst.Compiler(
        input=b'#import "@local/none:1.0.0": x',
        package_path=str(printing.NOWHERE),
        package_cache_path=str(printing.NOWHERE),
    )
    with pytest.raises(typst.TypstError):
        compiler.compile(format="pdf")


def test_a_sign_we_have_no_letter_for_becomes_a_box_and_nothing_breaks():
    assert printing.legible("Blij \U0001f600\ufe0f, \u65e5!") == "Blij \u25a1, \u25a1!"
    assert printing.legible("e\u0301\u200b\r\nx\ty\x07") == "\u00e9\nx    y"
    assert "Blij \u25a1" in words_of(made("Blij \U0001f600"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_a_document(text):
    assert len(made(text, title=f"T {text}").pages) >= 1
    assert printing.legible(printing.legible(text)) == printing.legible(text)
