"""Comparable or not: points by hand, properties by hypothesis, and when precedents went the other way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.comparing import (
    COMPARABLE,
    SHARED_BY,
    Comparing,
    Leaning,
    Tally,
    features,
    packed,
)

WORDS = st.lists(
    st.sampled_from(["gas", "licht", "huur", "school", "taxi", "paspoort", "energierekening", "kind", "deurwaarder"])
)
TICKED = st.lists(st.sampled_from(["g:AWB-4-84", "g:PW-35", "l:income", "l:housing", "l:family"]))
TEXTS = st.lists(st.tuples(WORDS, TICKED, st.booleans()), max_size=12)


def laid_beside(words: str, ticked: str, *pool: tuple[str, str, bool]) -> Comparing:
    mine = features(words.split(), ticked.split())
    kept = [packed(features(theirs.split(), tick.split())) for theirs, tick, _same in pool]
    return Comparing(mine, kept, [same for _theirs, _tick, same in pool])


def everything(rows: list[int]) -> list[int]:
    return rows


def nothing(rows: list[int]) -> list[int]:
    return []


@pytest.mark.parametrize(
    ("ticked", "same_routine", "points"),
    [
        ("", False, 0),
        ("", True, 40),
        ("l:housing", True, 50),
        ("l:housing l:income", True, 55),
        ("l:housing l:income l:family", True, 55),
        ("g:PW-35", True, 55),
        ("g:PW-35 g:AWB-4-84", True, 60),
        ("g:PW-35 g:AWB-4-84 g:KIND", True, 65),
        ("g:PW-35 g:AWB-4-84 g:KIND g:CL", True, 65),
        ("g:PW-35 l:housing", False, 25),
        ("l:debts", True, 40),
    ],
)
def test_what_is_ticked_gives_points(ticked, same_routine, points):
    mine = "g:PW-35 g:AWB-4-84 g:KIND g:CL l:housing l:income l:family"
    comparing = laid_beside("", mine, ("", ticked, same_routine))
    assert comparing.points(comparing.by_words()).tolist() == [points]


def test_the_same_text_gives_sixty_points_and_no_shared_word_gives_none():
    comparing = laid_beside("gas licht afsluit", "", ("gas licht afsluit", "", True), ("paspoort", "", True))
    assert comparing.points(comparing.by_words()).tolist() == [100, 40]


def test_the_routine_alone_is_not_comparable_and_one_thing_more_is():
    comparing = laid_beside("gas", "l:housing", ("paspoort", "", True), ("paspoort", "l:housing", True))
    found = {each.row: each.is_comparable for each in comparing.nearest(comparing.by_words(), 5, everything)}
    assert found == {0: False, 1: True}


def test_a_rare_word_tells_more_than_a_common_one():
    common = [("week", "", True)] * 8
    comparing = laid_beside("week ontruiming", "", *common, ("ontruiming", "", True))
    assert comparing.nearest(comparing.by_words(), 1, everything)[0].row == 8


def test_compounds_count_by_their_beginning_and_their_end():
    comparing = laid_beside("energierekening", "", ("energieleverancier", "", True), ("paspoort", "", True))
    first, second = comparing.by_words()
    assert first > second == 0


def test_of_equals_the_newest_comes_first():
    comparing = laid_beside("gas", "", ("gas", "", True), ("gas", "", True))
    assert [each.row for each in comparing.nearest(comparing.by_words(), 5, everything)] == [0, 1]


def test_a_word_of_few_texts_does_not_tell_what_stands_in_a_text_one_may_not_read():
    """Typing a name shows nothing about the text of another team: not its place, not its points, not its words."""
    plain = [("huur achterstand", "", True)] * SHARED_BY
    with_name = laid_beside("huur jansen", "", *plain, ("huur jansen", "", True))
    without = laid_beside("huur jansen", "", *plain, ("huur pietersen", "", True))
    told = [
        [(each.row, each.shared) for each in comparing.nearest(comparing.by_words(), 9, nothing)]
        for comparing in (with_name, without)
    ]
    assert told[0] == told[1]
    read = with_name.nearest(with_name.by_words(), 9, everything)
    assert read[0].row == SHARED_BY
    assert with_name.telling(read[0].shared)[0] == "jansen"


def test_nothing_to_compare_with_is_no_fault():
    assert laid_beside("gas", "").nearest(np.array([]), 5, everything) == []
    empty = laid_beside("", "", ("gas", "l:housing", True))
    assert empty.nearest(empty.by_words(), 5, everything)[0].points == 40


@given(words=WORDS, ticked=TICKED, pool=TEXTS)
def test_points_are_bounded_and_more_in_common_never_gives_less(words, ticked, pool):
    kept = [packed(features(theirs, tick)) for theirs, tick, _same in pool]
    same = [same for _theirs, _tick, same in pool]
    comparing = Comparing(features(words, ticked), kept, same)
    points = comparing.points(comparing.by_words())
    assert all(0 <= each <= 40 + 60 + 25 + 15 for each in points)
    everywhere = Comparing(features(words, ticked), kept, [True] * len(pool))
    assert all(everywhere.points(everywhere.by_words()) >= points)
    found = comparing.nearest(comparing.by_words(), 5, everything)
    assert [each.points for each in found] == sorted(points.tolist(), reverse=True)[:5]
    assert all(each.is_comparable == (each.points >= COMPARABLE) for each in found)


@given(words=WORDS, ticked=TICKED, pool=TEXTS)
def test_what_may_not_be_read_never_gets_more_points_for_it(words, ticked, pool):
    kept = [packed(features(theirs, tick)) for theirs, tick, _same in pool]
    comparing = Comparing(features(words, ticked), kept, [same for _theirs, _tick, same in pool])
    read = {each.row: each.points for each in comparing.nearest(comparing.by_words(), 99, everything)}
    unread = {each.row: each.points for each in comparing.nearest(comparing.by_words(), 99, nothing)}
    assert all(unread[row] <= points for row, points in read.items())


AGREED, WITH, REFUSED, SPACE = "agreed", "agreed_with_conditions", "refused", "by_space"


@pytest.mark.parametrize(
    ("answers", "leaning"),
    [
        ([], Leaning.NEITHER),
        ([REFUSED, REFUSED], Leaning.NEITHER),
        ([REFUSED, REFUSED, REFUSED], Leaning.REFUSED),
        ([REFUSED, REFUSED, AGREED], Leaning.REFUSED),
        ([REFUSED, REFUSED, AGREED, WITH], Leaning.NEITHER),
        ([AGREED, WITH, SPACE], Leaning.AGREED),
        ([REFUSED, AGREED, SPACE, WITH], Leaning.AGREED),
        ([AGREED] * 6 + [REFUSED] * 4 + [REFUSED] * 9, Leaning.AGREED),
    ],
)
def test_most_of_the_ten_nearest_say_which_way_the_precedents_went(answers, leaning):
    assert Tally.of(answers).leaning is leaning


@pytest.mark.parametrize(
    ("tally", "answer", "against"),
    [
        (Tally(0, 3), AGREED, True),
        (Tally(0, 3), WITH, True),
        (Tally(0, 3), REFUSED, False),
        (Tally(3, 0), REFUSED, True),
        (Tally(3, 0), AGREED, False),
        (Tally(2, 2), AGREED, False),
        (Tally(2, 2), REFUSED, False),
        (Tally(0, 2), AGREED, False),
    ],
)
def test_an_answer_goes_against_what_most_were_told(tally, answer, against):
    assert tally.goes_against(answer) is against
