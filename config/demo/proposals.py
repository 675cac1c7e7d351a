"""Proposals for a space in the story: asked by caseworkers, and some of them answered."""

from deviations.models import SpaceRequest
from deviations.services import asking

from .cast import Cast
from .room import cents
from .script import Row, read
from .timeline import Timeline


class ProposalStory:
    """One proposal, from asking to its answer."""

    def __init__(self, row: Row, cast: Cast, timeline: Timeline) -> None:
        self.row, self.cast, self.timeline = row, cast, timeline
        self.manager = cast.managers[row["team"]]
        self.asked: SpaceRequest

    def tell(self) -> None:
        """Put its scenes on the timeline."""
        row, line = self.row, self.timeline
        line.add(line.day(row["days_ago"]), self.ask)
        if row["answer"] == "returned":
            line.add(line.day(row["answered_days_ago"]), self.send_back)
        elif row["answer"] == "declined":
            line.add(line.day(row["answered_days_ago"]), self.decline)

    def ask(self) -> None:
        """Write it and send it."""
        row = self.row
        fields = {name: row[name] for name in ("name", "why", "limits")}
        fields |= {f"cents_{name}": cents(row[name]) for name in ("per_deviation", "per_month")}
        fields |= {
            "routines": self.cast.picked(self.cast.routines, row["routines"]),
            "until": self.timeline.day(-row["until_days_ahead"]),
        }
        self.asked = asking.ask(team=self.cast.teams[row["team"]], by=self.cast.people[row["by"]], fields=fields)

    def send_back(self) -> None:
        """The manager has a question first."""
        asking.return_with_question(asked=self.asked, by=self.manager, question=self.row["question"])

    def decline(self) -> None:
        """The manager says no, and what can be done instead."""
        words = {name: self.row[name] for name in ("reasons", "alternative")}
        asking.decline(asked=self.asked, by=self.manager, **words)


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every proposal on the timeline."""
    for row in read("proposals"):
        ProposalStory(row, cast, timeline).tell()
