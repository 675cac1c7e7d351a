"""The report of a round: how many were looked at and what came of it, and nothing that points at somebody.

Answers are told of at least five authors together (`FEWEST_PEOPLE`). A team with fewer shows nothing; and as long as
the teams that show nothing have fewer than five authors together, so does the smallest other one, since what they hide
would be the total minus the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deviations.rules.space_figures import FEWEST_PEOPLE

from .drawing import EVERY
from .estimating import Part, estimate

SOUND, LESSON, NOT_SOUND = "sound", "lesson", "not_sound"
ANSWERS = (SOUND, LESSON, NOT_SOUND)
# What is estimated: the name, and the answers that count.
ESTIMATED: dict[str, frozenset[str]] = {
    "not_sound": frozenset({NOT_SOUND}),
    "remarks": frozenset({LESSON, NOT_SOUND}),
}
Json = dict[str, Any]


@dataclass(frozen=True)
class Reviewed:
    """One review: of which team and author, at which rate it was drawn, and the answer; empty when there is none."""

    team: str
    author: str
    sight: int
    answer: str = ""
    responded: bool = False


def report(frame: Sequence[Mapping[str, Any]], reviews: Iterable[Reviewed]) -> Json:
    """All figures of the round. What may not be shown is None."""
    rows = list(reviews)
    answered = [row for row in rows if row.answer]
    shown = _people(answered) >= FEWEST_PEOPLE
    drawn_from = [stratum for stratum in frame if EVERY[stratum["sight"]]]
    return {
        "decided": sum(stratum["decided"] for stratum in drawn_from),
        "for_conversation": sum(stratum["decided"] for stratum in frame) - sum(s["decided"] for s in drawn_from),
        "drawn": len(rows),
        "answered": len(answered),
        "responded": sum(row.responded for row in rows) if shown else None,
        "answers": _answers(answered) if shown else None,
        "estimates": _estimates(drawn_from, answered) if shown else None,
        "teams": _teams(frame, rows, shown=shown),
    }


def _people(rows: Iterable[Reviewed]) -> int:
    return len({row.author for row in rows})


def _answers(rows: Iterable[Reviewed]) -> Json:
    counts = Counter(row.answer for row in rows)
    return {name: counts[name] for name in ANSWERS}


def _estimates(frame: Sequence[Mapping[str, Any]], answered: Sequence[Reviewed]) -> Json:
    return {name: _estimate(frame, answered, which) for name, which in ESTIMATED.items()}


def _estimate(frame: Sequence[Mapping[str, Any]], answered: Sequence[Reviewed], which: frozenset[str]) -> Json | None:
    """By rate: within one, every use had the same chance to be looked at."""
    population: dict[int | None, int] = defaultdict(int)
    for stratum in frame:
        population[EVERY[stratum["sight"]]] += stratum["decided"]
    parts = []
    for every, count in population.items():
        looked_at = [row for row in answered if EVERY[row.sight] == every]
        parts.append(Part(count, len(looked_at), sum(row.answer in which for row in looked_at)))
    found = estimate(parts)
    return {"share": found.share, "low": found.low, "high": found.high} if found else None


def _teams(frame: Sequence[Mapping[str, Any]], rows: Sequence[Reviewed], *, shown: bool) -> list[Json]:
    names = {stratum["team"]: stratum["team_name"] for stratum in frame}
    of_team = {team: [row for row in rows if row.team == team] for team in names}
    answered = {team: [row for row in found if row.answer] for team, found in of_team.items()}
    hidden = _hidden(answered) if shown else set(names)
    return [
        {
            "team": names[team],
            "drawn": None if team in hidden else len(of_team[team]),
            "answered": None if team in hidden else len(answered[team]),
            "answers": None if team in hidden else _answers(answered[team]),
        }
        for team in sorted(names, key=names.__getitem__)
        if of_team[team]
    ]


def _hidden(answered: Mapping[str, Sequence[Reviewed]]) -> set[str]:
    """Teams whose answers are not shown; one without answers has nothing to hide."""
    hidden = {team for team, rows in answered.items() if 0 < _people(rows) < FEWEST_PEOPLE}
    together = _people([row for team in hidden for row in answered[team]])
    others = sorted((len(rows), team) for team, rows in answered.items() if rows and team not in hidden)
    if hidden and together < FEWEST_PEOPLE and others:
        hidden.add(others[0][1])
    return hidden
