"""What does not feel right in the story: said in one field, and answered."""

from functools import partial
from typing import TYPE_CHECKING

from cases.models import Case
from deviations.models import Unease
from deviations.services import speaking_up
from learning.models import LearningQuestion
from learning.services import linking
from organisation.models import Membership, Role

from .script import Row, read
from .timeline import Timeline

if TYPE_CHECKING:
    from .cast import Cast


class UneaseStory:
    """One sign, from saying it to the answers."""

    def __init__(self, row: Row, cast: "Cast", timeline: Timeline) -> None:
        self.row, self.cast, self.timeline = row, cast, timeline
        self.unease: Unease

    def tell(self) -> None:
        """Put its scenes on the timeline."""
        self.timeline.add(self.timeline.day(self.row["said_days_ago"]), self.say)
        for reply in self.row.get("replies", ()):
            self.timeline.add(self.timeline.day(reply["days_ago"]), partial(self.answer, reply))
        if learnt := self.row.get("learnt_in"):
            self.timeline.add(self.timeline.day(learnt["days_ago"]), partial(self.take_in, learnt))

    def say(self) -> None:
        """Somebody says it."""
        person = self.cast.people[self.row["by"]]
        team = Membership.objects.current().get(user=person, role=Role.CASEWORKER).team
        subject = self.row.get("case")
        case = Case.objects.visible_to(person).get(subject=subject) if subject else None
        self.unease = speaking_up.speak_up(by=person, text=self.row["text"], team=team, case=case)

    def answer(self, row: Row) -> None:
        """Somebody answers."""
        speaking_up.reply(unease=self.unease, by=self.cast.people[row["by"]], kind=row["kind"], text=row["text"])

    def take_in(self, row: Row) -> None:
        """It becomes part of a learning question."""
        question = LearningQuestion.objects.get(title=row["question"])
        linking.take_in_sign(question=question, unease=self.unease, by=self.cast.people[row["by"]])


def tell(cast: "Cast", timeline: Timeline) -> None:
    """Put every sign on the timeline."""
    for row in read("unease"):
        UneaseStory(row, cast, timeline).tell()
