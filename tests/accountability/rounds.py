"""Uses of space to draw from, and a round drawn from them."""

from datetime import timedelta

from django.utils import timezone

from accountability.models import Review, ReviewRound
from accountability.services import drawing_reviews
from deviations.models import Decision, Deviation, DiscretionarySpace
from organisation.models import User
from tests.factories import CaseFactory, DeviationFactory, MembershipFactory, RoutineFactory, SpaceFactory, UserFactory

SEED = "seed of the tests"


def space_of(cast, **fields) -> DiscretionarySpace:
    """A space of team Inkomen, given by its manager."""
    return SpaceFactory(team=cast.income, granted_by=cast.manager, **fields)


def used(cast, space: DiscretionarySpace, *, by: User | None = None, days_ago: float = 3, sight: int = 1) -> Decision:
    """One use of a space by somebody, decided some days ago."""
    author, at = by or cast.caseworker, timezone.now() - timedelta(days=days_ago)
    deviation = DeviationFactory(
        case=CaseFactory(team=cast.income, handler=author, before_manager=True), routine=RoutineFactory(),
        state="agreed", answer="by_space", space=space, submitted_at=at, decided_at=at, created_at=at,
        period=at.year * 100 + at.month,
    )  # fmt: skip
    return Decision.objects.create(
        deviation=deviation, answer="by_space", author=author, space=space, at=at, sight=sight,
        snapshot={"weight": "A", "why_here": deviation.why_here}, digest="0" * 64,
    )  # fmt: skip


def authors(cast, count: int) -> list[User]:
    """More colleagues of team Inkomen."""
    return [MembershipFactory(team=cast.income, user=UserFactory()).user for _number in range(count)]


def drawn(cast, *, uses: int = 1, people: int = 1) -> ReviewRound:
    """A round that looks at every one of these uses, by so many people; the stranger reviews."""
    space, by = space_of(cast), [cast.caseworker, *authors(cast, people - 1)]
    for number in range(uses):
        used(cast, space, by=by[number % people], days_ago=uses + 2 - number)
    return drawing_reviews.draw_round(by=cast.controller, until=yesterday(), seed=SEED)


def yesterday():
    """The last day that can be drawn from."""
    return timezone.localdate() - timedelta(days=1)


def first(made: ReviewRound) -> Review:
    """The first review of a round, as stored."""
    return made.reviews.order_by("place")[0]


def asked(cast) -> Review:
    """One review that the stranger, a caseworker of another team, must do."""
    return first(drawn(cast))


def deviation_of(review: Review) -> Deviation:
    """The deviation it is about, read anew."""
    return Deviation.objects.get(pk=review.deviation_id)
