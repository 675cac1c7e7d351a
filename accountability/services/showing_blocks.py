"""The building blocks as people see them: each with two indicators, and the scores of a team over the half-years."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.models import BuildingBlock, Scan, ScanAnswer, Stock
from accountability.models.scans import HIGHEST
from accountability.rules.indicators import Indicator, Unit, of_block
from learning.services.presenting import number
from organisation.models import Team

HALVES_SHOWN = 8
STEP, HEIGHT, EDGE = 36, 40, 6  # of a small picture


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator with what it says now and what it said before."""

    indicator: Indicator
    text: str
    before: str
    known: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with its indicators."""

    block: BuildingBlock
    indicators: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One half-year in a small picture; without a score there is a gap."""

    x: int
    y: int
    half: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """The scores of one block over the half-years, oldest first."""

    block: BuildingBlock
    dots: tuple[Dot, ...]

    @property
    def points(self) -> str:
        """The line through the dots, for SVG."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots if dot.score is not None)

    @property
    def width(self) -> int:
        """Of the picture."""
        return STEP * max(len(self.dots) - 1, 0) + 2 * EDGE


def blocks() -> list[Shown]:
    """Every block in use, with what was counted of the last two half-years that are over."""
    now, before = [*(stock.readings for stock in Stock.objects.all()[:2]), {}, {}][:2]
    return [
        Shown(
            block,  # type: ignore[arg-type]
            tuple(
                Told(
                    indicator,
                    _told(indicator, now),
                    _told(indicator, before),
                    known=now.get(indicator.code) is not None,
                )
                for indicator in of_block(block.code)
            ),
        )
        for block in BuildingBlock.objects.valid()
    ]


def trend(team: Team, scans: Iterable[Scan]) -> list[Line]:
    """What a team said of each block in these self-scans. Not a mean, and nothing beside other teams."""
    halves = sorted(scans, key=lambda scan: scan.period)[-HALVES_SHOWN:]
    answers = ScanAnswer.objects.filter(scan__in=halves).select_related("block")
    scores = {(answer.block_id, answer.scan_id): answer.score for answer in answers}
    known = {answer.block_id: answer.block for answer in answers}
    return [
        Line(block, tuple(_dot(place, scan, scores.get((block.pk, scan.pk))) for place, scan in enumerate(halves)))
        for block in sorted(known.values(), key=lambda block: (block.order, block.code))
    ]


def _dot(place: int, scan: Scan, score: int | None) -> Dot:
    height = HEIGHT - 2 * EDGE
    y = EDGE + round(height * (HIGHEST - (score or 1)) / (HIGHEST - 1))
    return Dot(EDGE + place * STEP, y, str(scan.period.label), score)


def _told(indicator: Indicator, readings: dict[str, float | None]) -> str:
    if indicator.code not in readings:
        return ""
    value = readings[indicator.code]
    if value is None:
        return _("Too few to say")
    text = number(value)
    if indicator.unit == Unit.PERCENT:
        return f"{text}%"
    if indicator.unit == Unit.DAYS:
        return _("%(days)s days") % {"days": text}
    return _("%(mean)s out of 5") % {"mean": text} if indicator.unit == Unit.GRADE else text
