"""Writes a register of any size, as a municipality would keep it, and counts it again from the file alone."""

import csv
import random
from collections import Counter
from datetime import date
from pathlib import Path

from deviations.rules.register_rows import COLUMNS

TEAMS = tuple(f"Team {n}" for n in range(10))
ROUTINES = tuple(f"RT-{n:02d}" for n in range(40))
MONTHS = tuple((2023 + (9 + n) // 12, (9 + n) % 12 + 1) for n in range(36))
ANSWERS = ("agreed", "agreed_with_conditions", "refused", "by_space", "")
OUTCOMES = ("yes", "partly", "no", "unknown", "")
REASONS = (
    "De routine paste niet bij deze situatie.",
    "De stukken waren niet op tijd te krijgen; wachten had schade gedaan.",
    "Er was een afspraak gemaakt die wij wilden nakomen.",
)

Cell = tuple[int, str, str, str, str]  # month, routine, team, kind, answer


def write(path: Path, *, rows: int, seed: int) -> None:
    """A register with this many rows below the heading: monthly uses first, then deviations in no order."""
    dice = random.Random(seed)  # noqa: S311 - test data
    keys = [(month, routine, team) for month in MONTHS for routine in ROUTINES for team in TEAMS]
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, COLUMNS, delimiter=";", restval="")
        sheet.writeheader()
        totals = keys[: rows // 8]
        for (year, month), routine, team in totals:
            sheet.writerow(_row(date(year, month, 1), routine, team) | {"routine_uses": dice.randint(5, 300)})
        for n in range(rows - len(totals)):
            (year, month), routine, team = dice.choice(keys)
            kind = dice.choices(("made", "considered", "blocked"), (8, 1, 1))[0]
            sheet.writerow(
                _row(date(year, month, dice.randint(1, 28)), routine, team)
                | {
                    "kind": kind,
                    "answer": dice.choice(ANSWERS) if kind == "made" else "",
                    "outcome": dice.choice(OUTCOMES),
                    "amount": dice.choice(("", "12.50", "840", "1.250,00")),
                    "reasons": dice.choice(REASONS),
                    "case_reference": f"Z{n}",
                }
            )


def _row(day: date, routine: str, team: str) -> dict[str, object]:
    domain = f"Domein {routine[-1]}"
    return {"date": day, "team": team, "policy_domain": domain, "routine": routine, "source_type": "policy_rule"}


def recount(path: Path) -> tuple[Counter[Cell], Counter[tuple[int, str, str]]]:
    """Deviations by month, routine, team, kind and answer, and uses by month, routine and team, from the file alone."""
    deviations: Counter[Cell] = Counter()
    uses: Counter[tuple[int, str, str]] = Counter()
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            month = int(row["date"][:7].replace("-", ""))
            if row["kind"]:
                deviations[month, row["routine"], row["team"], row["kind"], row["answer"]] += 1
            if row["routine_uses"]:
                uses[month, row["routine"], row["team"]] = int(row["routine_uses"])
    return deviations, uses
