"""What was learned in the story: learning questions, one of which went all the way to a new ordinance."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from learning.models import LearningQuestion, Link
from learning.services import asking, linking, replying, telling
from learning.services.linking import Choice
from organisation.kernel.periods import Period

from .cast import POLICY_OFFICER, Cast
from .script import Row, read
from .timeline import Timeline

ANNOUNCED = timedelta(days=21)  # a new version is published some weeks before it holds
LOOKED_BACK = 11  # months before the question, from which deviations belong to it
VERSION = ("prescribes_nl", "purpose_nl", "source_type", "source_reference", "source_url")
ANSWERS = {"acted_locally": "acted", "this_was_done": "done", "this_changed_and_helped": "helped"}


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every learning question on the timeline, step by step."""
    for row in read("learning")["questions"]:
        Told(cast, row).put_on(timeline)


class Told:
    """One question, from the day it was opened."""

    def __init__(self, cast: Cast, row: Row) -> None:
        self.row, self.by = row, cast.people[POLICY_OFFICER]
        self.owner, self.routine = cast.people[row["owner"]], cast.routines[row["routine"]]
        self.question: LearningQuestion | None = None

    def put_on(self, timeline: Timeline) -> None:
        """Each step at its own day."""
        row = self.row
        day = timeline.day
        due = day(row["due_days_ago"]) if "due_days_ago" in row else timeline.today + timedelta(row["due_days_ahead"])
        opened = day(row["opened_days_ago"])
        timeline.add(opened, partial(self.open, opened, due))
        if inquiry := row["inquiry"]:
            began = day(inquiry["from_days_ago"])
            timeline.add(began, self.step(asking.inquire))
            if inquiry["stories"]:
                timeline.add(began, self.step(telling.ask_for_stories))
                timeline.add(began + timedelta(days=7), partial(self.tell_stories, inquiry["stories"]))
        if proposal := row["proposal"]:
            found = f"{inquiry['numbers']} {inquiry['conclusion']}"
            timeline.add(
                day(proposal["days_ago"]), self.step(asking.propose, findings=found, proposal=proposal["text"])
            )
        if decision := row["decision"]:
            words = {"improvement": decision["kind"], "reasons": f"{decision['by']}. {decision['text']}"}
            timeline.add(day(decision["days_ago"]), self.step(asking.decide, **words))
        self._afterwards(timeline)

    def _afterwards(self, timeline: Timeline) -> None:
        """What was done, what came of it, and what those who signalled it heard."""
        row, day = self.row, timeline.day
        if version := row["new_version"]:
            starts = day(version["valid_from_days_ago"])
            timeline.add(starts - ANNOUNCED, partial(self.publish, version, starts))
        if effect := row["effect"]:
            timeline.add(day(effect["checked_days_ago"]), self.step(asking.check, effect=effect["verdict"]))
        for answer in row["answers"]:
            if answer["kind"] != "received":  # that one goes by itself
                kind = ANSWERS.get(answer["kind"], answer["kind"])
                timeline.add(day(answer["days_ago"]), partial(self.answer, kind, answer["text"]))
        if row["closed_days_ago"]:
            timeline.add(day(row["closed_days_ago"]), self.step(asking.close))

    def open(self, on: date, due: date) -> None:
        """Open it, with the deviations of the year before."""
        self.question = asking.ask(
            by=self.by, title=self.row["title"], problem=self.row["problem"], due_on=due, owner=self.owner,
            routine=self.routine,
        )  # fmt: skip
        last = Period.of_date(on)
        linking.link(question=self.question, by=self.by, choice=Choice(self.routine, last - LOOKED_BACK, last))

    def step(self, service: Callable[..., Any], **words: Any) -> Callable[[], object]:
        """A service that needs nothing but the question and who does it."""
        return lambda: service(question=self.question, by=self.by, **words)

    def tell_stories(self, stories: dict[str, str]) -> None:
        """Those who were asked tell one each; a story belongs to the colleague of that name."""
        for link in Link.objects.filter(question=self.question, asked_at__isnull=False).select_related("signaller"):
            if link.signaller and (story := stories.get(link.signaller.name)):
                telling.tell(link=link, by=link.signaller, story=story)

    def publish(self, row: Row, starts: date) -> None:
        """The routine gets its new version."""
        text = {name.removesuffix("_nl"): row[name] for name in VERSION}
        self.step(asking.carry_out, carried_out=row["reason"], changed_on=starts, version=text)()

    def answer(self, kind: str, text: str) -> None:
        """To everybody who signalled it."""
        links = Link.objects.filter(question=self.question, signaller__isnull=False).select_related("signaller")
        people = {link.signaller for link in links if link.signaller}
        if self.question and people:
            replying.reply(question=self.question, by=self.by, kind=kind, text=text, to=people)
