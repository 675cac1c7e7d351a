"""What a decision says is kept by the database itself: it is voided once, and goes only with its deviation."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from deviations.models import Decision
from tests.factories import CaseFactory, DeviationFactory

pytestmark = pytest.mark.django_db
OTHER = {
    "answer": "refused", "reasons": "Other reasons.", "conditions": "Others.", "alternative": "Another way.",
    "role": "deputy", "weight": "C", "board_reference": "B-1", "digest": "1" * 64, "snapshot": {"why_here": "Other"},
    "at": timezone.now(), "board_on": timezone.localdate(), "sight": 3, "objection_until": timezone.now(),
}  # fmt: skip


@pytest.fixture
def decision(cast):
    """Agreed by the manager."""
    deviation = DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker))
    return Decision.objects.create(
        deviation=deviation, answer="agreed", reasons="It helps.", by=cast.manager, author=cast.caseworker,
        weight="B", snapshot={"why_here": "The account is blocked."}, digest="0" * 64,
    )  # fmt: skip


def refused(change):
    """Whether the database refuses, for this reason."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as fault:
        return "append-only" in str(fault)
    return False


@pytest.mark.parametrize("column", sorted(OTHER))
def test_nothing_it_says_can_be_changed(decision, column):
    assert refused(lambda: Decision.objects.filter(pk=decision.pk).update(**{column: OTHER[column]}))


@pytest.mark.parametrize("person", ["by", "on_behalf_of", "author"])
def test_nor_who_decided(decision, cast, person):
    assert refused(lambda: Decision.objects.filter(pk=decision.pk).update(**{person: cast.othermanager}))


def test_it_can_be_voided_once(decision):
    rows = Decision.objects.filter(pk=decision.pk)
    assert not refused(lambda: rows.update(voided_at=timezone.now()))
    assert refused(lambda: rows.update(voided_at=None))
    assert refused(lambda: rows.update(voided_at=timezone.now()))


def test_saving_it_as_it_is_changes_nothing(decision):
    assert not refused(decision.save)


def test_it_goes_with_its_deviation(decision):
    decision.deviation.delete()
    assert not Decision.objects.exists()


def test_it_cannot_be_replaced_by_another_with_its_key(decision):
    if connection.vendor != "sqlite":
        pytest.skip("replacing is of SQLite alone")
    table = Decision._meta.db_table
    copy = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608
    assert refused(lambda: connection.cursor().execute(copy))
