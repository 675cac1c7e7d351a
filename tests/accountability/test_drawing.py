"""The draw of a round: at the rate of its stratum, the same for the same seed, never changed by what comes later."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accountability.rules.assigning import Candidate, Piece, assign
from accountability.rules.drawing import EVERY, Stratum, Use, draw

START = datetime(2026, 1, 1, tzinfo=UTC)
STRATA = st.builds(Stratum, st.sampled_from("ab"), st.sampled_from("AC"), st.sampled_from(range(5)))


@st.composite
def uses(draw_of) -> list[Use]:
    """Uses of space, some of them at the same moment."""
    found = draw_of(st.lists(st.tuples(st.integers(0, 50), STRATA), max_size=60))
    return [Use(f"{n:03d}", START + timedelta(hours=hour), stratum) for n, (hour, stratum) in enumerate(found)]


def plain(count: int, sight: int) -> list[Use]:
    return [Use(f"{n:04d}", START + timedelta(hours=n), Stratum("a", "A", sight)) for n in range(count)]


@given(uses(), st.text(max_size=8))
def test_every_stratum_is_drawn_from_at_its_rate(rows, seed):
    made = draw(rows, seed)
    drawn = Counter(use.stratum for use in rows if use.key in made.chosen)
    for stratum, count in made.strata.items():
        every = EVERY[stratum.sight]
        assert count.drawn == drawn[stratum]
        if every is None:
            assert count.drawn == 0
        else:
            assert count.decided // every <= count.drawn <= -(-count.decided // every)


@given(uses(), st.text(max_size=8), st.randoms())
def test_the_same_seed_gives_the_same_draw_in_whatever_order_they_come(rows, seed, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert draw(rows, seed) == draw(shuffled, seed)


@given(uses(), uses(), st.text(max_size=8))
def test_what_is_agreed_to_later_changes_nothing_of_what_was_drawn(rows, more, seed):
    later = [Use(f"9{use.key}", use.at + timedelta(days=30), use.stratum) for use in more]
    before, after = draw(rows, seed).chosen, draw([*rows, *later], seed).chosen
    there = {use.key for use in rows}
    assert [key for key in after if key in there] == list(before)


def test_all_are_drawn_when_each_is_looked_at_and_none_when_it_is_for_a_conversation():
    assert len(draw(plain(7, 0), "s").chosen) == len(draw(plain(7, 1), "s").chosen) == 7
    made = draw(plain(7, 4), "s")
    assert (made.chosen, made.decided, made.for_conversation) == ((), 0, 7)


def test_another_seed_gives_another_draw_and_each_use_has_the_same_chance():
    rows = plain(40, 2)
    drawn = Counter(key for number in range(4000) for key in draw(rows, f"seed {number}").chosen)
    assert set(drawn) == {use.key for use in rows}
    assert all(900 <= times <= 1100 for times in drawn.values())


PEOPLE = [
    Candidate("ann", frozenset({"income"})),
    Candidate("bob", frozenset({"youth"})),
    Candidate("eve", frozenset({"youth"}), load=3),
    Candidate("kim", frozenset({"debts"})),
]


def pieces(count: int, barred: frozenset[str] = frozenset({"ann"}), team: str = "income") -> list[Piece]:
    return [Piece(f"p{n}", team, barred) for n in range(count)]


def test_who_had_a_part_in_it_never_reviews():
    given_out = assign(pieces(20, frozenset({"ann", "kim"})), PEOPLE, "s")
    assert not {"ann", "kim"} & set(given_out.values())


def test_the_least_burdened_comes_first():
    assert Counter(assign(pieces(7), PEOPLE, "s").values()) == {"bob": 4, "kim": 3} or Counter(
        assign(pieces(7), PEOPLE, "s").values()
    ) == {"bob": 3, "kim": 4}
    assert Counter(assign(pieces(9), PEOPLE, "s").values())["eve"] == 1


def test_somebody_of_another_team_comes_before_a_colleague():
    assert set(assign(pieces(3, frozenset(), "debts"), PEOPLE, "s").values()) <= {"ann", "bob"}
    alone = [Candidate("ann", frozenset({"income"}))]
    assert assign(pieces(1, frozenset()), alone, "s") == {"p0": "ann"}


def test_nobody_is_better_than_somebody_who_had_a_part_in_it():
    assert assign(pieces(1), PEOPLE[:1], "s") == {"p0": None}
