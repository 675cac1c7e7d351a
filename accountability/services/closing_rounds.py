"""Closing a round: its report is made once, with a digest, and does not change any more."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import Review, ReviewRound
from accountability.permissions import reviewing as permissions
from accountability.rules import round_report
from accountability.rules.round_report import Json, Reviewed
from accountability.workflow.reviewing import ReviewState, RoundAction, next_round_state
from deviations.services import freezing
from organisation.kernel.access import Refused
from organisation.models import Event, Notice, Role, User

STILL_WAITS = _("Reviews still wait for an answer, and the day has not come. Close the round when that day has passed.")
NOBODY_ANSWERED = _("Nobody reviewed anything yet, so there is nothing to report.")


@transaction.atomic
def close(*, made: ReviewRound, by: User) -> ReviewRound:
    """Close it once everything is answered or its day has passed; what nobody answered counts as not looked at."""
    made = ReviewRound.objects.select_for_update(of=("self",)).get(pk=made.pk)
    permissions.require_with_round(by, RoundAction.CLOSE)
    before, made.state = made.state, next_round_state(made.state, RoundAction.CLOSE)
    waiting = made.reviews.filter(state=ReviewState.ASKED)
    if waiting.filter(due_on__gte=timezone.localdate()).exists():
        raise Refused(STILL_WAITS)
    if not made.reviews.exclude(state=ReviewState.ASKED).exists():
        raise Refused(NOBODY_ANSWERED)
    made.report = report_of(made)
    made.digest = freezing.digest(made.report)
    made.closed_by, made.closed_at = by, timezone.now()
    made.save()
    event = Event.record(actor=by, verb="review_round.close", target=made, before=before, after=made.state)
    Notice.queue(event=event, recipients=_concerned(made), url=made.get_absolute_url())
    return made


def report_of(made: ReviewRound) -> Json:
    """The figures of a round as they are now."""
    return round_report.report(made.frame, [_as_reviewed(row) for row in made.reviews.all()])


def _as_reviewed(row: Review) -> Reviewed:
    return Reviewed(
        team=str(row.team_id),
        author=str(row.author_id),
        sight=row.sight,
        answer=row.answer,
        responded=row.state == ReviewState.RESPONDED,
    )


def _concerned(made: ReviewRound) -> list[User]:
    """Who reviewed, who was reviewed, who leads a team of which something was drawn, and policy staff."""
    rows = made.reviews.order_by()
    took_part = User.objects.filter(Q(pk__in=rows.values("reviewer")) | Q(pk__in=rows.values("author")))
    leads = User.objects.working().leading(*{row.team for row in rows.select_related("team")})
    policy = User.objects.working().filter(groups__name=Role.POLICY_OFFICER)
    return [*took_part, *leads, *policy]
