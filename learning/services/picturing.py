"""A stored signal as people see it: its sentences, and a small picture of its months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from learning.models import Signal
from learning.rules.findings import Found, Kind
from organisation.kernel.periods import Period

from . import explaining
from .measuring import Measured


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the picture; heights are in hundredths of the picture, None when the number is hidden."""

    x: int
    height: int | None
    month: str
    number: int | None
    expected: float | None
    stands_out: bool

    @property
    def y(self) -> int:
        """Where it begins, from above."""
        return HEIGHT - (self.height or 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of months, and the height of what was expected in the months that stand out."""

    bars: tuple[Bar, ...]
    width: int
    usual_from: int
    usual_y: int | None

    @property
    def hides(self) -> bool:
        """Whether the number of a month is hidden."""
        return any(bar.number is None for bar in self.bars)


HEIGHT, STEP = 100, 14
Names = dict[str, dict[str, str]]


def words(signal: Signal, names: Names, *, short: bool = False) -> str:
    """What stands out and, unless `short`, how sure that is; a number of fewer than k is never said.

    A lesson is told in the words of who drew it.
    """
    if signal.kind == Kind.LESSON:
        return signal.words
    explain = explaining.in_short if short else explaining.explain
    found = Found(
        kind=Kind(signal.kind), routine=_key(signal.routine_id), team=_key(signal.team_id), since=signal.since_month,
        observed=signal.observed, expected=signal.expected, effect=signal.effect, interval=(signal.low, signal.high),
        q_value=signal.q_value, dimension=signal.dimension, value=signal.value,
    )  # fmt: skip
    value = names.get(signal.dimension, {}).get(signal.value, signal.value)
    return explain(
        found, routine=str(signal.routine or ""), team=str(signal.team or ""), value=value, k=settings.SMALL_CELL_K
    )


def picture(signal: Signal) -> Picture | None:
    """The months of a signal; None when there is nothing to draw."""
    return _drawn(signal.months)


def of_effect(measured: Measured) -> Picture | None:
    """The months around a change: those after it stand out, and the line is the level before it."""
    before = [number for _month, number in measured.months[: measured.change] if number is not None]
    usual = sum(before) / len(before) if before else None
    months = [
        (month, number, usual if place >= measured.change else None)
        for place, (month, number) in enumerate(measured.months)
    ]
    return _drawn(months)


def _drawn(months: Sequence[Sequence[Any]]) -> Picture | None:
    top = max([number or 0 for _month, number, _usual in months] + [usual or 0 for *_rest, usual in months], default=0)
    if not top or all(number is None for _month, number, _usual in months):
        return None
    bars = tuple(
        Bar(
            x=place * STEP,
            height=None if number is None else round(HEIGHT * number / top),
            month=Period.from_int(month).label,
            number=number,
            expected=usual,
            stands_out=usual is not None,
        )
        for place, (month, number, usual) in enumerate(months)
    )
    first = next((bar for bar in bars if bar.stands_out), None)
    usual_y = HEIGHT - round(HEIGHT * (first.expected or 0) / top) if first else None
    return Picture(bars, len(bars) * STEP, first.x if first else 0, usual_y)


def _key(pk: object) -> str | None:
    return None if pk is None else str(pk)
