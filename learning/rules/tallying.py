"""Counting the rows of a quarter into the figures of its tables: how many, of how many households, and of how much."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, log10, sqrt

from organisation.kernel.protecting import Figure

from .lattice import ALL, MADE, SOURCES, Key

# A sum of money of which one household has more than this tells what that household has.
MOST_OF_ONE = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One deviation, with a name for its household that means nothing."""

    routine: str
    team: str
    kind: str
    household: str
    answer: str = ""
    outcome: str = ""
    source: str = SOURCES[0]
    structural: str = ""
    time: str = "asked:open"
    causes: tuple[str, ...] = ()
    life_domains: tuple[str, ...] = ()
    # Cents of extra and avoided cost, and when it was looked back on: of real cost and what was planned.
    money: Mapping[str, int] = field(default_factory=dict)

    @property
    def places(self) -> list[tuple[str, str]]:
        """The tables and rows it is counted in, besides that of its routine."""
        many = [("causes", cause) for cause in self.causes] + [("life_domains", life) for life in self.life_domains]
        kinds = [("kinds", self.kind), ("kinds", ALL), *many]
        if self.kind != MADE:
            return kinds
        return [
            *kinds, ("made", ALL), ("answers", self.answer), ("outcomes", self.outcome), ("sources", self.source),
            ("structural", self.structural), ("times", self.time),
            *(("costs", name) for name in self.money if name != "planned"),
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Closed:
    """One case that was closed: which practice it was, what came of it, and whether one contact was enough."""

    team: str
    practice: str
    result: str
    once: bool
    household: str


@dataclass(slots=True)
class Tally:
    """What is counted, and of whom; with sums of money how much each household has."""

    count: int = 0
    households: dict[str, int] = field(default_factory=dict)

    def add(self, household: str, cents: int = 0) -> None:
        """One more."""
        self.count += 1
        self.households[household] = self.households.get(household, 0) + cents

    @property
    def figure(self) -> Figure:
        """As the protection wants it: about nobody in particular, or not about enough people."""
        total = sum(self.households.values())
        one_has_most = total > 0 and max(self.households.values()) > MOST_OF_ONE * total
        return Figure(self.count, 0 if one_has_most else len(self.households))


Tallies = dict[Key, Tally]


def tallied(rows: Iterable[Row], closed: Iterable[Closed] = ()) -> dict[Key, Figure]:
    """The true figures of these rows; a figure that is not there is nought."""
    tallies: Tallies = {}
    for row in rows:
        columns = (ALL, row.team)
        for table, name in row.places:
            for column in columns:
                tally = tallies.setdefault((table, name, column), Tally())
                tally.add(row.household, row.money[name] if table == "costs" else 0)
        if row.kind == MADE:
            for column in columns:
                tallies.setdefault(("made", row.routine, column), Tally()).add(row.household)
    for case in closed:
        names = [f"{case.practice}:{case.result}", *([f"{case.practice}:once"] if case.once else [])]
        for name in names:
            for column in (ALL, case.team):
                tallies.setdefault(("practice", name, column), Tally()).add(case.household)
    return {key: tally.figure for key, tally in tallies.items()}


def uses_tallied(uses: Mapping[tuple[str, str], int]) -> dict[Key, Figure]:
    """How often routines were applied, by (routine, team). Nobody knows of how many households: each is one."""
    found: dict[Key, int] = {}
    for (routine, team), n in uses.items():
        for row in (routine, ALL):
            for column in (ALL, team):
                found["uses", row, column] = found.get(("uses", row, column), 0) + n
    return {key: Figure(n, n) for key, n in found.items()}


Money = tuple[int, int]  # cents, and how far the sum could be off by chance


def money_of(rows: Iterable[Row]) -> dict[tuple[str, str], Money]:
    """Sums of money by row and column of the table of costs, with `planned` beside `real`.

    A sum of amounts that come at random has a variance of the sum of their squares (compound Poisson). Real cost is
    compared with what was planned, so there it is the squares of what differs from the usual ratio.
    """
    amounts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows:
        for name, cents in row.money.items():
            for column in (ALL, row.team):
                amounts.setdefault((name, column), []).append((cents, row.money.get("planned", 0)))
    found = {}
    for (name, column), pairs in amounts.items():
        total, planned = sum(cents for cents, _planned in pairs), sum(planned for _cents, planned in pairs)
        ratio = total / planned if name == "real" and planned else 0.0
        spread = sqrt(sum((cents - ratio * planned) ** 2 for cents, planned in pairs))
        found[name, column] = (total, 0 if name == "planned" else round(spread))
    return found


def two_digits(money: Money) -> Money:
    """As it is told: the sum to two significant digits, what it could be off by rounded up."""
    cents, spread = money
    return _to_two(cents, round), _to_two(spread, ceil)


def _to_two(number: int, how: Callable[[float], int]) -> int:
    unit = 10 ** max(floor(log10(number)) - 1, 0) if number else 1
    return unit * how(number / unit)
