"""Reviewing: saying what one thinks of it, stepping aside, giving it to somebody else, and responding."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import Review
from accountability.models.reviewing import Verdict
from accountability.permissions import reviewing as permissions
from accountability.rules.assigning import Piece, assign
from accountability.workflow.reviewing import ReviewAction, next_review_state
from learning.services import taking_lessons
from organisation.kernel.access import Refused
from organisation.kernel.working_days import add_working_days
from organisation.models import Event, Notice, User

from . import drawing_reviews

SAY_WHY = _("Say why: the author learns from it.")
SAY_LESSON = _("Write what can be learnt from this.")
SAY_IT = _("Write your response.")
NOBODY = _("There is nobody else who had no part in it. Internal control looks for a reviewer.")
AGAIN_DAYS = 5  # working days that a next reviewer has at least


@transaction.atomic
def answer(*, review: Review, by: User, verdict: str, reasons: str = "") -> Review:
    """Say it, once. The author hears it without the name; a lesson goes to learning."""
    review = _held(review)
    permissions.require_with_review(by, ReviewAction.ANSWER, review)
    before, review.state = review.state, next_review_state(review.state, ReviewAction.ANSWER)
    if verdict != Verdict.SOUND and not reasons.strip():
        raise Refused(SAY_LESSON if verdict == Verdict.LESSON else SAY_WHY)
    review.answer, review.reasons, review.answered_at = Verdict(verdict), reasons, timezone.now()
    if verdict == Verdict.LESSON:
        review.signal = taking_lessons.take_lesson(deviation=review.deviation, words=reasons)
    review.save()
    event = Event.record(actor=by, verb="review.answer", target=review, before=before, after=verdict)
    Notice.queue(event=event, recipients=[review.author], url=review.get_absolute_url())
    return review


@transaction.atomic
def respond(*, review: Review, by: User, response: str) -> Review:
    """The author says something to it, once; reviewer and internal control read it in the round."""
    review = _held(review)
    permissions.require_with_review(by, ReviewAction.RESPOND, review)
    before, review.state = review.state, next_review_state(review.state, ReviewAction.RESPOND)
    if not response.strip():
        raise Refused(SAY_IT)
    review.response, review.responded_at = response, timezone.now()
    review.save()
    event = Event.record(actor=by, verb="review.respond", target=review, before=before, after=review.state)
    people = [review.round.drawn_by, *([review.reviewer] if review.reviewer else [])]
    Notice.queue(event=event, recipients=people, url=review.get_absolute_url())
    return review


@transaction.atomic
def step_aside(*, review: Review, by: User) -> Review:
    """A reviewer who had a part in it after all, or cannot judge it, leaves it to the next."""
    review = _held(review)
    permissions.require_with_review(by, ReviewAction.STEP_ASIDE, review)
    return _to_next(review, ReviewAction.STEP_ASIDE, by)


@transaction.atomic
def reassign(*, review: Review, by: User) -> Review:
    """Internal control gives it to the next, for instance when nothing is heard."""
    review = _held(review)
    permissions.require_with_review(by, ReviewAction.REASSIGN, review)
    return _to_next(review, ReviewAction.REASSIGN, by)


def _to_next(review: Review, action: ReviewAction, by: User) -> Review:
    """Whoever comes next by load, never who had it before."""
    review.state = next_review_state(review.state, action)
    if review.reviewer:
        review.had_before.add(review.reviewer)
    had = frozenset(str(person) for person in review.had_before.values_list("pk", flat=True))
    made = drawing_reviews.piece(review.decision)
    people = drawing_reviews.candidates(Review.objects.waiting())
    found = assign([Piece(made.key, made.team, made.barred | had)], people, f"{review.round.seed}|{len(had)}")[made.key]
    if found is None and action == ReviewAction.REASSIGN:
        raise Refused(NOBODY)
    review.reviewer = User.objects.get(pk=found) if found else None
    review.due_on = max(review.due_on, add_working_days(timezone.localdate(), AGAIN_DAYS))
    review.reminded_at = review.late_told_at = None
    review.save()
    event = Event.record(actor=by, verb=f"review.{action}", target=review, after=review.state)
    Notice.queue(event=event, recipients=[review.reviewer or review.round.drawn_by], url=review.get_absolute_url())
    return review


def _held(review: Review) -> Review:
    """The row as it is now, locked until the transaction ends."""
    beside = ("round__drawn_by", "deviation__case", "deviation__routine", "decision__space", "author", "reviewer")
    return Review.objects.select_for_update(of=("self",)).select_related(*beside).get(pk=review.pk)
