"""Spaces of the story: drafted and granted by a manager, and some of them ended."""

from datetime import timedelta
from functools import partial

from deviations.models import DiscretionarySpace
from deviations.services import escalating, granting, reminding_of_spaces

from .cast import Cast
from .script import Row, read
from .timeline import Timeline

SLIDERS = ("purpose", "rules", "means", "deciding", "sight")
WATCHED = 12  # days
AMOUNTS = ("per_deviation", "per_month", "per_period")


def cents(euros: float | None) -> int | None:
    """Euros of the files in whole cents."""
    return None if euros is None else round(euros * 100)


class SpaceStory:
    """One space, from draft to its end."""

    def __init__(self, row: Row, cast: Cast, timeline: Timeline) -> None:
        self.row, self.cast, self.timeline = row, cast, timeline
        self.giver = cast.people[row["granted_by"]]
        self.space: DiscretionarySpace

    def tell(self) -> None:
        """Put its scenes on the timeline."""
        row, line = self.row, self.timeline
        line.add(line.day(row["valid_from_days_ago"]), self.grant)
        if row["state"] == "withdrawn":
            line.add(line.day(row["withdrawn_days_ago"]), self.withdraw)
        if row["state"] == "suspended":
            line.add(line.day(row["suspended_days_ago"]), self.suspend)
        if row["state"] == "expired":
            over = line.day(-row["valid_until_days_ahead"]) + timedelta(days=1)
            line.add(over, partial(granting.expire, on=over))

    def grant(self) -> None:
        """Draft it, name its holders and put it into force."""
        row, line = self.row, self.timeline
        fields = {f"{name}_slider": row["sliders"][name] for name in SLIDERS}
        fields |= {f"cents_{name}": cents(row[f"amount_{name}"]) for name in AMOUNTS}
        fields |= {
            "name": row["name"],
            "purpose": f"{row['purpose']}\n\n{row['reason']}\n\n{row['hard_limits']}",
            "routines": self.cast.picked(self.cast.routines, row["routines"]),
            "valid_until": line.day(-row["valid_until_days_ahead"]),
            "evaluate_on": line.day(-row["evaluate_days_ahead"]),
        }
        self.space = granting.draft_space(
            team=self.cast.teams[row["team"]],
            by=self.giver,
            fields=fields,
            people=[self.cast.people[email] for email in row["holders"]["people"]],
            whole_team=bool(row["holders"]["team"]),
        )
        if row["state"] != "draft":
            self.space = granting.grant_space(space=self.space, by=self.giver)

    def suspend(self) -> None:
        """Stop it for now, with the reason."""
        granting.suspend(space=self.space, by=self.giver, reasons=self.row["suspended_reason"])

    def withdraw(self) -> None:
        """End it, with the reason."""
        granting.withdraw_space(space=self.space, by=self.giver, reasons=self.row["withdrawn_reason"])


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every space on the timeline."""
    for row in read("spaces"):
        SpaceStory(row, cast, timeline).tell()


def watch(cast: Cast, timeline: Timeline) -> None:
    """Who is away in these days, and what the clock does about what waits, ends or is to be looked back on."""
    for row in read("people")["away"]:
        timeline.add(timeline.day(row["since_days_ago"]), partial(cast.away, row, timeline.today))
    for ago in range(WATCHED, -1, -1):
        timeline.add(timeline.day(ago), escalating.watch_deadlines)
        timeline.add(timeline.day(ago), reminding_of_spaces.remind)
