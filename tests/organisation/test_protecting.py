"""Disclosure control, against an attacker of the test's own that shares no code with it."""

import os
import random

import numpy as np
import pytest
from scipy.optimize import Bounds as Ends
from scipy.optimize import LinearConstraint, milp

from organisation.kernel.attacking import FAR, Attacker, Bounds, Contradiction, Relation
from organisation.kernel.protecting import CannotBeMadeSafe, Figure, protect, rounded

K = 10
FULL = os.environ.get("DRILL") == "full"
TABLES, SEQUENCES = (10_000, 2_000) if FULL else (60, 15)


def table(rows, name="t"):
    """Cells, totals of rows and columns and the total, as figures, and how they add up."""
    height, width = len(rows), len(rows[0])
    counts = {(name, r, c): rows[r][c] for r in range(height) for c in range(width)}
    counts |= {(name, r, "all"): sum(rows[r]) for r in range(height)}
    counts |= {(name, "all", c): sum(row[c] for row in rows) for c in range(width)}
    counts[name, "all", "all"] = sum(map(sum, rows))
    relations = [Relation((name, r, "all"), tuple((name, r, c) for c in range(width))) for r in range(height)]
    relations += [Relation((name, "all", c), tuple((name, r, c) for r in range(height))) for c in range(width)]
    relations.append(Relation((name, "all", "all"), tuple((name, r, "all") for r in range(height))))
    return {key: Figure(n, n) for key, n in counts.items()}, relations


def drawn():
    """The same tables each time; the drill draws others, and says from which seed when it fails."""
    seed = random.SystemRandom().getrandbits(32) if FULL else 1
    print("seed", seed)
    return random.Random(seed)


def random_rows(dice, height=None, width=None):
    height, width = height or dice.randint(2, 6), width or dice.randint(2, 5)
    kinds = (lambda: 0, lambda: dice.randint(1, 9), lambda: dice.randint(10, 30), lambda: dice.randint(10, 400))
    return [[dice.choices(kinds, (2, 3, 3, 3))[0]() for _c in range(width)] for _r in range(height)]


def possible(tables, wanted):
    """The least and most a cell can be for who sees these printed tables; `tables` are (published rows with totals).

    Cells are unknown whole numbers; every number printed says that a sum of them lies within two of it.
    """
    names = sorted({cell for printed in tables for cells, _value in printed for cell in cells})
    place = {cell: n for n, cell in enumerate(names)}
    sums, low, high = [], [], []
    for printed in tables:
        for cells, value in printed:
            row = np.zeros(len(names))
            row[[place[cell] for cell in cells]] = 1
            sums.append(row)
            if value is None:
                low.append(1), high.append(np.inf)
            elif value == 0:
                low.append(0), high.append(0)
            else:
                low.append(max(value - 2, K)), high.append(value + 2)
    aim = np.zeros(len(names))
    aim[[place[cell] for cell in wanted]] = 1
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * aim,
            integrality=np.ones(len(names)),
            bounds=Ends(0, 5000),
            constraints=LinearConstraint(np.array(sums), low, high),
        )
        assert found.success, "what is printed contradicts itself"
        ends.append(sign * found.fun)
    return round(ends[0]), round(ends[1])


def printed(release, height, width, name="t"):
    """What stands on paper: which cells each number is the sum of, and the number."""
    rows = [*range(height), "all"]
    columns = [*range(width), "all"]
    spread = lambda index, size: range(size) if index == "all" else (index,)  # noqa: E731
    return [
        ([(name, r2, c2) for r2 in spread(r, height) for c2 in spread(c, width)], release.values[name, r, c])
        for r in rows
        for c in columns
    ]


def leaks(tables, releases):
    """Small figures of which fewer than nine values stay possible."""
    found = []
    for release, (height, width, name) in releases:
        for key in release.small:
            _name, r, c = key
            cells = [
                (name, r2, c2)
                for r2 in (range(height) if r == "all" else (r,))
                for c2 in (range(width) if c == "all" else (c,))
            ]
            least, most = possible(tables, cells)
            if most - least + 1 < K - 1:
                found.append((key, least, most))
    return found


def test_what_is_small_is_hidden_and_the_rest_is_rounded():
    figures, relations = table([[3, 44, 58], [20, 31, 12], [0, 27, 33]])
    release = protect(figures, relations)
    assert release.values["t", 0, 0] is None
    assert release.values["t", 2, 0] == 0
    assert release.values["t", 0, "all"] == 105
    assert not leaks([printed(release, 3, 3)], [(release, (3, 3, "t"))])


def test_a_single_hidden_figure_gets_company():
    figures, relations = table([[3, 44, 58], [20, 31, 12], [16, 27, 33]])
    release = protect(figures, relations)
    assert release.values["t", 0, 0] is None
    assert sum(value is None for value in release.values.values()) > 1


