"""Drawing a round: what spaces agreed to since the round before, a sample of it, and a reviewer for each."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import Review, ReviewRound
from accountability.permissions import reviewing as permissions
from accountability.rules.assigning import Candidate, Piece, assign
from accountability.rules.drawing import Draw, Stratum, Use, draw
from accountability.workflow.reviewing import ReviewState, RoundAction
from deviations.models import Decision, Opinion
from deviations.models.deviations import Answer
from organisation.kernel.access import Refused
from organisation.kernel.working_days import add_working_days
from organisation.models import Counter, Event, Membership, Notice, Role, User

REVIEW_DAYS = 10  # working days
NOTHING = _("Since the last round no space agreed to anything, so there is nothing to draw from.")
NOT_YET = _("Choose a day before today: what is agreed to today may still change.")
BEFORE = _("Up to that day everything was drawn from already.")
NONE_DRAWN = _("Chance drew nothing from the few uses up to that day. Choose a later day, or draw again later.")


def begins() -> date | None:
    """The first day of a next round: the day after the last round, or the first day that a space agreed."""
    if last := ReviewRound.objects.order_by("-until").first():
        return last.until + timedelta(days=1)
    first = _by_space().order_by("at").first()
    return timezone.localdate(first.at) if first else None


@transaction.atomic
def draw_round(*, by: User, until: date, seed: str = "") -> ReviewRound:
    """Draw, choose reviewers, and tell them. Without a seed a new one is made; either way it is kept and shown."""
    permissions.require_with_round(by, RoundAction.DRAW)
    # Behind this row two people who draw at once stand in a row, so nothing is drawn twice.
    number = Counter.next("T")
    since = begins()
    if since is None:
        raise Refused(NOTHING)
    if until < since:
        raise Refused(BEFORE)
    if until >= timezone.localdate():
        raise Refused(NOT_YET)
    decisions, seed = list(_between(since, until)), seed or secrets.token_hex(8)
    drawn = draw(_uses(decisions), seed)
    if not drawn.chosen:
        raise Refused(NONE_DRAWN if decisions else NOTHING)
    made = ReviewRound.objects.create(
        number=number, since=since, until=until, seed=seed, frame=_frame(drawn, decisions), drawn_by=by,
        due_on=add_working_days(timezone.localdate(), REVIEW_DAYS),
    )  # fmt: skip
    by_key = {str(decision.pk): decision for decision in decisions}
    _hand_out(made, [by_key[key] for key in drawn.chosen])
    event = Event.record(actor=by, verb="review_round.draw", target=made, after=str(len(drawn.chosen)))
    _tell(made, event)
    return made


def repeat(made: ReviewRound) -> bool:
    """Draw again with the same seed from what is there now; whether the same comes out."""
    there = _between(made.since, made.until, at=made.drawn_at)
    chosen = draw(_uses(there), made.seed).chosen
    return list(chosen) == [str(key) for key in made.reviews.order_by("place").values_list("decision", flat=True)]


def preview(until: date) -> dict[str, Any] | None:
    """How much there is to draw from up to that day; None when there is nothing."""
    since = begins()
    if since is None or until < since:
        return None
    decisions = list(_between(since, until))
    frame = _frame(draw(_uses(decisions), "preview"), decisions)
    return {"since": since, "until": until, "decided": len(decisions), "strata": frame}


def candidates(load_of: QuerySet[Review]) -> list[Candidate]:
    """Everybody who does casework today, with the number of reviews that wait for them."""
    waiting = dict(load_of.order_by().values_list("reviewer").annotate(Count("pk")))
    works: dict[Any, set[str]] = {}
    for person, team in Membership.objects.current().filter(role=Role.CASEWORKER).values_list("user", "team"):
        works.setdefault(person, set()).add(str(team))
    return [Candidate(str(person), frozenset(teams), waiting.get(person, 0)) for person, teams in works.items()]


def piece(decision: Decision) -> Piece:
    """What was drawn, with everybody who had a part in it: who wrote, handled, decided, gave the space or advised.

    Of somebody with a second account that one as well.
    """
    deviation = decision.deviation
    advised = Opinion.objects.filter(consultation__deviation=deviation).values_list("by", flat=True)
    people = {decision.author_id, decider_of(decision), decision.on_behalf_of_id, *advised}
    people.add(deviation.case.handler_id if deviation.case else None)
    same = User.objects.filter(pk__in=people - {None}, person__isnull=False).values("person")
    people |= set(User.objects.filter(person__in=same).values_list("pk", flat=True))
    return Piece(str(decision.pk), str(deviation.team_id), frozenset(str(person) for person in people if person))


def decider_of(decision: Decision) -> Any:
    """Who decided; of a space: who gave it."""
    return decision.by_id or (decision.space.granted_by_id if decision.space else None)


def _by_space() -> "QuerySet[Decision]":
    return Decision.objects.filter(answer=Answer.BY_SPACE, sight__isnull=False, deviation__register=None)


def _between(since: date, until: date, at: datetime | None = None) -> "QuerySet[Decision]":
    """What spaces agreed to in these days and counted at that moment (default: now)."""
    first, last = (timezone.make_aware(datetime.combine(day, time())) for day in (since, until + timedelta(days=1)))
    counted = Q(voided_at__isnull=True) | Q(voided_at__gt=at) if at else Q(voided_at__isnull=True)
    rows = _by_space().filter(counted, at__gte=first, at__lt=last).order_by("at", "pk")
    return rows.select_related("deviation__team", "deviation__case", "space")


def _uses(decisions: Iterable[Decision]) -> list[Use]:
    return [
        Use(str(row.pk), row.at, Stratum(str(row.deviation.team_id), _weight(row), cast(int, row.sight)))
        for row in decisions
    ]


def _weight(decision: Decision) -> str:
    """As it was decided on."""
    return str(decision.weight or decision.snapshot.get("weight") or decision.deviation.weight)


def _frame(drawn: Draw, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    names = {str(row.deviation.team_id): row.deviation.team.name for row in decisions}
    return [
        {**stratum._asdict(), "team_name": names[stratum.team], **count._asdict()}
        for stratum, count in drawn.strata.items()
    ]


def _hand_out(made: ReviewRound, decisions: list[Decision]) -> None:
    chosen = assign([piece(row) for row in decisions], candidates(Review.objects.waiting()), made.seed)
    Review.objects.bulk_create(
        Review(
            round=made, place=place, decision=row, deviation=row.deviation, author_id=row.author_id,
            decider_id=decider_of(row), reviewer_id=chosen[str(row.pk)], team_id=row.deviation.team_id,
            weight=_weight(row), sight=cast(int, row.sight), due_on=made.due_on, state=ReviewState.ASKED,
        )
        for place, row in enumerate(decisions, 1)
    )  # fmt: skip


def _tell(made: ReviewRound, event: Event) -> None:
    """One notice for each reviewer, however many are theirs."""
    people = User.objects.filter(pk__in=made.reviews.values("reviewer"), is_active=True)
    Notice.queue(event=event, recipients=people, url=reverse("accountability:review-list"))
