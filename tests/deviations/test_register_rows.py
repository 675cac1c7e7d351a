"""What a row of a register may hold, and what is said of it when it is wrong."""

from datetime import date

import pytest

from deviations.rules.register_rows import Fault, Names, Reader, Tally, missing_columns

KNOWN = {
    "team": frozenset({"inkomen"}),
    "policy_domain": frozenset({"income"}),
    "routine": frozenset({"ink-03"}),
    "neighbourhood": frozenset({"wk01"}),
    "life_domains": frozenset({"income", "debts"}),
    "causes": frozenset({"rule_too_strict"}),
}
GOOD = {
    "date": "2026-03-31",
    "team": "Inkomen",
    "policy_domain": "income",
    "routine": "INK-03",
    "kind": "made",
    "answer": "agreed",
    "amount": "1.250,50",
    "life_domains": "income|debts|income",
    "routine_uses": "41",
}


def read(changes=None, reader=None, line=2, **known):
    reader = reader or Reader(names=Names(known={**KNOWN, **known}), today=date(2026, 11, 21))
    return reader.read(line, {**GOOD, **(changes or {})})


def test_a_good_row_is_read_with_its_month_and_its_amount_in_cents():
    row, faults = read()
    assert not faults
    assert (row.period, row.cents, row.routine_uses) == (202603, 125_050, 41)
    assert row.life_domains == ("income", "debts")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", 0),
        ("840", 84_000),
        ("840.5", 84_050),
        ("€ 1.000", 100_000),
        ("1.000.000", 100_000_000),
        ("12,34", 1_234),
        ("0", 0),
    ],
)
def test_an_amount_is_read_with_a_comma_or_a_point(text, cents):
    row, faults = read({"amount": text})
    assert not faults
    assert row.cents == cents


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("date", ""),
        ("date", "31-03-2026"),
        ("date", "2026-02-30"),
        ("date", "2026-11-22"),
        ("date", "1999-12-31"),
        ("team", ""),
        ("team", "Onbekend"),
        ("policy_domain", "unknown"),
        ("routine", "INK-99"),
        ("neighbourhood", "WK99"),
        ("kind", "gemaakt"),
        ("answer", "ja"),
        ("outcome", "maybe"),
        ("source_type", "law"),
        ("amount", "veel"),
        ("amount", "-5"),
        ("amount", "0.001"),
        ("amount", "NaN"),
        ("amount", "1e20"),
        ("life_domains", "income|nothing"),
        ("causes", "bad luck"),
        ("routine_uses", "-1"),
        ("routine_uses", "3.5"),
        ("routine_uses", "9" * 30),
        ("reasons", "x" * 10_001),
        ("case_reference", "x" * 61),
    ],
)
def test_a_wrong_cell_is_reported_with_its_line_and_column(column, text):
    row, faults = read({column: text}, line=17)
    assert row is None
    assert [(fault.line, fault.column) for fault in faults] == [(17, column)]
    assert faults[0].message


def test_every_wrong_cell_of_a_row_is_reported_at_once():
    _row, faults = read({"date": "soon", "amount": "much", "kind": "none"})
    assert {fault.column for fault in faults} == {"date", "amount", "kind"}


def test_a_row_without_a_kind_must_report_how_often_the_routine_was_applied():
    row, faults = read({"kind": "", "answer": "", "routine_uses": "0"})
    assert row.routine_uses == 0
    assert not faults
    row, faults = read({"kind": "", "routine_uses": ""})
    assert row is None
    assert faults[0].column == "kind"


def test_monthly_uses_may_be_repeated_but_not_contradicted():
    reader = Reader(names=Names(known=KNOWN), today=date(2026, 11, 21))
    assert read(reader=reader, line=2)[0]
    assert read(reader=reader, line=3)[0]
    row, faults = read({"routine_uses": "40"}, reader=reader, line=4)
    assert row is None
    assert "41" in faults[0].message
    assert "2" in faults[0].message


def test_an_unknown_name_that_may_be_made_is_no_fault_but_is_told():
    names = Names(known=KNOWN, creatable=frozenset({"team"}))
    row, faults = Reader(names=names, today=date(2026, 11, 21)).read(2, {**GOOD, "team": "Nieuw team"})
    assert row
    assert not faults
    assert names.met["team"] == {"nieuw team": "Nieuw team"}


def test_the_heading_must_name_what_is_required():
    assert missing_columns(["date", "team", "policy_domain", "routine", "kind"]) == []
    assert missing_columns(["date", "kind"]) == ["team", "policy_domain", "routine"]
    assert missing_columns(None) == ["date", "team", "policy_domain", "routine", "kind"]


def test_alike_faults_stand_together_and_the_first_line_of_each_is_always_kept(monkeypatch):
    monkeypatch.setattr("deviations.rules.register_rows.MOST_LINES", 3)
    faults = Tally()
    for line in range(2, 12):
        faults.add(Fault(line, "team", "“Oost” is not known here."))
    faults.add(Fault(12, "kind", "What is this?"))
    assert faults.total == 11
    assert faults.report() == [
        ("team", "“Oost” is not known here.", 10, [2, 3, 4]),
        ("kind", "What is this?", 1, [12]),
    ]


def test_a_file_with_countless_different_faults_is_reported_as_far_as_a_page_goes(monkeypatch):
    monkeypatch.setattr("deviations.rules.register_rows.MOST_GROUPS", 2)
    faults = Tally()
    for line in range(2, 12):
        faults.add(Fault(line, "date", f"“{line}” is not a date."))
    assert faults.total == 10
    assert [group.lines for group in faults.report()] == [[2], [3]]
