"""Signals in a municipality with something the matter, from its rows to what the command prints."""

import json

import pytest
from django.core.management import call_command

from learning.services import detecting, rolling_up
from tests.scale import planted
from tests.scale.planted import Plan

from .dice import dice

KEYS = {
    "kind", "routine", "team", "dimension", "value", "since", "observed", "expected", "effect", "q_value",
    "interval", "confidence", "explanation",
}  # fmt: skip


def printed(capsys, day="2026-10-31"):
    call_command("detect_signals", "--as-of", day, "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_the_command_prints_what_was_planted_and_nothing_after_its_day(db, capsys, monkeypatch):
    for name, small in {"ROUTINES": 6, "TEAMS": 3, "MONTHS": 26}.items():
        monkeypatch.setattr(planted, name, small)
    planted.build(Plan(rise=(2, 1), poor=5, late=2, times=4), dice())
    rolling_up.roll_up_all()
    rows = printed(capsys)
    assert all(set(row) == KEYS for row in rows)
    found = {(row["kind"], row["routine"], row["team"]) for row in rows}
    assert {("rise", "R-02", "Team 1"), ("poor_outcome", "R-05", None), ("slow_answers", None, "Team 2")} <= found
    rise = next(row for row in rows if row["kind"] == "rise")
    assert rise["interval"][0] < rise["effect"] < rise["interval"][1]
    assert "Team 1" in rise["explanation"]
    early = printed(capsys, "2026-06-30")
    assert ("rise", "R-02") not in {(row["kind"], row["routine"]) for row in early}
    assert max(row["since"] for row in early) <= "2026-06"


def test_a_municipality_without_figures_has_no_signals(db, capsys):
    assert printed(capsys) == []


@pytest.mark.parametrize(
    ("day", "month"), [("2026-10-31", "2026-10"), ("2026-10-30", "2026-09"), ("2027-01-01", "2026-12")]
)
def test_a_month_counts_once_it_is_over(day, month):
    from datetime import date

    assert str(detecting.last_closed(date.fromisoformat(day))) == month
