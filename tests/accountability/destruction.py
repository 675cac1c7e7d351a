"""What the tests of destruction need: cases that are due, and a list that two people agreed to."""

from datetime import timedelta

from django.utils import timezone

from accountability.services import listing_destruction
from cases.models import Case, RetentionClass
from cases.services import closing
from tests.factories import CaseFactory


def retention_class(code="8.4.1", keep="P42D"):
    """A class with a short period."""
    told = {"label_nl": "Afgebroken", "label_en": "Broken off", "keep": keep, "source": f"Selectielijst 2020, {code}"}
    return RetentionClass.objects.get_or_create(code=code, defaults=told)[0]


def due(case: Case, days_ago=100, remark="") -> Case:
    """Close this case that long ago, with a period that is over."""
    told = {"result": "reached", "remark": remark, "retention_class": retention_class()}
    closed = closing.close(case=case, by=case.handler, **told)
    closed.closed_at = timezone.now() - timedelta(days=days_ago)
    closed.destroy_on = closed.reckon().on
    closed.save()
    return closed


def due_cases(cast, count=1) -> list[Case]:
    """Cases of the caseworker that are due."""
    return [due(CaseFactory(team=cast.income, handler=cast.caseworker)) for _ in range(count)]


def approved(cast):
    """A list of all that is due, made by the privacy officer and approved by internal control."""
    made = listing_destruction.make(by=cast.privacy)
    listing_destruction.submit(destruction=made, by=cast.privacy)
    return listing_destruction.approve(destruction=made, by=cast.controller)
