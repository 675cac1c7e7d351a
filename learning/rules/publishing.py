"""What of the counts may be shown: turns raw counts into figures in which small cells are hidden.

The simple threshold of the kernel, and one rule more, because the total of a row stands beside it on the page: the
hidden cells of a row hold at least k together, so that the total minus what is shown never gives a small number.
Everything that leaves this module is fit to show; nothing after it sees a raw count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from organisation.kernel.disclosure import Cell, Reason, hide_count, hide_small

MADE, OTHERS = "made", ("considered", "blocked")
KINDS = (MADE, *OTHERS)
ANSWERS = ("by_space", "agreed", "agreed_with_conditions", "refused", "")
OUTCOMES = ("yes", "partly", "no", "unknown", "")
HEAT_ROUTINES, HEAT_TEAMS = 12, 15
NO_USES, MORE_THAN_USES = "no_uses", "more_than_uses"

Json = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """Raw counts of one selection."""

    made: dict[tuple[str, str], int] = field(default_factory=dict)  # (routine, team)
    kinds: dict[tuple[int, str], int] = field(default_factory=dict)  # (month, kind)
    answers: dict[str, int] = field(default_factory=dict)  # of what was made
    outcomes: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)  # by routine
    lead_minutes: int = 0  # of answers given by people
    lead_count: int = 0
    amount_cents: int = 0
    avoided_cents: int = 0

    def of_kind(self, kind: str) -> int:
        """All of one kind."""
        return sum(n for (_month, which), n in self.kinds.items() if which == kind)

    def made_of(self, routine: str) -> int:
        """All made of one routine."""
        return sum(n for (which, _team), n in self.made.items() if which == routine)


def hide_row(row: Sequence[int], k: int) -> list[Cell]:
    """A row whose total is shown: small cells hidden, and more until the hidden ones hold at least k together."""
    cells = list(hide_small([row], k)[0])
    while 0 < sum(n for n, cell in zip(row, cells, strict=True) if cell.hidden) < k:
        shown = [place for place, cell in enumerate(cells) if cell.value]
        if not shown:
            break
        cells[min(shown, key=lambda place: (row[place], place))] = Cell(None, Reason.PROTECTS)
    return cells


def publish(now: Counts, before: Counts, months: Sequence[int], k: int) -> Json:
    """The figures of a selection beside those of the months before it, fit to store, show and send."""
    routines = _routines(now, before, k)
    made = hide_count(now.of_kind(MADE), k)
    return {
        "k": k,
        "made": _flat(made),
        "made_before": _flat(hide_count(before.of_kind(MADE), k)),
        "uses": _flat(hide_count(sum(now.uses.values()), k)),
        "by_space": _by_space(now.answers, k),
        "by_space_before": _by_space(before.answers, k),
        "helped": _helped(now.outcomes, k),
        "helped_before": _helped(before.outcomes, k),
        "lead_days": _lead_days(now, k),
        "lead_days_before": _lead_days(before, k),
        "amount_cents": None if made.hidden else now.amount_cents,
        "avoided_cents": None if made.hidden else now.avoided_cents,
        "kinds": _named(KINDS, [now.of_kind(kind) for kind in KINDS], k),
        "answers": _named(ANSWERS, [now.answers.get(code, 0) for code in ANSWERS], k),
        "outcomes": _named(OUTCOMES, [now.outcomes.get(code, 0) for code in OUTCOMES], k),
        "trend": _trend(now, months, k),
        "routines": routines,
        "heat": _heat(now, [row["routine"] for row in routines], k),
        "empty": not now.kinds and not now.uses,
    }


def _flat(cell: Cell) -> list[Any]:
    return [cell.value, str(cell.reason or "")]


def _named(codes: Sequence[str], counts: Sequence[int], k: int) -> list[list[Any]]:
    return [[code, *_flat(cell)] for code, cell in zip(codes, hide_row(counts, k), strict=True)]


def _routines(now: Counts, before: Counts, k: int) -> list[Json]:
    """Highest rate first; those without a rate behind them in the order of their key, which tells nothing."""
    keys = sorted({routine for routine, _team in now.made} | set(now.uses))
    here, earlier = _rates(now, keys, k), _rates(before, keys, k)
    rows = []
    for key in keys:
        made, uses, rate, why = here[key]
        past = earlier[key][2]
        change = None if rate is None or past is None else round(rate - past, 1)
        rows.append(
            {"routine": key, "made": _flat(made), "uses": _flat(uses), "rate": rate, "why": why, "change": change}
        )
    return sorted(rows, key=lambda row: (row["rate"] is None, -(row["rate"] or 0), -(row["made"][0] or 0)))


def _rates(counts: Counts, keys: Sequence[str], k: int) -> dict[str, tuple[Cell, Cell, float | None, str]]:
    """Made, uses, the rate per hundred uses, and why there is none."""
    made = hide_row([counts.made_of(key) for key in keys], k)
    uses = hide_row([counts.uses.get(key, 0) for key in keys], k)
    return {key: (m, u, *_rate(m, u)) for key, m, u in zip(keys, made, uses, strict=True)}


def _rate(made: Cell, uses: Cell) -> tuple[float | None, str]:
    if made.value is None or uses.value is None:
        return None, str(made.reason or uses.reason)
    if not uses.value:
        return None, NO_USES
    if made.value > uses.value:
        return None, MORE_THAN_USES
    return round(100 * made.value / uses.value, 1), ""


def _trend(counts: Counts, months: Sequence[int], k: int) -> list[list[Any]]:
    made = hide_row([counts.kinds.get((month, MADE), 0) for month in months], k)
    others = hide_row([sum(counts.kinds.get((month, kind), 0) for kind in OTHERS) for month in months], k)
    return [[month, _flat(m), _flat(o)] for month, m, o in zip(months, made, others, strict=True)]


def _heat(counts: Counts, ordered: Sequence[str], k: int) -> Json:
    """The routines of the table, from its top, against teams; hidden over all teams, since the row has its total."""
    of_team: dict[str, int] = {}
    for (_routine, team), n in counts.made.items():
        of_team[team] = of_team.get(team, 0) + n
    everywhere = sorted(of_team)
    teams = sorted(sorted(everywhere, key=lambda team: -of_team[team])[:HEAT_TEAMS])
    rows = []
    for routine in [key for key in ordered if counts.made_of(key)][:HEAT_ROUTINES]:
        cells = hide_row([counts.made.get((routine, team), 0) for team in everywhere], k)
        shown = dict(zip(everywhere, cells, strict=True))
        rows.append([routine, [_flat(shown[team]) for team in teams]])
    return {"teams": teams, "rows": rows}


def _share(part: Cell, others: Sequence[Cell]) -> list[Any]:
    """A whole percentage of cells that are all shown; else why not."""
    hidden = next((cell for cell in (part, *others) if cell.hidden), None)
    if hidden or part.value is None:
        return [None, str(hidden.reason if hidden else "")]
    total = part.value + sum(cell.value or 0 for cell in others)
    return [round(100 * part.value / total), ""] if total else [None, ""]


def _by_space(answers: Mapping[str, int], k: int) -> list[Any]:
    """Agreed by space, of all that was answered."""
    answered = sum(n for code, n in answers.items() if code)
    by_space = answers.get("by_space", 0)
    cells = hide_row([by_space, answered - by_space, answers.get("", 0)], k)
    return _share(cells[0], cells[1:2])


def _helped(outcomes: Mapping[str, int], k: int) -> list[Any]:
    """It helped, of all of which that is known."""
    known = hide_row([outcomes.get(code, 0) for code in OUTCOMES], k)[:3]
    return _share(known[0], known[1:])


def _lead_days(counts: Counts, k: int) -> list[Any]:
    if hide_count(counts.lead_count, k).hidden:
        return [None, str(Reason.TOO_FEW)]
    return [round(counts.lead_minutes / counts.lead_count / 1440, 1), ""] if counts.lead_count else [None, ""]
