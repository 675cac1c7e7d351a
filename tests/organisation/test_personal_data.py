"""Identifying data in Dutch text: what is found, what is left alone, and what stands in its place."""

import time
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from organisation.kernel.personal_data import Finding, Kind, blocking, find, full_names, replace
from tests.scale.bench_personal_data import Sentence, score, sentences

LABELLED = sentences("personal_data_nl")
CASEWORK = sentences()
FULL_NAMES = sentences("names_nl")
# Anything but digits, which would make another number of it.
AROUND = st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=40)
PIECES = st.sampled_from(
    ["111222333", "111.222.333", "mevrouw Jansen", "dhr. De Wit ", "a@b.nl", "06-12345678", "1234 AB 12", " 12, ", "@"]
    + ["geb. 3-3-1984", "AB-12-34", "NL91ABNA0417164300", "31", "06", "1234", "AB", "mw. ", "Van ", "-", " ", ".", "0"]
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(finding.kind.value, finding.text) for finding in find(text)]


@pytest.mark.parametrize("sentence", LABELLED, ids=lambda sentence: sentence.text[:40])
def test_a_labelled_sentence_gives_exactly_its_findings(sentence: Sentence) -> None:
    assert score([sentence]).mistakes == []


def test_there_are_enough_labelled_sentences_with_and_without_findings() -> None:
    assert sum(bool(sentence.expected) for sentence in CASEWORK) >= 150
    assert sum(not sentence.expected for sentence in CASEWORK) >= 150
    for labelled in (LABELLED, CASEWORK):
        assert {kind for sentence in labelled for kind, _ in sentence.expected} == set(Kind.values)
        assert len({sentence.text for sentence in labelled}) == len(labelled)


def test_a_label_stands_in_its_sentence() -> None:
    labelled = [(sentence.text, words) for sentence in CASEWORK for _, words in sentence.expected]
    assert not [text for text, words in labelled if words not in text]


@pytest.mark.parametrize("kind", Kind.values)
def test_in_casework_nearly_all_is_found(kind: str) -> None:
    result = score(CASEWORK)
    assert result.hit[kind] / result.expected[kind] >= (1 if kind == Kind.BSN else 0.95)


def test_in_casework_hardly_anything_is_found_that_points_to_nobody() -> None:
    result = score([sentence for sentence in CASEWORK if not sentence.expected])
    assert result.false[Kind.BSN] == 0
    assert result.false.total() <= 0.02 * len(CASEWORK)


def test_full_names_without_a_title_are_found_and_hardly_a_street_school_or_firm() -> None:
    result = score(FULL_NAMES)
    assert result.hit[Kind.NAME] / result.expected[Kind.NAME] >= 0.95
    assert result.false.total() <= 0.02 * len(FULL_NAMES)


@pytest.mark.parametrize(
    "name",
    [
        "Gökhan Çelik", "Büşra Yıldırım", "Çiğdem Arslan", "Uğur Doğan", "Tülay Koç", "İlknur Aksoy", "Oguzhan Kilic",
        "Volkan Özdemir", "Nurten Polat", "Harun Aslan", "Yeliz Korkmaz", "Şule Taş", "Ferhat Erdoğan", "Umut Avcı",
        "Zdzisław Wójcik", "Grażyna Kamińska", "Jarosław Lewandowski", "Bożena Zielińska", "Radoslaw Szymanski",
        "Justyna Woźniak", "Tadeusz Kozłowski", "Sylwia Mazur", "Bartłomiej Krawczyk", "Szymon Dąbrowski",
        "Jacek Piątek",
    ],
)  # fmt: skip
def test_turkish_and_polish_names_are_found_without_a_title(name: str) -> None:
    assert kinds(f"Vandaag belde {name} over de huur.") == [("name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Eren Wij hun verzoek?", "Roman Holland staat in de kast.", "Berk Noord wordt gekapt.", "Halen Wij het terug?",
        "Sultan Ahmed is een moskee.", "Merken Wij het?", "Bahar Apotheek is dicht.", "Zafer Bakkerij levert brood.",
        "Umut Supermarkt vraagt personeel.", "De Marta Meijerstraat is opgebroken.", "Wanda komt morgen met Levent.",
        "Filip en Monika waren er.", "Stichting Milena helpt met formulieren.", "Kan Team Zuid dit doen?",
    ],
)  # fmt: skip
def test_words_and_shops_that_look_like_such_a_name_are_let_be(text: str) -> None:
    assert kinds(text) == []


def test_the_first_names_stand_in_order_and_once() -> None:
    def place(name: str) -> list[tuple[str, str]]:
        return [(normalize("NFD", sign)[0].lower(), sign.lower()) for sign in name]

    names = (Path(full_names.__file__).parent / "first_names.txt").read_text(encoding="utf-8").split()
    assert names == sorted(set(names), key=place)


@pytest.mark.parametrize(
    "text",
    ["Fatima belde.", "Jan en Piet waren er.", "jan jansen", "Aan de Jan Steenstraat 3.", "Het Anne Frank College."],
)
def test_a_first_name_alone_and_what_is_called_after_somebody_are_let_be(text: str) -> None:
    assert kinds(text) == []


def test_a_full_name_warns_and_does_not_block() -> None:
    assert [(found.text, found.blocks) for found in find("Fatima el Idrissi belde.")] == [("Fatima el Idrissi", False)]


