"""Cases of the story: opened, worked on, agreed about, shared and closed by their handlers."""

from datetime import date, timedelta
from functools import partial

from cases.models import Agreement, Case
from cases.services import agreeing, applying, closing, holding, journalling, opening, sharing
from organisation.models import AccessEvent, AccessWay, User

from .cast import Cast
from .requests import DeviationStory
from .script import Row, cases
from .timeline import Timeline

SHARED_FOR = timedelta(days=180)
LOOKS_AFTER = 1  # day after it was shared
ANSWER_AFTER = 56  # days; eight weeks, as Awb 4:13 has it


class CaseStory:
    """One case, from its question to its result."""

    def __init__(self, row: Row, cast: Cast, timeline: Timeline) -> None:
        self.row, self.cast, self.timeline = row, cast, timeline
        self.handler = cast.people[row["handler"]]
        self.case: Case
        self.agreements: dict[str, Agreement] = {}

    def on(self, days_after: int) -> date:
        """That many days after the case was opened."""
        return self.timeline.day(self.row["opened_days_ago"] - days_after)

    def tell(self) -> None:
        """Put its scenes on the timeline. What happens on the same day happens in this order."""
        row, line = self.row, self.timeline
        line.add(self.on(0), self.open)
        for share in row.get("shared_with", ()):
            line.add(self.on(share.get("days_after", 0)), partial(self.share, share))
            line.add(
                self.on(share.get("days_after", 0) + LOOKS_AFTER), partial(self.look, self.cast.people[share["email"]])
            )
        for use in row["routines"]:
            line.add(self.on(use["days_after"]), partial(self.apply, use["code"]))
        for entry in row["journal"]:
            line.add(self.on(entry["days_after"]), partial(self.look, self.handler))
            line.add(self.on(entry["days_after"]), partial(self.write, entry["kind"], entry["text"]))
        for agreement in row["agreements"]:
            line.add(self.on(agreement.get("days_after", 0)), partial(self.agree, agreement))
        for deviation in row["deviations"]:
            DeviationStory(deviation, self).tell()
        for agreement in row["agreements"]:
            if agreement["done"]:
                line.add(self.on(agreement["due_days_after"]), partial(self.keep, agreement["what"]))
        if held := row.get("on_hold"):
            line.add(self.on(held["days_after"]), partial(self.hold, held["reason"]))
        if row["closed"]:
            line.add(self.on(row["closed"]["days_after"]), self.close)

    def open(self) -> None:
        """Open it, with the question in the words of the resident."""
        row, cast = self.row, self.cast
        self.case = opening.open_case(
            by=self.handler,
            team=cast.teams[row["team"]],
            subject=row["subject"],
            question=row["question"],
            needed=row["needed"],
            policy_domain=cast.domains[row["domain"]],
            life_domains=cast.picked(cast.life_domains, row["life_domains"]),
            neighbourhood=cast.neighbourhoods[row["neighbourhood"]],
            confidentiality=row["confidentiality"],
            target_on=self.on(ANSWER_AFTER),
        )

    def look(self, person: User) -> None:
        """Open the page of the case, as who works on it does first."""
        AccessEvent.record(actor=person, targets=[self.case], way=AccessWay.PAGE)

    def share(self, row: Row) -> None:
        """Let somebody read along or work along."""
        sharing.share_case(
            case=self.case,
            by=self.handler,
            to=self.cast.people[row["email"]],
            work=row["permission"] == "work_on_case",
            reason=row["reason"],
            until=self.timeline.today + SHARED_FOR,
        )

    def apply(self, code: str) -> None:
        """Note that a routine applies."""
        applying.apply_routine(case=self.case, routine=self.cast.routines[code], by=self.handler)

    def write(self, kind: str, text: str) -> None:
        """Write in the journal."""
        journalling.write_entry(case=self.case, by=self.handler, kind=kind, text=text)

    def agree(self, row: Row) -> None:
        """Record who does what by when."""
        self.agreements[row["what"]] = agreeing.record_agreement(
            case=self.case, by=self.handler, what=row["what"], due_on=self.on(row["due_days_after"]), party=row["who"]
        )

    def keep(self, what: str) -> None:
        """It was done."""
        agreeing.mark_done(agreement=self.agreements[what], by=self.handler)

    def hold(self, reason: str) -> None:
        """Wait for something."""
        holding.hold(case=self.case, by=self.handler, reason=reason)

    def close(self) -> None:
        """Close it with what came of it."""
        closing.close(case=self.case, by=self.handler, result=self.row["closed"]["result"])


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every case on the timeline."""
    for row in cases():
        CaseStory(row, cast, timeline).tell()
