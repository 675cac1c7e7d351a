"""Who gets in at internal control and reviews: the caseworker wrote, the manager gave space, the stranger reviews."""

from datetime import timedelta

from django.utils import timezone

from accountability.models import Review
from accountability.services import closing_rounds, drawing_reviews, reviewing
from tests.databases import guards_down
from tests.house.world import World

from .entries import Entry


def review(world: World) -> Review:
    """One review, in a round that runs."""
    if made := Review.objects.first():
        return made
    decision = world.used.decisions.get()
    with guards_down():  # nobody changes a decision; a test moves it to another day
        type(decision).objects.filter(pk=decision.pk).update(at=timezone.now() - timedelta(days=3), sight=1)
    until = timezone.localdate() - timedelta(days=1)
    return drawing_reviews.draw_round(by=world.people.controller, until=until, seed="x").reviews.get()


def answered(world: World) -> Review:
    """The same, answered."""
    made = review(world)
    if not made.answer:
        made = reviewing.answer(review=made, by=world.people.stranger, verdict="sound")
    return made


def of_review(world: World) -> dict:
    return {"pk": review(world).pk}


def of_answered(world: World) -> dict:
    return {"pk": answered(world).pk}


def of_round(world: World) -> dict:
    """A round of which everything is answered."""
    return {"pk": answered(world).round_id}


def of_closed(world: World) -> dict:
    """A round with its report."""
    made = answered(world).round
    if made.report is None:
        closing_rounds.close(made=made, by=world.people.controller)
    return {"pk": made.pk}


ENTRIES: dict[str, Entry] = {
    "accountability:control-list": Entry(get="controller"),
    "accountability:control-file": Entry(get="controller", args=lambda world: {"kind": "xlsx"}),
    "accountability:review-list": Entry(get="everybody"),
    "accountability:block-reviews": Entry(get="everybody"),
    "accountability:reviews-of-space": Entry(get="manager", args=lambda world: {"pk": world.space.pk}),
    "accountability:review-round-new": Entry(get="controller", post="controller"),
    "accountability:review-round": Entry(get="managers controller", args=of_round),
    "accountability:review-round-close": Entry(
        post="controller", refused="managers", args=of_round, data=lambda world: {}
    ),
    "accountability:review-round-file": Entry(get="everybody", args=lambda world: of_closed(world) | {"kind": "ods"}),
    "accountability:review-round-pdf": Entry(get="everybody", args=of_closed),
    "accountability:review": Entry(get="stranger controller", args=of_review),
    "accountability:review-answer": Entry(
        post="stranger", refused="controller", args=of_review, data=lambda world: {"verdict": "sound"}
    ),
    "accountability:review-step-aside": Entry(
        post="stranger", refused="controller", args=of_review, data=lambda world: {}
    ),
    "accountability:review-reassign": Entry(
        post="controller", refused="stranger", args=of_review, data=lambda world: {}
    ),
    "accountability:review-respond": Entry(
        post="caseworker",
        refused="stranger manager controller",
        args=of_answered,
        data=lambda world: {"response": "I did."},
    ),
}
