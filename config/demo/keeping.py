"""What was kept long enough: cases that were broken off, a list two people agreed to, and one case that is held."""

from typing import TYPE_CHECKING

from accountability.models import DestructionList
from accountability.services import destroying, listing_destruction
from cases.models import Case, RetentionClass
from cases.services import closing, journalling, keeping, opening

from .script import Row, read
from .timeline import Timeline

if TYPE_CHECKING:
    from .cast import Cast


class BrokenOff:
    """One question that was withdrawn."""

    def __init__(self, row: Row, cast: "Cast", code: str) -> None:
        self.row, self.cast, self.code = row, cast, code
        self.handler = cast.people[row["handler"]]
        self.case: Case

    def open(self) -> None:
        """Somebody asks."""
        row, cast = self.row, self.cast
        self.case = opening.open_case(
            by=self.handler, team=cast.teams[row["team"]], subject=row["subject"], question=row["question"],
            policy_domain=cast.domains[row["domain"]],
        )  # fmt: skip

    def close(self) -> None:
        """And needs no answer any more."""
        journalling.write_entry(case=self.case, by=self.handler, kind="contact", text=self.row["closing"])
        kept = RetentionClass.objects.get(code=self.code)
        closing.close(case=self.case, by=self.handler, result="unknown", retention_class=kept)
        if held := self.row.get("held"):
            keeping.place_hold(case=self.case, by=self.handler, kind=held["kind"], reason=held["reason"])


class Destruction:
    """One list, from making it to its certificate."""

    def __init__(self, row: Row, cast: "Cast") -> None:
        self.maker, self.approver = cast.people[row["made_by"]], cast.people[row["approved_by"]]
        self.list: DestructionList

    def make(self) -> None:
        """Of all that was due then."""
        self.list = listing_destruction.make(by=self.maker)
        listing_destruction.submit(destruction=self.list, by=self.maker)

    def carry_out(self) -> None:
        """A second person approves, and it is carried out."""
        listing_destruction.approve(destruction=self.list, by=self.approver)
        destroying.carry_out(self.list.pk)


def tell(cast: "Cast", timeline: Timeline) -> None:
    """Put all of it on the timeline."""
    told = read("keeping")
    for row in told["cases"]:
        story = BrokenOff(row, cast, told["class"])
        timeline.add(timeline.day(row["opened_days_ago"]), story.open)
        timeline.add(timeline.day(row["closed_days_ago"]), story.close)
    destroyed = told["destroyed"]
    list_of_then = Destruction(destroyed, cast)
    timeline.add(timeline.day(destroyed["made_days_ago"]), list_of_then.make)
    timeline.add(timeline.day(destroyed["approved_days_ago"]), list_of_then.carry_out)
