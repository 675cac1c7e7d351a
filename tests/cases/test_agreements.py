"""Agreements: who does what by when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.services.agreeing import mark_done, record_agreement, undo_done
from organisation.kernel.access import Refused
from organisation.models import Event
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def agreed(cast, case, **told):
    told = {"what": "Call back", "due_on": timezone.localdate()} | told
    return record_agreement(case=case, by=cast.caseworker, **told)


def test_an_agreement_is_overdue_the_day_after_its_date_and_no_longer_when_done(cast, case):
    today = timezone.localdate()
    assert not agreed(cast, case).is_overdue
    late = agreed(cast, case, due_on=today - timedelta(days=1), party="resident")
    assert late.is_overdue
    assert not mark_done(agreement=late, by=cast.colleague).is_overdue


def test_the_same_form_sent_twice_gives_one_agreement(cast, case):
    key = uuid4()
    assert agreed(cast, case, key=key) == agreed(cast, case, key=key)
    assert agreed(cast, case, key=key, what="Something else") is not None
    assert case.agreements.count() == 2


def test_done_and_undone_leave_a_trace_each_and_twice_is_once(cast, case):
    agreement = agreed(cast, case)
    for _time in range(2):
        mark_done(agreement=agreement, by=cast.caseworker)
    agreement.refresh_from_db()
    assert agreement.done_on == timezone.localdate()
    for _time in range(2):
        undo_done(agreement=agreement, by=cast.caseworker)
    agreement.refresh_from_db()
    assert agreement.done_on is None
    verbs = list(Event.objects.about(case).order_by("at", "pk").values_list("verb", flat=True))
    assert verbs == ["agreement.made", "agreement.kept", "agreement.reopened"]


def test_a_stranger_agrees_nothing(cast, case):
    agreement = agreed(cast, case)
    with pytest.raises(Refused):
        mark_done(agreement=agreement, by=cast.stranger)
    with pytest.raises(Refused):
        record_agreement(case=case, by=cast.stranger, what="x", due_on=timezone.localdate())
