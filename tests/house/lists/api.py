"""Addresses for machines that give rows."""

from learning.models import FigureRelease
from tests.house.world import World

from .editions import editions
from .learning import reports
from .register import lines
from .rows import Rows


def releases(world: World, count: int) -> None:
    """Released quarters."""
    there = FigureRelease.objects.count()
    for number in range(count):
        FigureRelease.objects.create(year=2000 + there + number, quarter=1, k=10, digest="0" * 64)


LISTS: dict[str, Rows] = {
    "learning:api-release-list": Rows("policy", releases),
    "learning:api-report-list": Rows("policy", reports),
    "accountability:api-edition-list": Rows("reporter", editions),
    "accountability:api-register-list": Rows("caseworker", lines),
}