def test_a_finding_says_where_it_is_and_whether_it_blocks() -> None:
    text = "Mevrouw Jansen, bsn 111222333"
    assert find(text) == [Finding(Kind.NAME, 8, 14, "Jansen"), Finding(Kind.BSN, 20, 29, "111222333")]
    assert [finding.blocks for finding in find(text)] == [False, True]
    assert blocking(text) == [Finding(Kind.BSN, 20, 29, "111222333")]


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("bsn 111222333", "bsn [burgerservicenummer]"),
        ("naar NL91 ABNA 0417 1643 00 van", "naar [rekeningnummer] van"),
        ("mail jan@voorbeeld.nl.", "mail [e-mailadres]."),
        ("bel 06-12345678", "bel [telefoonnummer]"),
        ("op 1234 AB 12 wonen", "op [postcode en huisnummer] wonen"),
        ("geboren 3-3-1984", "geboren [geboortedatum]"),
        ("auto AB-12-34", "auto [kenteken]"),
        ("mevrouw Jansen en meneer De Wit", "mevrouw [naam] en meneer [naam]"),
        ("niets te vinden", "niets te vinden"),
        ("", ""),
    ],
)
def test_a_neutral_word_takes_the_place_of_each_finding(text: str, replaced: str) -> None:
    assert replace(text) == replaced


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("111 222 333 222 111", [("bsn", "111 222 333")]),
        ("123 456 782 123 456 782", [("bsn", "123 456 782"), ("bsn", "123 456 782")]),
        ("111222334", []),
        ("1112223330", []),
        ("111-22-2333", []),
        ("111.222 333", []),
        ("111.222.333,50", []),
        ("€ 111.222.333", []),
        ("kvk 12345672", []),
        ("12345672", [("bsn", "12345672")]),
        ("20250101", []),  # passes the eleven test, and is a day
        ("01012028", []),
        ("20251301", []),
        ("20231301", [("bsn", "20231301")]),
        ("06-12345672", [("phone", "06-12345672")]),
        ("+31 612345679", [("phone", "+31 612345679")]),
        ("111222333@voorbeeld.nl", [("bsn", "111222333")]),
    ],
)
def test_a_citizen_service_number_is_told_from_its_look_alikes(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


def test_overlapping_citizen_service_numbers_are_one_finding() -> None:
    # 129 836 138 and 836 138 4.. cannot be told apart: both go.
    chained = next(f"129 836 138 {n:03d}" for n in range(1000) if bsn.is_valid(f"836138{n:03d}"))
    assert kinds(chained) == [("bsn", chained)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mw. A. belde", []),
        ("mw. De aanvraag is af", []),
        ("mw. Op de afspraak", []),
        ("mevrouw Op den Akker", [("name", "Op den Akker")]),
        ("meneer Wethouder", []),
        ("mevrouw Jansen Zij", [("name", "Jansen")]),
        ("mevrouw X", []),
        ("mevrouw d'Hondt", [("name", "d'Hondt")]),
        ("mevrouw van de", []),
        ("heer " + "van " * 9 + "Dijk", []),
        ("beheer Jansen", []),
        ("mevrouw Andre\u0301 Bos", [("name", "Andre\u0301 Bos")]),
    ],
)
def test_a_name_needs_a_title_and_a_capital(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234 SS 12", []),
        ("1234 AB 12-03-2026", []),
        ("NL91ABNA04171643001", []),
        ("a@b", []),
        ("@voorbeeld.nl", []),
        ("0123456789", [("phone", "0123456789")]),
        ("012345678", []),
        ("01 23456789", []),
        ("0800 123456", []),
        ("kenteken 123456", []),
        ("A1-B2-C3", []),
        ("AB-CD-EF", []),
        ("BW-12-34", []),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@st.composite
def service_numbers(draw: st.DrawFn) -> str:
    """A valid citizen service number: eight digits drawn, the ninth computed."""
    digits = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(any))
    check = sum((9 - place) * digit for place, digit in enumerate(digits)) % 11
    number = "".join(map(str, digits)) + str(check)
    return number if check < 10 else draw(st.sampled_from(("111222333", "123456782")))


@given(service_numbers(), AROUND, AROUND)
def test_every_citizen_service_number_is_found_in_any_text(number: str, before: str, after: str) -> None:
    assert any(number in finding.text for finding in blocking(before + number + after))


@given(service_numbers(), st.sampled_from((". ", " ", ".", "\N{NO-BREAK SPACE}")), st.sampled_from(((3, 6), (4, 6))))
def test_every_citizen_service_number_is_found_in_groups(number: str, sign: str, cuts: tuple[int, int]) -> None:
    separator = sign[0]
    grouped = separator.join((number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]))
    assert [finding.text for finding in blocking(f"Het gaat om {grouped} in deze zaak")] == [grouped]


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join)))
def test_nothing_is_found_in_a_replaced_text(text: str) -> None:
    assert find(replace(text)) == []


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_findings_lie_in_order_in_the_text_without_overlap(text: str) -> None:
    end = 0
    for finding in find(text):
        assert end <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
        end = finding.end


HOSTILE = (
    ["1", "1 ", "1.", "11 ", "111 ", "12.34.", "06 ", "0", "+31", "(0", "a", "a@", "@", "a.", "a@a.", "NL12", "NL12 "]
    + ["1234 AB ", "1234 ", "12, ", "geb. ", "geboren te ", "1-1-", "A-1-", "AB-12-", "kenteken A", "mevrouw "]
    + ["mw. A. ", "mw. van ", "J.", "van de ", "A'", "A-", "De", "é", "x y", "\n", "111222333 ", "1-", "9" * 9]
)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_ten_thousand_hostile_characters_take_no_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    began = time.perf_counter()
    find(text)
    assert time.perf_counter() - began < 2.0
