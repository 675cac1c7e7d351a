"""The pure rules of an account: its time, what each audience sees, and whether its sentences are short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountability.rules.audiences import Audience, shows, together
from accountability.rules.reading import ease, sentences, words
from accountability.rules.spans import Span
from learning.rules.lattice import ALL, Shape

TABLES = ("made", "kinds", "answers", "outcomes")
KEYS = [key for key in Shape(("r", "s"), ("t", "u")).keys if key[0] == "made" or key[0] in TABLES and key[2] == ALL]


@pytest.mark.parametrize("text", ["2026-Q1", "2026-Q4", "2025-H1", "2025-H2", "2024-Y"])
def test_a_span_is_written_as_it_is_read(text):
    assert str(Span.parse(text)) == text


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "2026-H3", "26-Q1", "x026-Q1", "0000-Y", "2026-Q1x"])
def test_anything_else_is_no_span(text):
    with pytest.raises(ValueError, match="quarter"):
        Span.parse(text)


@pytest.mark.parametrize(("first", "length"), [(2, 2), (4, 2), (2, 4), (1, 3), (0, 1), (5, 1)])
def test_a_half_year_begins_in_january_or_july(first, length):
    with pytest.raises(ValueError, match="quarters"):
        Span(2026, first, length)


def test_a_span_holds_its_quarters_in_order():
    assert [str(quarter) for quarter in Span.parse("2026-H2").quarters] == ["2026-Q3", "2026-Q4"]
    assert [str(span) for span in Span.of_year(2026)][:3] == ["2026-Y", "2026-H1", "2026-H2"]


def test_each_audience_sees_less_of_the_same_release():
    seen = {audience: {key for key in KEYS if shows(audience, key)} for audience in Audience}
    assert seen[Audience.COUNCIL] < seen[Audience.BOARD] < seen[Audience.MANAGEMENT]
    assert seen[Audience.MANAGEMENT] == set(KEYS)


def test_no_team_reaches_the_council_and_no_routine_of_a_team_the_board():
    assert not any(shows(Audience.COUNCIL, key) for key in KEYS if key[0] == "made" and key[2] != ALL)
    assert not shows(Audience.BOARD, ("made", "r", "t"))
    assert shows(Audience.BOARD, ("made", ALL, "t"))


@given(st.lists(st.none() | st.integers(0, 500).map(lambda n: 5 * n), min_size=1, max_size=4))
def test_quarters_together_tell_nothing_that_was_hidden(figures):
    assert together(figures) == (None if None in figures else sum(figures))


def test_sentences_end_at_a_mark_and_at_a_line():
    text = "Wij telden 1.250 zaken. Dat is veel! Klopt dat?\n- Ja, dat klopt.\n\nRoutine: een vaste regel"
    assert sentences(text) == [
        "Wij telden 1.250 zaken.", "Dat is veel!", "Klopt dat?", "Ja, dat klopt.", "Routine: een vaste regel",
    ]  # fmt: skip


def test_words_are_counted_as_people_count_them():
    assert words("Collega’s weken 1.160 keer af, in 5% van de Wmo-zaken.") == 10


def test_a_long_sentence_is_named():
    long = "Een" + " woord" * 20 + "."
    found = ease(f"Kort. {long}")
    assert found.long == (long,)
    assert not found.easy
    assert ease("Dit is kort. Dit ook.").easy
    assert ease("").average == 0
