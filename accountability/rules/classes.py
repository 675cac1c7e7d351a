"""The classes in which deviations stand in the public register: each is about at least k households.

All deviations that could be in the register are divided, one property after another: year, policy domain, kind,
answer, routine, quarter, weight, ground, amount. A value is told when at least k households share it, beside all that
was told before it; the other values stay together without being told, as long as they are at least k households as
well. When they are not, the smallest told value joins them. A year and a policy domain are always told: what is too
small for that is withheld. Each other deviation is in exactly one class, and how far a class is divided depends on all
that is in it, never on one deviation alone. So whoever knows the procedure cannot work out
more than the class tells (Wong et al., *Minimality attack in privacy preserving data publishing*, 2007).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace

UNTOLD = ""
NONE = "none"  # known, and nothing: no answer because the routine was followed, no ground


@dataclass(frozen=True, slots=True)
class Told:
    """A class: what is told of a deviation; empty is not told."""

    year: str = UNTOLD
    domain: str = UNTOLD
    kind: str = UNTOLD
    answer: str = UNTOLD
    routine: str = UNTOLD
    quarter: str = UNTOLD
    weight: str = UNTOLD
    ground: str = UNTOLD
    amount: str = UNTOLD

    def holds(self, facts: "Facts") -> bool:
        """Whether this could be said of a deviation."""
        return all(value in (UNTOLD, getattr(facts, name)) for name, value in asdict(self).items())


@dataclass(frozen=True, slots=True)
class Facts:
    """One deviation as it is, and whose household it is about: a name that means nothing."""

    year: str
    domain: str
    kind: str
    answer: str
    routine: str
    quarter: str
    weight: str
    ground: str
    amount: str
    household: str


ORDER = tuple(field.name for field in fields(Told))
ALWAYS_TOLD = frozenset(("year", "domain"))  # a line without these tells nobody anything
MayTell = Callable[[Told], bool]


def always(told: Told) -> bool:
    """Nothing else stands in the way."""
    return True


def classify(rows: Sequence[Facts], k: int, may_tell: MayTell = always) -> list[Told | None]:
    """The class of each of these deviations; None for what is withheld.

    `may_tell` can forbid that a class is told for another reason; what it forbids is treated as too few.
    """
    found: list[Told | None] = [None] * len(rows)
    waiting: list[tuple[Sequence[int], Told, int]] = [(range(len(rows)), Told(), 0)]
    while waiting:
        members, told, depth = waiting.pop()
        if depth == len(ORDER):
            for member in members:
                found[member] = told
            continue
        for value, part in _parts(rows, members, told, depth, k, may_tell):
            waiting.append((part, replace(told, **{ORDER[depth]: value}), depth + 1))
    return found


def households(rows: Sequence[Facts], members: Iterable[int]) -> int:
    """About how many households these are."""
    return len({rows[member].household for member in members})


def _parts(
    rows: Sequence[Facts], members: Sequence[int], told: Told, depth: int, k: int, may_tell: MayTell
) -> list[tuple[str, list[int]]]:
    """One class divided by its next property: the values that are told, and all others together."""
    name, groups = ORDER[depth], dict[str, list[int]]()
    for member in members:
        groups.setdefault(getattr(rows[member], name), []).append(member)
    sizes = {value: households(rows, part) for value, part in groups.items()}
    shown = {value for value in groups if sizes[value] >= k and may_tell(replace(told, **{name: value}))}
    rest = [member for value in groups if value not in shown for member in groups[value]]
    if name in ALWAYS_TOLD:
        rest = []
    while rest and shown and households(rows, rest) < k:
        joins = min(shown, key=lambda value: (sizes[value], value))
        shown.remove(joins)
        rest += groups[joins]
    parts = [(value, groups[value]) for value in sorted(shown)]
    return [*parts, (UNTOLD, rest)] if rest else parts


# Extra cost, in whole cents: up to which amount, and the code of the class.
AMOUNTS = ((0, NONE), (250_00, "to_250"), (1_000_00, "to_1000"), (5_000_00, "to_5000"))
ABOVE = "above_5000"


def amount_class(cents: int) -> str:
    """The class of an amount."""
    return next((code for limit, code in AMOUNTS if cents <= limit), ABOVE)
