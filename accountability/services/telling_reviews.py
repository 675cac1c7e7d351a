"""Reviews as other pages show them: what waits for somebody, and what reviews said of the uses of a space."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accountability.models import Review, ReviewRound
from accountability.models.reviewing import ReviewQuerySet, Verdict
from accountability.permissions import reviewing as permissions
from accountability.workflow.reviewing import ReviewState, RoundAction
from deviations.models import DiscretionarySpace
from deviations.rules.space_figures import enough_people
from organisation.models import User

SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """For the first screen: what I must review, what was said of mine, and the rounds I follow."""

    asked: list[Review]
    about: list[Review]
    rounds: list[ReviewRound]

    @property
    def nothing(self) -> bool:
        """Whether there is anything to show."""
        return not (self.asked or self.about or self.rounds)


@dataclass(frozen=True)
class OfSpace:
    """What reviews said of the uses of one space; None where so few people used it that it points at somebody."""

    drawn: int
    waiting: int
    answers: list[tuple[Any, int]] | None


def waiting_for(user: User) -> Waiting:
    """What concerns this person now, in a fixed number of queries."""
    beside = ("deviation__routine", "round")
    follows = permissions.answer_with_round(user, RoundAction.FOLLOW)
    return Waiting(
        asked=list(Review.objects.asked_of(user).select_related(*beside)[:SHOWN]),
        about=list(open_to_response(user).select_related(*beside)[:SHOWN]),
        rounds=list(with_progress(ReviewRound.objects.running())[:SHOWN]) if follows else [],
    )


def open_to_response(user: User) -> ReviewQuerySet:
    """What was said of this person's deviations in rounds that run, and they did not respond to."""
    return Review.objects.about(user).filter(state=ReviewState.ANSWERED, round__state="running")


def with_progress(rounds: Any) -> Any:
    """Each round with how much was drawn, and how much of that is answered."""
    answered = Count("reviews", filter=~Q(reviews__state=ReviewState.ASKED))
    return rounds.defer("frame", "report").annotate(drawn=Count("reviews"), answered=answered)


def of_space(space: DiscretionarySpace) -> OfSpace:
    """How often its uses were drawn, and what came of it."""
    rows = list(Review.objects.filter(decision__space=space).values_list("author", "answer"))
    given = [(author, answer) for author, answer in rows if answer]
    counts = Counter(answer for _author, answer in given)
    enough = enough_people(len({author for author, _answer in given})) is not None
    answers = [(verdict.label, counts[verdict.value]) for verdict in Verdict] if enough else None
    return OfSpace(drawn=len(rows), waiting=len(rows) - len(given), answers=answers)
