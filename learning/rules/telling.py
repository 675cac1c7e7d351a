"""What is known of the figures somebody looks at: exact ones of the own team, or sums of what was told of quarters.

Everything shown outside a team is made of released figures here, by adding up. Adding up tells nothing that the
releases do not tell, so no filter, period or form of the page can give more away than they do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from organisation.kernel.disclosure import Reason

from .lattice import ALL, COSTS

Place = tuple[str, str]  # table, row
Money = tuple[int, int]  # cents, and how far the sum could be off by chance


@dataclass(frozen=True, slots=True)
class Told:
    """A figure; None when it is hidden or not known, and why. `least` is the part of a sum that was told."""

    value: int | None
    why: str = ""
    least: int = 0

    @property
    def flat(self) -> list[Any]:
        """As it is stored."""
        return [self.value, self.why, self.least]


NOUGHT = Told(0)
NOT_TOLD = Told(None, Reason.NOT_TOLD)


def added(parts: Iterable[Told]) -> Told:
    """Their sum: hidden when a part is, and then at least what the others are together."""
    found = list(parts)
    least = sum(part.least if part.value is None else part.value for part in found)
    hidden = [part for part in found if part.value is None]
    return Told(None, hidden[0].why, least) if hidden else Told(least)


@dataclass(slots=True)
class Numbers:
    """Every figure of a selection, by table and row; of routines also by team."""

    figures: Mapping[Place, Told] = field(default_factory=dict)
    by_team: Mapping[tuple[str, str], Told] = field(default_factory=dict)  # made, by routine and team
    money: Mapping[str, Money | None] = field(default_factory=dict)
    teams: tuple[str, ...] = ()
    # Tables that are not there at all, such as causes of a policy domain: that does not leave the teams.
    missing: frozenset[str] = frozenset()

    def of(self, table: str, row: str = ALL) -> Told:
        """One figure; what did not occur is nought."""
        return NOT_TOLD if table in self.missing else self.figures.get((table, row), NOUGHT)

    def sum(self, table: str, rows: Iterable[str]) -> Told:
        """Several rows together."""
        return added(self.of(table, row) for row in rows)

    def rows(self, table: str) -> list[str]:
        """The rows of a table that occur, in a fixed order."""
        return sorted(row for name, row in self.figures if name == table and row != ALL)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(told.value or told.why for told in self.figures.values())


Asked = Callable[[str, str, str], Any]  # table, row, column


@dataclass(frozen=True, slots=True)
class Quarterly:
    """One release: its figure under a table, row and column, and what else there is along its sides."""

    told: Asked
    rows: Mapping[str, Sequence[str]]  # per table
    teams: tuple[str, ...]
    money: Mapping[str, Sequence[int]]
    empty: bool = False
    by_team: bool = True

    def figure(self, table: str, row: str, column: str) -> Told:
        """None in a release is hidden."""
        if self.empty or column != ALL and not self.by_team:
            return Told(None, Reason.HIDDEN)
        number = self.told(table, row, column)
        return Told(None, Reason.HIDDEN) if number is None else Told(number)


def together(quarters: Sequence[Quarterly], column: str = ALL, routines: frozenset[str] | None = None) -> Numbers:
    """What was told of these quarters of everybody or one team; of a policy domain only what its routines say."""
    places = sorted({(table, row) for quarter in quarters for table, rows in quarter.rows.items() for row in rows})
    if routines is not None:
        places = [(table, row) for table, row in places if table in ("made", "uses") and row in routines]
    figures = {place: added(quarter.figure(*place, column) for quarter in quarters) for place in places}
    missing: set[str] = set()
    if routines is not None:
        for table in ("made", "uses"):
            figures[table, ALL] = added(told for (name, _row), told in figures.items() if name == table)
        missing = {table for quarter in quarters for table in quarter.rows} - {"made", "uses"}
    teams = tuple(sorted({team for quarter in quarters for team in quarter.teams})) if column == ALL else ()
    made = [row for table, row in places if table == "made" and row != ALL]
    by_team = {
        (row, team): added(quarter.figure("made", row, team) for quarter in quarters) for row in made for team in teams
    }
    money = {name: _money(quarters, name, column) for name in (*COSTS, "planned")} if routines is None else {}
    return Numbers(figures, by_team, money, teams, frozenset(missing))


def _money(quarters: Sequence[Quarterly], name: str, column: str) -> Money | None:
    """Sums of sums: what chance does to one quarter it does not do to the next."""
    counted = "real" if name == "planned" else name
    told = [quarter for quarter in quarters if quarter.figure("costs", counted, column).value != 0]
    found = [quarter.money.get(f"{name}:{column}") for quarter in told]
    if any(pair is None for pair in found):
        return None
    pairs = [pair for pair in found if pair is not None]
    return sum(pair[0] for pair in pairs), round(sqrt(sum(pair[1] ** 2 for pair in pairs)))
