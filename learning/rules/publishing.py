"""The figures of a page, from what is known: rates beside their denominator, shares, and what stands beside what.

Whoever is outside a team knows only what was told (`telling.py`), so everything made here of that is fit to show.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from organisation.kernel.disclosure import Cell, Reason, hide_small

from .costing import estimate, planned_and_real
from .lattice import (
    ALL,
    ANSWERS,
    KINDS,
    MADE,
    OUTCOMES,
    PRACTICES,
    RESULTS,
    SOURCES,
    SPEEDS,
    STRUCTURAL,
)
from .telling import Numbers, Told, added

OTHERS = ("considered", "blocked")
HEAT_ROUTINES, HEAT_TEAMS = 12, 15
NO_USES, MORE_THAN_USES = "no_uses", "more_than_uses"

Json = dict[str, Any]
Flat = list[Any]


def hide_row(row: Sequence[int], k: int) -> list[Cell]:
    """A row whose total is shown: small cells hidden, and more until the hidden ones hold at least k together."""
    cells = list(hide_small([row], k)[0])
    while 0 < sum(n for n, cell in zip(row, cells, strict=True) if cell.hidden) < k:
        shown = [place for place, cell in enumerate(cells) if cell.value]
        if not shown:
            break
        cells[min(shown, key=lambda place: (row[place], place))] = Cell(None, Reason.PROTECTS)
    return cells


def publish(now: Numbers, before: Numbers | None, trend: Iterable[tuple[int | str, Numbers]], k: int) -> Json:
    """The figures of a selection beside those of as long a time before it, fit to store, show and send."""
    routines = _routines(now, before)
    return {
        "k": k,
        "empty": now.is_empty,
        "compared": before is not None,
        "keys": {name: [figure(now), figure(before) if before else [None, "", 0]] for name, figure in KEYS.items()},
        "kinds": _named(now, "kinds", KINDS),
        "answers": _named(now, "answers", ANSWERS),
        "outcomes": _named(now, "outcomes", OUTCOMES),
        "sources": _named(now, "sources", SOURCES),
        "structural": _named(now, "structural", STRUCTURAL),
        "structural_share": _share(now.of("structural", "structural"), [now.of("structural", "incident")]),
        "causes": _largest(now, "causes"),
        "life_domains": _largest(now, "life_domains"),
        "times": [
            [speed, *(now.of("times", f"{asked}:{speed}").flat for asked in ("asked", "done"))] for speed in SPEEDS
        ],
        "times_by_space": now.of("times", "space").flat,
        "costs": {name: estimate(now.of("costs", name), now.money.get(name)) for name in ("extra", "avoided")},
        "real_costs": planned_and_real(now.of("costs", "real"), now.money.get("planned"), now.money.get("real")),
        "practice": _practices(now),
        "trend": [
            [at, numbers.of("kinds", MADE).flat, numbers.sum("kinds", OTHERS).flat]
            for at, numbers in trend
            if "kinds" not in numbers.missing
        ],
        "routines": routines,
        "heat": _heat(now, [row["routine"] for row in routines]),
        "missing": sorted(now.missing),
    }


def _named(now: Numbers, table: str, codes: Sequence[str]) -> list[Flat]:
    return [] if table in now.missing else [[code, now.of(table, code).flat] for code in codes]


def _largest(now: Numbers, table: str) -> list[Flat]:
    """The most frequent first, by what is told of each."""
    found = [(row, now.of(table, row)) for row in now.rows(table)]
    found.sort(key=lambda pair: (-(pair[1].value if pair[1].value is not None else pair[1].least), pair[0]))
    return [[row, told.flat] for row, told in found if told.value != 0]


def _routines(now: Numbers, before: Numbers | None) -> list[Json]:
    """Highest rate first; those without a rate behind them in the order of their key, which tells nothing."""
    rows = []
    for key in sorted({*now.rows("made"), *now.rows("uses")}):
        made, uses = now.of("made", key), now.of("uses", key)
        rate, why = rate_of(made, uses)
        past, _why = rate_of(before.of("made", key), before.of("uses", key)) if before else (None, "")
        change = None if rate is None or past is None else round(rate - past, 1)
        if made != Told(0) or uses != Told(0):
            row = {"routine": key, "made": made.flat, "uses": uses.flat, "rate": rate, "why": why, "change": change}
            rows.append(row)
    return sorted(rows, key=lambda row: (row["rate"] is None, -(row["rate"] or 0), -(row["made"][0] or 0)))


def rate_of(made: Told, uses: Told) -> tuple[float | None, str]:
    """How many per hundred uses; else why that cannot be said."""
    if made.value is None or uses.value is None:
        return None, made.why or uses.why
    if not uses.value:
        return None, NO_USES
    if made.value > uses.value:
        return None, MORE_THAN_USES
    return round(100 * made.value / uses.value, 1), ""


def _heat(now: Numbers, ordered: Sequence[str]) -> Json:
    """The routines of the table, from its top, against the teams with most."""
    of_team = {team: added(now.by_team.get((row, team), Told(0)) for row in ordered).least for team in now.teams}
    teams = sorted(sorted(now.teams, key=lambda team: (-of_team[team], team))[:HEAT_TEAMS])
    shown = [key for key in ordered if now.of("made", key) != Told(0)][:HEAT_ROUTINES]
    rows = [[key, [now.by_team.get((key, team), Told(0)).flat for team in teams]] for key in shown]
    return {"teams": teams, "rows": rows if teams else []}


def _share(part: Told, others: Iterable[Told]) -> Flat:
    """A whole percentage of figures that are all told; else why not."""
    every = [part, *others]
    hidden = next((told for told in every if told.value is None), None)
    if hidden or part.value is None:
        return [None, hidden.why if hidden else "", 0]
    total = sum(told.value or 0 for told in every)
    return [round(100 * part.value / total), "", 0] if total else [None, "", 0]


def _rate(numbers: Numbers) -> Flat:
    rate, why = rate_of(numbers.of("made"), numbers.of("uses"))
    return [rate, why, 0]


def _by_space(numbers: Numbers) -> Flat:
    """Agreed by space, of all that was answered."""
    return _share(numbers.of("answers", "by_space"), (numbers.of("answers", code) for code in ANSWERS[1:] if code))


def _helped(numbers: Numbers) -> Flat:
    """It helped, of all of which that is known."""
    return _share(numbers.of("outcomes", "yes"), (numbers.of("outcomes", code) for code in ("partly", "no")))


KEYS = {"made": lambda numbers: numbers.of("made").flat, "rate": _rate, "by_space": _by_space, "helped": _helped}


def _practices(now: Numbers) -> list[Flat]:
    """Two practices side by side, never added up: cases closed, with what result, and right the first time."""
    if "practice" in now.missing:
        return []
    rows: list[Flat] = [["applied", now.of("uses", ALL).flat, now.of("made", ALL).flat]]
    closed = {practice: now.sum("practice", (f"{practice}:{result}" for result in RESULTS)) for practice in PRACTICES}
    rows.append(["closed", *(closed[practice].flat for practice in PRACTICES)])
    reached, once = [], []
    for practice in PRACTICES:
        known = [now.of("practice", f"{practice}:{result}") for result in ("partly", "not")]
        reached.append(_share(now.of("practice", f"{practice}:reached"), known))
        once.append(_part(now.of("practice", f"{practice}:once"), closed[practice]))
    return [*rows, ["reached", *reached], ["once", *once], ["helped", None, _helped(now)]]


def _part(part: Told, whole: Told) -> Flat:
    if part.value is None or whole.value is None:
        return [None, part.why or whole.why, 0]
    return [min(100, round(100 * part.value / whole.value)), "", 0] if whole.value else [None, "", 0]
