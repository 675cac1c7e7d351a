"""Reviews of the story: a round with its report, and one that runs; and dossiers frozen in the week of the decision."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accountability.models import Review, ReviewRound
from accountability.models.reviewing import Verdict
from accountability.services import closing_rounds, drawing_reviews, freezing_dossiers, reviewing, watching_reviews
from learning.services import triaging

from .cast import POLICY_OFFICER, Cast
from .script import Row, read
from .timeline import Timeline

CONTROLLER = "controller@demo.test"
HERO = "caseworker@demo.test"
MOST_SEEDS = 40
BETWEEN_FREEZING = 7  # days
FIRST_ANSWER, RESPONSE = 2, 3  # days after the draw, and after the answer


class NotYet(Exception):
    """Chance chose other reviewers."""


class RoundStory:
    """One round, from the draw to its report."""

    def __init__(self, row: Row, cast: Cast, timeline: Timeline) -> None:
        self.row, self.timeline = row, timeline
        self.by, self.policy = cast.people[CONTROLLER], cast.people[POLICY_OFFICER]
        self.hero = cast.people[HERO]
        self.made: ReviewRound

    def tell(self) -> None:
        """Put its scenes on the timeline."""
        drawn = self.row["until_days_ago"] - 1
        self.timeline.add(self.timeline.day(drawn), self.draw)
        for place, said in enumerate(self.row["answers"], 1):
            answered = max(drawn - FIRST_ANSWER - place // 2, 1)
            self.timeline.add(self.timeline.day(answered), partial(self.answer, place, said))
            if "response" in said:
                self.timeline.add(self.timeline.day(answered - RESPONSE), partial(self.respond, place, said))
        if closed := self.row["closed_after_days"]:
            self.timeline.add(self.timeline.day(drawn - closed), self.close)

    def draw(self) -> None:
        """Draw it, with the first seed of the story that lets somebody you can sign in as review."""
        # What falls on a weekend is played on the working day before.
        until = min(self.timeline.day(self.row["until_days_ago"]), timezone.localdate() - timedelta(days=1))
        for number in range(MOST_SEEDS):
            with suppress(NotYet), transaction.atomic():
                self.made = drawing_reviews.draw_round(by=self.by, until=until, seed=f"{self.row['seed']}-{number}")
                waiting = self.made.reviews.filter(place__gt=len(self.row["answers"]), reviewer=self.hero)
                if self.row["closed_after_days"] is None and number < MOST_SEEDS - 1 and not waiting.exists():
                    raise NotYet
                return

    def answer(self, place: int, said: Row) -> None:
        """The reviewer says what they think of it."""
        for review in self._at(place):
            if review.reviewer:
                words = {"verdict": Verdict(said["verdict"]), "reasons": said.get("reasons", "")}
                done = reviewing.answer(review=review, by=review.reviewer, **words)
                if done.signal and "learning" in said:
                    triaging.dismiss(signal=done.signal, by=self.policy, reasons=said["learning"])

    def respond(self, place: int, said: Row) -> None:
        """The author says something to it."""
        for review in self._at(place):
            reviewing.respond(review=review, by=review.author, response=said["response"])

    def close(self) -> None:
        """Make its report."""
        watching_reviews.watch()
        closing_rounds.close(made=self.made, by=self.by)

    def _at(self, place: int) -> Iterator[Review]:
        """What was drawn in this place; nothing when fewer were drawn."""
        yield from self.made.reviews.filter(place=place).select_related("reviewer", "author")


def tell(cast: Cast, timeline: Timeline, *, since: int) -> None:
    """Put both rounds on the timeline, and what the clock does about dossiers."""
    for ago in range(since, -1, -BETWEEN_FREEZING):
        timeline.add(timeline.day(ago), freezing_dossiers.freeze_due)
    for row in read("reviews")["rounds"]:
        RoundStory(row, cast, timeline).tell()
