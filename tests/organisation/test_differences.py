"""Two texts beside each other: nothing is left out of either, and what changed reads as people read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.kernel.differences import ADDED, REMOVED, SAME, Difference, runs_of

WORDS = st.lists(
    st.sampled_from(["de", "huur", "huur,", "€ 1.250,00", "is", "\n", " ", "  ", ".", "te", "laat"]), max_size=30
)
TEXT = st.one_of(st.text(max_size=60), WORDS.map("".join), WORDS.map(" ".join))


def side(runs, kind):
    return "".join(run.text for run in runs if run.kind in (SAME, kind))


@given(TEXT, TEXT)
def test_both_texts_are_in_the_runs_to_the_letter(before, after):
    runs = runs_of(before, after)
    assert side(runs, REMOVED) == before
    assert side(runs, ADDED) == after


@given(TEXT, TEXT)
def test_no_run_is_empty_and_neighbours_differ_in_kind(before, after):
    runs = runs_of(before, after)
    assert all(run.text for run in runs)
    assert all(one.kind != next_.kind for one, next_ in zip(runs, runs[1:], strict=False))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert runs_of(text, text) == (((SAME, text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("de huur", "de oude huur", [(SAME, "de "), (ADDED, "oude "), (SAME, "huur")]),
        ("de oude huur", "de huur", [(SAME, "de "), (REMOVED, "oude "), (SAME, "huur")]),
        ("de huur is laat", "de post is laat", [(SAME, "de "), (REMOVED, "huur"), (ADDED, "post"), (SAME, " is laat")]),
        ("a b c d", "a y z d", [(SAME, "a "), (REMOVED, "b c"), (ADDED, "y z"), (SAME, " d")]),
        ("€ 1.250,00 in", "€ 1.350,00 in", [(SAME, "€ "), (REMOVED, "1.250,00"), (ADDED, "1.350,00"), (SAME, " in")]),
        ("Klaar", "Klaar.", [(SAME, "Klaar"), (ADDED, ".")]),
        ("", "nieuw", [(ADDED, "nieuw")]),
        ("weg", "", [(REMOVED, "weg")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_what_changed_reads_by_the_word(before, after, runs):
    assert list(Difference("Waarom?", before, after).runs) == runs


@pytest.mark.parametrize("words", [1_900, 20_000])
def test_a_long_text_is_compared_while_somebody_waits(words):
    before = " ".join(f"woord{number}" for number in range(words))
    after = " ".join(f"{number}anders" if number % 7 else f"woord{number}" for number in range(words))
    began = time.perf_counter()
    runs = runs_of(before, after)
    assert time.perf_counter() - began < 2.0
    assert (side(runs, REMOVED), side(runs, ADDED)) == (before, after)


def test_one_word_in_a_very_long_text_is_still_one_word():
    text = "woord " * 30_000
    assert [run for run in runs_of(text + "oud einde", text + "nieuw einde") if run.kind != SAME] == [
        (REMOVED, "oud"),
        (ADDED, "nieuw"),
    ]
