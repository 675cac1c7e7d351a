"""The order of the story: every scene is played at its own moment, the oldest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from organisation.kernel.working_days import AMSTERDAM, add_working_days, is_working_day

from .clock import moved_to

OPENS, CLOSES = time(8, 30), time(17, 0)


@dataclass
class Timeline:
    """Scenes by the day they happen on; on one day they are played in the order in which they were added."""

    today: date
    scenes: list[tuple[date, Callable[[], object]]] = field(default_factory=list)

    def day(self, days_ago: int) -> date:
        """That many days before today."""
        return self.today - timedelta(days=days_ago)

    def add(self, day: date, act: Callable[[], object]) -> None:
        """Let this happen on that day; nothing happens later than today."""
        self.scenes.append((min(day, self.today), act))

    def play(self, *, now: datetime) -> int:
        """Play everything and return how many scenes. What falls on a weekend moves to the working day before."""
        scenes = sorted(self.scenes, key=lambda scene: scene[0])
        for day, group in groupby(scenes, key=lambda scene: working_day(scene[0])):
            acts = [act for _day, act in group]
            for act, moment in zip(acts, moments(day, len(acts), now), strict=True):
                with moved_to(moment):
                    act()
        return len(scenes)


def working_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else add_working_days(day, -1)


def moments(day: date, count: int, now: datetime) -> Iterator[datetime]:
    """That many moments spread over the working day, none of them later than now."""
    closes = min(datetime.combine(day, CLOSES, AMSTERDAM), now - timedelta(minutes=1))
    opens = min(datetime.combine(day, OPENS, AMSTERDAM), closes - timedelta(hours=1))
    return (opens + (closes - opens) * (number + 1) / (count + 1) for number in range(count))
