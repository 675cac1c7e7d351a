"""What the clock does about reviews: reminds who must review, tells when it is late, and when a round can be closed."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accountability.models import Review
from accountability.models.reviewing import ReviewQuerySet
from organisation.kernel.working_days import add_working_days
from organisation.models import Event, Notice

EVE = 2  # working days before


def watch(*, on: date | None = None) -> int:
    """Take every step that has come. Returns how many people were told; doing it again tells nobody."""
    today = on or timezone.localdate()
    nearly = Review.objects.waiting().filter(
        reviewer__isnull=False, reminded_at=None, due_on__lte=add_working_days(today, EVE), due_on__gte=today
    )
    late = Review.objects.waiting().filter(late_told_at=None, due_on__lt=today)
    return _remind(nearly) + _tell_late(late)


@transaction.atomic
def _remind(rows: ReviewQuerySet) -> int:
    """One notice for each reviewer and round."""
    due = list(rows.select_related("round", "reviewer"))
    told = dict.fromkeys((row.round, row.reviewer) for row in due if row.reviewer)
    for made, person in told:
        event = Event.record(actor=None, verb="review.remind", target=made, after=person.name)
        Notice.queue(event=event, recipients=[person], url=reverse("accountability:review-list"))
    _mark(due, "reminded_at")
    return len(told)


@transaction.atomic
def _tell_late(rows: ReviewQuerySet) -> int:
    """Who drew the round can give it to somebody else; who had to review hears it too."""
    due = list(rows.select_related("round__drawn_by", "reviewer"))
    for row in due:
        people = [row.round.drawn_by, *([row.reviewer] if row.reviewer else [])]
        event = Event.record(actor=None, verb="review.late", target=row, after=row.due_on.isoformat())
        Notice.queue(event=event, recipients=people, url=row.get_absolute_url())
    _mark(due, "late_told_at")
    return len(due)


def _mark(rows: list[Review], name: str) -> None:
    Review.objects.filter(pk__in=[row.pk for row in rows]).update(**{name: timezone.now()})
