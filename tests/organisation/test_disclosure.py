"""The simple threshold: what is hidden, what protects it, and what totals may tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.kernel.disclosure import Cell, PublishedTable, Reason, hide_count, hide_small, publish_table

FEW, PROTECTS, ROUNDED = Reason.TOO_FEW, Reason.PROTECTS, Reason.ROUNDED
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 500))
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@pytest.mark.parametrize(
    ("count", "cell"),
    [(0, Cell(0)), (1, Cell(None, FEW)), (9, Cell(None, FEW)), (10, Cell(10)), (250, Cell(250))],
)
def test_counts_from_one_to_nine_are_hidden_and_zero_is_zero(count: int, cell: Cell) -> None:
    assert hide_count(count) == cell
    assert hide_count(count).hidden is (cell.value is None)


def test_the_threshold_can_be_set() -> None:
    assert hide_count(5, k=5) == Cell(5)
    assert hide_count(4, k=5) == Cell(None, FEW)


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never negative"):
        hide_count(-1)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([20, 30, 40], [20, 30, 40]),
        ([3, 30, 20], [FEW, 30, PROTECTS]),
        ([3, 4, 20], [FEW, FEW, 20]),
        ([3, 0, 20], [FEW, 0, PROTECTS]),
        ([3, 0, 0], [FEW, PROTECTS, 0]),
        ([3], [FEW]),
        ([0, 0], [0, 0]),
        ([], []),
    ],
)
def test_a_row_never_hides_exactly_one_of_its_cells(row: list[int], shown: list[int | Reason]) -> None:
    assert [cell.reason or cell.value for cell in hide_small([row])[0]] == shown


def test_totals_over_hidden_cells_are_rounded_and_small_totals_hidden() -> None:
    table = publish_table([[3, 30, 20], [20, 30, 41], [0, 2, 4]])
    assert table.row_totals == (Cell(55, ROUNDED), Cell(91), Cell(None, FEW))
    assert table.column_totals == (Cell(25, ROUNDED), Cell(60, ROUNDED), Cell(65, ROUNDED))
    assert table.total == Cell(150, ROUNDED)


def test_without_small_counts_every_total_is_exact() -> None:
    assert publish_table([[10, 0], [21, 33]]) == PublishedTable(
        rows=((Cell(10), Cell(0)), (Cell(21), Cell(33))),
        row_totals=(Cell(10), Cell(54)),
        column_totals=(Cell(31), Cell(33)),
        total=Cell(64),
    )


def test_a_table_without_rows_has_an_empty_total() -> None:
    assert publish_table([]) == PublishedTable((), (), (), Cell(0))


def test_ragged_rows_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        publish_table([[10, 20], [30]])


@given(TABLES)
def test_no_small_count_is_ever_shown_and_what_is_shown_is_true(rows: list[list[int]]) -> None:
    for row, cells in zip(rows, hide_small(rows), strict=True):
        for count, cell in zip(row, cells, strict=True):
            assert cell.value in (None, count)
            assert cell.hidden or not 0 < count < 10
        assert len(row) == 1 or sum(cell.hidden for cell in cells) != 1


@given(TABLES)
def test_a_total_over_hidden_cells_is_never_exact_to_the_unit(rows: list[list[int]]) -> None:
    table = publish_table(rows)
    for row, cells, total in zip(rows, table.rows, table.row_totals, strict=True):
        if any(cell.hidden for cell in cells):
            assert total.value is None or (total.reason == ROUNDED and total.value % 5 == 0)
            assert total.value is None or abs(total.value - sum(row)) <= 2
        else:
            assert total.value in (None, sum(row))
