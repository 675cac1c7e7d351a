"""Pages with rows of reviews."""

from datetime import timedelta

from django.utils import timezone

from accountability.models import Review, ReviewRound
from accountability.services import freezing_dossiers
from deviations.models import Decision
from organisation.models import User
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory
from tests.house.world import World, period_of_today

from .rows import Rows


def a_round(world: World, **fields) -> ReviewRound:
    """A round of a month of its own."""
    there = ReviewRound.objects.count()
    day = timezone.localdate() - timedelta(days=40 * (there + 1))
    given = {"number": f"T-{there}", "since": day, "until": day + timedelta(days=30), "seed": "x", "frame": []} | fields
    return ReviewRound.objects.create(due_on=timezone.localdate(), drawn_by=world.people.controller, **given)


def reviews_in(made: ReviewRound, world: World, count: int, *, author: User, reviewer: User) -> None:
    """Reviews of one round, about a routine each."""
    now = timezone.now()
    for _number in range(count):
        deviation = DeviationFactory(
            case=CaseFactory(team=world.people.income, handler=author), routine=RoutineFactory(), space=world.space,
            state="agreed", answer="by_space", submitted_at=now, decided_at=now, period=period_of_today(),
        )  # fmt: skip
        decision = Decision.objects.create(
            deviation=deviation, answer="by_space", author=author, space=world.space, snapshot={}, sight=1
        )
        Review.objects.create(
            round=made, deviation=deviation, decision=decision, author=author, reviewer=reviewer, weight="A", sight=1,
            team=world.people.income, place=made.reviews.count() + 1, due_on=timezone.localdate(),
        )  # fmt: skip


def both_ways(world: World, count: int) -> None:
    """Rounds; and in one of them reviews the caseworker must do, and reviews of the caseworker's own deviations."""
    people = world.people
    made = ReviewRound.objects.first() or a_round(world)
    reviews_in(made, world, count, author=people.colleague, reviewer=people.caseworker)
    reviews_in(made, world, count, author=people.caseworker, reviewer=people.stranger)
    mine = made.reviews.filter(author=people.caseworker)
    mine.update(state="answered", answer="sound", answered_at=timezone.now())


def rounds(world: World, count: int) -> None:
    """Rounds that run."""
    for _number in range(count):
        a_round(world)


def in_a_round(world: World, count: int) -> None:
    """Reviews of one round."""
    made = ReviewRound.objects.get(**the_round(world))
    reviews_in(made, world, count, author=world.people.caseworker, reviewer=world.people.stranger)


def the_round(world: World) -> dict:
    """The address of the only round."""
    return {"pk": (ReviewRound.objects.first() or a_round(world)).pk}


def frozen(world: World, count: int) -> None:
    """Decisions with a frozen dossier each."""
    made = ReviewRound.objects.first() or a_round(world)
    reviews_in(made, world, count, author=world.people.caseworker, reviewer=world.people.stranger)
    freezing_dossiers.freeze_due()


LISTS: dict[str, Rows] = {
    "accountability:control-list": Rows("controller", frozen),
    "accountability:review-list": Rows("caseworker", both_ways),
    "accountability:block-reviews": Rows("controller", rounds),
    "accountability:review-round": Rows("controller", in_a_round, args=the_round),
}
