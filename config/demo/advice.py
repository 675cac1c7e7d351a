"""Advice in the story: asked of a colleague, of the team or of a lawyer, given, and followed or not."""

from typing import TYPE_CHECKING

from django.utils import timezone

from deviations.models import Consultation, Deviation
from deviations.rules.advising import Kind, View
from deviations.services import consulting
from organisation.models import User

from .script import Row

if TYPE_CHECKING:
    from .cast import Cast

LAWYER, TEAM = "jurist", "team"


def consult(row: Row, deviation: Deviation, *, by: User, cast: "Cast") -> None:
    """Ask, let those who were asked answer, and say what was done with it."""
    asked = _asked(row, deviation, by, cast)
    for said in _answers(row):
        person = cast.people[said["by"]]
        consulting.answer(consultation=asked, by=person, view=said.get("view", View.AGREES), text=said["advice"])
    if "followed" in row:
        consulting.settle(consultation=asked, by=by, followed=row["followed"], why=row.get("why", ""))


def _asked(row: Row, deviation: Deviation, by: User, cast: "Cast") -> Consultation:
    if row["with"] == LAWYER:
        return consulting.receive(
            deviation=deviation,
            by=by,
            view=row.get("view", View.AGREES),
            text=row["advice"],
            received_on=timezone.localdate(),
            reference=row["reference"],
        )
    of_team = row["with"] == TEAM
    return consulting.ask(
        deviation=deviation,
        by=by,
        kind=Kind.TEAM if of_team else Kind.PEER,
        question=row["question"],
        asked=None if of_team else cast.people[row["with"]],
        story=row.get("story", ""),
        anonymous=row.get("anonymous", False),
    )


def _answers(row: Row) -> list[Row]:
    if row["with"] == TEAM:
        return [dict(said) for said in row["answers"]]
    return [] if row["with"] == LAWYER or row.get("open") else [row | {"by": row["with"]}]
