"""Deviations of the story: written down, sent in, answered and looked back on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from deviations.models import Deviation
from deviations.models.deliberating import DELIBERATED
from deviations.services import deciding, evaluating, recording, submitting, withdrawing
from deviations.workflow import Action, State
from organisation.models import AccessEvent, AccessWay, User

from . import advice
from .room import cents
from .script import Row

if TYPE_CHECKING:
    from .casework import CaseStory

WRITTEN = (
    "kind", "if_followed", "instead", "why_here", "urgency", "belongs_or_helps", "purpose_served", "alternatives",
    "residents_view", "tension", "structural",
)  # fmt: skip
ANSWERS = {
    "agreed": Action.AGREE,
    "agreed_with_conditions": Action.AGREE_WITH_CONDITIONS,
    "refused": Action.REFUSE,
}
ESTIMATE = "Schatting van de behandelaar"


class DeviationStory:
    """One deviation, from draft to looking back."""

    def __init__(self, row: Row, story: "CaseStory") -> None:
        self.row, self.story, self.cast = row, story, story.cast
        self.author: User = story.handler
        self.manager: User = story.cast.managers[story.row["team"]]
        self.deviation: Deviation

    def tell(self) -> None:
        """Put its scenes on the timeline."""
        row, line = self.row, self.story.timeline
        answer, sent = row["answer"], row["submitted_days_after"]
        line.add(self._begun(), self.begin)
        if sent is None:
            return
        line.add(self.story.on(sent), self.submit)
        if answer in ANSWERS:
            line.add(self.story.on(row["decided_days_after"]), self.decide)
        elif answer == "returned":
            line.add(self.story.on(row["decided_days_after"]), self.send_back)
        elif answer == "withdrawn":
            line.add(self.story.on(row["decided_days_after"]), self.withdraw)
        if row["evaluated_days_after"] is not None:
            line.add(self.story.on(row["evaluated_days_after"]), self.look_back)

    def _begun(self) -> date:
        """Written on the day it is sent; a draft on the day its routine came up."""
        sent = self.row["submitted_days_after"]
        if sent is not None:
            return self.story.on(sent)
        return self.story.on(max(use["days_after"] for use in self.story.row["routines"]))

    def begin(self) -> None:
        """Write it down, and ask advice before it is sent."""
        self.deviation = recording.begin(case=self.story.case, by=self.author, fields=self._fields())
        for row in self.row.get("consultations", ()):
            advice.consult(row, self.deviation, by=self.author, cast=self.cast)

    def _fields(self) -> dict[str, Any]:
        row, cast = self.row, self.cast
        fields: dict[str, Any] = {name: row.get(name, "") for name in WRITTEN}
        avoided = cents(row["avoided_amount"]) or 0
        return (
            fields
            | {name: row[name] for name in DELIBERATED if name in row}
            | {f"risk_{flag}": True for flag in row.get("risks", ())}
            | {
                "differs": row.get("author_differs", ""),
                "routine": cast.routines[row["routine"]],
                "amount_cents": cents(row["amount"]) or 0,
                "avoided_cents": avoided,
                "avoided_source": ESTIMATE if avoided else "",
                "grounds": cast.picked(cast.grounds, row["grounds"]),
                "causes": cast.picked(cast.causes, row["causes"]),
                "life_domains": cast.picked(cast.life_domains, row["life_domains"]),
            }
        )

    def submit(self) -> None:
        """Send it in. A space that was full by then leaves it to the manager, who agrees."""
        self.deviation = submitting.submit(deviation=self.deviation, by=self.author)
        if self.row["answer"] == "by_space" and self.deviation.state == State.AWAITING:
            deciding.decide(deviation=self.deviation, action=Action.AGREE, by=self.manager)

    def _read(self) -> bool:
        """The manager opens it, which is in the logbook; whether it still waits for an answer."""
        AccessEvent.record(actor=self.manager, targets=[self.deviation, self.story.case], way=AccessWay.PAGE)
        return self.deviation.state == State.AWAITING

    def decide(self) -> None:
        """The manager answers."""
        if self._read():
            row = self.row
            deciding.decide(
                deviation=self.deviation,
                action=ANSWERS[row["answer"]],
                by=self.manager,
                reasons=row["reasons"],
                conditions=row["conditions"],
                alternative=row.get("alternative", ""),
                differs=row.get("decider_differs", ""),
                board_on=timezone.localdate() if "board" in row else None,
                board_reference=row.get("board", ""),
            )

    def send_back(self) -> None:
        """The manager has a question first."""
        if self._read():
            deciding.return_with_question(deviation=self.deviation, by=self.manager, question=self.row["question"])

    def withdraw(self) -> None:
        """Its author pulls it back."""
        withdrawing.withdraw(deviation=self.deviation, by=self.author)

    def look_back(self) -> None:
        """Did it help? What was seen is in the journal; only what was agreed to has an evaluation."""
        row = self.row
        if row["remark"]:
            self.story.write("observation", row["remark"])
        self.deviation.refresh_from_db()
        if self.deviation.state in (State.AGREED, State.AGREED_WITH_CONDITIONS):
            evaluating.evaluate(
                deviation=self.deviation,
                by=self.author,
                helped=row["outcome"],
                real_cents=cents(row["amount"]),
                structural=row["structural"],
            )
