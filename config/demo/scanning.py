"""What teams said of themselves in the story, and the trust pulse."""

from datetime import date, timedelta
from functools import partial

from accountability.models import BuildingBlock, Pulse, Scan
from accountability.services import pulsing, scanning
from organisation.kernel.periods import HalfYear, Period

from .cast import POLICY_OFFICER, Cast
from .script import Row, read
from .timeline import Timeline

BEFORE_THE_END, LATELY = timedelta(days=35), timedelta(days=12)


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every self-scan and pulse on the timeline."""
    rows = read("scans")
    for row in rows["scans"]:
        ScanStory(row, cast).put_on(timeline)
    for row in rows["pulses"]:
        PulseStory(row, cast).put_on(timeline)


def day_in(half: HalfYear, today: date) -> date:
    """Some weeks before the end of a half-year, or some days ago when it goes on."""
    lately = max(today - LATELY, half.first.first_day)
    return min(half.last.last_day - BEFORE_THE_END, lately)


class ScanStory:
    """One self-scan: begun, filled in, and closed unless it goes on."""

    def __init__(self, row: Row, cast: Cast) -> None:
        self.row, self.cast = row, cast
        self.scan: Scan

    def put_on(self, timeline: Timeline) -> None:
        """Begun on one day, filled in on the next, closed a week later."""
        half = Period.of_date(timeline.today).half - self.row["halves_ago"]
        day = day_in(half, timeline.today)
        timeline.add(day, self.start)
        for code, answer in self.row["answers"].items():
            timeline.add(day + timedelta(days=1), partial(self.write, code, answer))
        if self.row["close"]:
            timeline.add(day + timedelta(days=7), self.close)

    def start(self) -> None:
        """The manager begins it."""
        code = self.row["team"]
        self.scan = scanning.start(team=self.cast.teams[code], by=self.cast.managers[code])

    def write(self, code: str, row: Row) -> None:
        """Somebody of the team fills in a block."""
        block = BuildingBlock.objects.get(code=code)
        by = self.cast.people[f"{row['by']}@demo.test"]
        scanning.write(scan=self.scan, block=block, by=by, score=row["score"], evidence=row["text"])

    def close(self) -> None:
        """The manager closes it."""
        scanning.close(scan=self.scan, by=self.cast.managers[self.row["team"]])


class PulseStory:
    """One trust pulse: opened, answered by most, and closed unless it goes on."""

    def __init__(self, row: Row, cast: Cast) -> None:
        self.row, self.cast, self.by = row, cast, cast.people[POLICY_OFFICER]
        self.pulse: Pulse

    def put_on(self, timeline: Timeline) -> None:
        """Opened on one day, answered on the next."""
        half = Period.of_date(timeline.today).half - self.row["halves_ago"]
        day = day_in(half, timeline.today)
        timeline.add(day, partial(self.open, day + timedelta(days=self.row["days_open"])))
        timeline.add(day + timedelta(days=1), self.answer)
        if self.row["close"]:
            timeline.add(day + timedelta(days=self.row["days_open"]), self.close)

    def open(self, closes_on: date) -> None:
        """The policy officer opens it."""
        self.pulse = pulsing.open_pulse(by=self.by, closes_on=closes_on)

    def answer(self) -> None:
        """Everybody invited answers, but for those who keep silent."""
        silent = {f"{name}@demo.test" for name in self.row["silent"]}
        values = self.row["values"]
        invited = self.pulse.invitations.values_list("person__email", flat=True)
        for place, email in enumerate(sorted(set(invited) - silent)):
            one, two = values[place % len(values)]
            pulsing.answer(pulse=self.pulse, by=self.cast.people[email], values={1: one, 2: two})

    def close(self) -> None:
        """The policy officer closes it."""
        pulsing.close(pulse=self.pulse, by=self.by)
