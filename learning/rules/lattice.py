"""The fixed tables of a closed quarter, and how their figures add up: nothing else leaves the teams as numbers.

A figure stands under a key: a table, a row of it, and a column: everybody or one team. What is told of more quarters,
or of a policy domain, is the sum of what was told of each quarter and routine; nobody can put other parts together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from organisation.kernel.protecting import Figure, Relation

ALL = "*"
MADE = "made"
KINDS = (MADE, "considered", "blocked")
ANSWERS = ("by_space", "agreed", "agreed_with_conditions", "refused", "")
OUTCOMES = ("yes", "partly", "no", "unknown", "")
SOURCES = ("statute", "ordinance", "policy_rule", "work_instruction", "system", "habit")
STRUCTURAL = ("structural", "incident", "")
# How long until a person answered; what was already done is counted apart.
SPEEDS = ("day", "week", "later", "open")
TIMES = (*(f"asked:{speed}" for speed in SPEEDS), *(f"done:{speed}" for speed in SPEEDS), "space")
COSTS = ("extra", "avoided", "real")
RESULTS = ("reached", "partly", "not", "unknown")
PRACTICES = ("routine", "tailored")
Key = tuple[str, str, str]  # table, row, column

# Tables whose rows add up to all that was made, in every column.
SPLIT = {"answers": ANSWERS, "outcomes": OUTCOMES, "sources": SOURCES, "structural": STRUCTURAL, "times": TIMES}
# Tables of which one thing may be in several rows or in none: only their columns add up.
LOOSE = {"costs": COSTS, "practice": tuple(f"{p}:{r}" for p in PRACTICES for r in (*RESULTS, "once"))}
BY_ROUTINE = ("made", "uses")


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands along the sides of the tables."""

    routines: tuple[str, ...]
    teams: tuple[str, ...]
    causes: tuple[str, ...] = ()
    life_domains: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Everybody, then each team."""
        return (ALL, *self.teams)

    @property
    def rows(self) -> dict[str, tuple[str, ...]]:
        """The rows of each table."""
        routines = dict.fromkeys(BY_ROUTINE, (ALL, *self.routines))
        lists = {"causes": self.causes, "life_domains": self.life_domains}
        return {**routines, "kinds": (*KINDS, ALL), **SPLIT, **LOOSE, **lists}

    @property
    def keys(self) -> list[Key]:
        """Every figure, in a fixed order."""
        return [(table, row, column) for table, rows in self.rows.items() for row in rows for column in self.columns]

    @property
    def smaller(self) -> Iterator["Shape"]:
        """With ever less in it, for when the whole cannot be made safe."""
        yield self
        yield replace(self, teams=())

    @property
    def relations(self) -> list[Relation]:
        """How the figures add up: in every column parts, kinds and routines; and in every row the teams."""
        down = [relation for column in self.columns for relation in self._down(column)]
        rows = [(table, row) for table, names in self.rows.items() for row in names] if self.teams else []
        return down + [Relation((*row, ALL), tuple((*row, team) for team in self.teams)) for row in rows]

    def _down(self, column: str) -> Iterator[Relation]:
        yield Relation(("kinds", MADE, column), (("made", ALL, column),))  # the same number, told twice
        yield Relation(("kinds", ALL, column), tuple(("kinds", kind, column) for kind in KINDS))
        for table, rows in SPLIT.items():
            yield Relation(("made", ALL, column), tuple((table, row, column) for row in rows))
        for table in BY_ROUTINE if self.routines else ():
            yield Relation((table, ALL, column), tuple((table, routine, column) for routine in self.routines))


def filled(shape: Shape, found: Mapping[Key, Figure]) -> dict[Key, Figure]:
    """Every figure of the tables: those that were counted, and nought for the rest."""
    nought = Figure(0, 0)
    return {key: found.get(key, nought) for key in shape.keys}


def by_table(shape: Shape, values: Mapping[Key, int | None]) -> dict[str, dict[str, list[int | None]]]:
    """As they are stored: per table and row a figure for each column, in the order of the columns."""
    found: dict[str, dict[str, list[int | None]]] = {}
    for table, row, column in shape.keys:
        found.setdefault(table, {}).setdefault(row, []).append(values[table, row, column])
    return found