def test_nothing_small_means_nothing_hidden():
    figures, relations = table([[30, 44], [20, 31]])
    assert protect(figures, relations).share_shown == 1.0


def test_few_households_are_hidden_however_much_they_did():
    release = protect({"many": Figure(80, 4), "enough": Figure(80, 10)}, [])
    assert release.values == {"many": None, "enough": 80}


@pytest.mark.drill
@pytest.mark.timeout(4 * 3600 if FULL else 180)
def test_random_tables_do_not_leak():
    dice, shown = drawn(), []
    for _table in range(TABLES):
        rows = random_rows(dice)
        figures, relations = table(rows)
        release = protect(figures, relations)
        size = (len(rows), len(rows[0]), "t")
        assert not leaks([printed(release, *size)], [(release, size)]), rows
        shown.append(release.share_shown)
    assert sum(shown) / len(shown) > 0.4


@pytest.mark.drill
@pytest.mark.timeout(4 * 3600 if FULL else 180)
def test_sequences_of_releases_do_not_leak():
    """Two quarters one after another, then the year so far: what was told before is known."""
    dice, refused = drawn(), 0
    for _sequence in range(SEQUENCES):
        height, width = dice.randint(2, 4), dice.randint(2, 4)
        quarters = [random_rows(dice, height, width) for _quarter in range(2)]
        ledger, guarded, relations, tables, releases = {}, set(), [], [], []
        for number, rows in enumerate(quarters):
            figures, added = table(rows, f"q{number}")
            relations += added
            release = protect(figures, relations, before=ledger, guarded=guarded)
            ledger |= release.bounds
            guarded |= release.small
            tables.append(printed(release, height, width, f"q{number}"))
            releases.append((release, (height, width, f"q{number}")))
        year, added = table([[sum(q[r][c] for q in quarters) for c in range(width)] for r in range(height)], "y")
        added += [
            Relation(("y", *key[1:]), tuple((f"q{n}", *key[1:]) for n in range(2))) for key in year
        ]  # fmt: skip
        try:
            release = protect(year, relations + added, before=ledger, guarded=guarded)
        except CannotBeMadeSafe:
            refused += 1
            continue
        as_sums = [
            ([(f"q{n}", r, c) for n in range(2) for _y, r, c in cells], value)
            for cells, value in printed(release, height, width, "y")
        ]
        assert not leaks([*tables, as_sums], releases)
    assert refused < SEQUENCES


def test_what_was_told_before_is_not_contradicted_and_counts():
    figures, relations = table([[3, 44], [20, 31]], "q0")
    first = protect(figures, relations)
    again = protect(figures, relations, before=first.bounds)
    assert again.values == first.values


def test_a_release_that_cannot_be_made_safe_is_refused():
    ledger = protect({"whole": Figure(50, 50), "rest": Figure(48, 48)}, []).bounds
    with pytest.raises(CannotBeMadeSafe):
        protect({"part": Figure(3, 3)}, [Relation("whole", ("rest", "part"))], before=ledger)


def test_an_attacker_without_sums_knows_what_is_printed():
    attacker = Attacker({"a": Bounds(1, 9)}, [])
    attacker.look_around(["a"], 9)
    assert attacker.solve("a") == Bounds(1, 9)
    assert attacker.holding("a", 9) is None
    assert attacker.holding("a", 10) == []


def test_what_holds_a_figure_is_what_it_adds_up_with():
    known = {"all": Bounds(28, 32), "a": Bounds(1, FAR), "b": Bounds(1, 3), "c": Bounds(23, 27), "d": Bounds(0, FAR)}
    attacker = Attacker(known, [Relation("all", ("a", "b", "c"))])
    assert attacker.holding("a", 8) is None
    assert set(attacker.holding("a", 9)) == {"a", "all", "b", "c"}
    attacker.forget("c", Bounds(1, FAR))
    assert attacker.holding("a", 9) is None


def test_sets_of_numbers_seen_at_once_save_solving_one_by_one():
    known = {"all": Bounds(48, 52), "a": Bounds(1, FAR), "b": Bounds(1, FAR), "c": Bounds(18, 22)}
    attacker = Attacker(known, [Relation("all", ("a", "b", "c"))])
    attacker.look_around(["a", "b"], 9)
    low, high = attacker.seen
    assert (high - low)[[1, 2]].min() >= 8
    attacker.look_around(["a", "b"], 9)


def test_what_cannot_all_be_true_says_nothing():
    attacker = Attacker({"all": Bounds(5, 5), "a": Bounds(9, 9)}, [Relation("all", ("a",))])
    for whole_numbers in (True, False):
        with pytest.raises(Contradiction):
            attacker.solve("a", whole_numbers=whole_numbers)


def test_a_relation_about_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="neither"):
        protect({"a": Figure(20, 20)}, [Relation("a", ("b",))])


@pytest.mark.parametrize(("count", "value"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (0, 0)])
def test_rounding_is_to_the_nearest_five(count, value):
    assert rounded(count) == value
