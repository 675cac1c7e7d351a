"""A replay as people read it: two spaces side by side, month by month, and what would have slipped through."""

from dataclasses import dataclass
from typing import Any

from deviations.models import Deviation, DiscretionarySpace, Simulation
from deviations.rules.replaying import STOPPED_BY
from organisation.kernel.periods import Period
from organisation.models import User

LIMITED_BY_MONTH = (2, 3)  # positions of the slider means
HIGH, STEP = 100, 14  # of the picture: its height, and from bar to bar


@dataclass(frozen=True)
class Side:
    """One space with what the replay said of it."""

    space: DiscretionarySpace
    said: dict[str, Any]
    changed: bool

    @property
    def still(self) -> int:
        """Requests that would have gone to the manager all the same."""
        return int(self.said["requests"] - self.said["covered"])

    @property
    def lost(self) -> int:
        """Agreed by a space then, and not within this one."""
        return int(self.said["by_space"] - self.said["by_space_covered"])

    @property
    def outside(self) -> int:
        """Of other routines."""
        return int(self.said["rows"] - self.said["requests"] - self.said["by_space"])


@dataclass(frozen=True)
class Bar:
    """One month of the picture: all requests, and from below those that would not have been needed."""

    label: str
    requests: int
    covered: int
    x: int
    height: int
    covered_height: int

    @property
    def y(self) -> int:
        """Where all requests begin, from above."""
        return HIGH - self.height

    @property
    def covered_y(self) -> int:
        """Where those not needed begin, from above."""
        return HIGH - self.covered_height


@dataclass(frozen=True)
class Shown:
    """Everything the page shows of one replay."""

    simulation: Simulation
    sides: tuple[Side, ...]
    stops: list[tuple[Any, list[int]]]
    months: list[dict[str, Any]]
    bars: list[Bar]
    month_limit: int | None
    slipped: list[Deviation]
    first: str
    last: str

    @property
    def width(self) -> int:
        """Of the picture."""
        return STEP * len(self.bars)


def shown(simulation: Simulation, reader: User) -> Shown:
    """A replay that is done, for this reader."""
    result: dict[str, Any] = simulation.result or {}
    sides = tuple(_sides(simulation, result))
    space = simulation.space
    return Shown(
        simulation=simulation,
        sides=sides,
        stops=_stops(sides),
        months=[_month(*month) for month in sides[0].said["months"]],
        bars=_bars(sides[0].said["months"]),
        month_limit=space.cents_per_month if space.means_slider in LIMITED_BY_MONTH else None,
        slipped=_slipped(sides[0].said["slipped"], reader),
        first=Period.from_int(result["first"]).label,
        last=Period.from_int(result["last"]).label,
    )


def _sides(simulation: Simulation, result: dict[str, Any]) -> Any:
    space, against = simulation.space, simulation.against
    yield Side(space, result["space"], space.version != simulation.space_version)
    if against and "against" in result:
        yield Side(against, result["against"], against.version != simulation.against_version)


def _stops(sides: tuple[Side, ...]) -> list[tuple[Any, list[int]]]:
    """Each limit that stopped a request, in words, with how many in each space; what stopped most comes first."""
    codes = dict.fromkeys(code for side in sides for code in side.said["stops"])
    rows = [(STOPPED_BY.get(code, code), [side.said["stops"].get(code, 0) for side in sides]) for code in codes]
    return sorted(rows, key=lambda row: row[1], reverse=True)


def _month(period: int, requests: int, covered: int, cents: int) -> dict[str, Any]:
    return {"label": Period.from_int(period).label, "requests": requests, "covered": covered, "cents": cents}


def _bars(months: list[Any]) -> list[Bar]:
    """Nothing to draw without a request."""
    most = max((requests for _period, requests, *_rest in months), default=0)
    if not most:
        return []
    return [
        Bar(
            label=Period.from_int(period).label,
            requests=requests,
            covered=covered,
            x=place * STEP,
            height=round(HIGH * requests / most),
            covered_height=round(HIGH * covered / most),
        )
        for place, (period, requests, covered, _cents) in enumerate(months)
    ]


def _slipped(keys: list[str], reader: User) -> list[Deviation]:
    rows = Deviation.objects.visible_to(reader).filter(pk__in=keys).for_pages()
    return list(rows.order_by("-created_at", "-id"))
