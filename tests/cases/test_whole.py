"""Whatever query of a change fails, the data stay whole: all of it, or nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from cases.models import Agreement, Case, CaseUserPermission, JournalEntry, RoutineUse
from cases.services import (
    agreeing,
    closing,
    editing,
    handing_over,
    holding,
    journalling,
    prescribing,
    sharing,
    steering,
)
from cases.services.opening import open_case
from organisation.models import Counter, Errand, Event, Membership, Notice
from tests.factories import CaseFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db
TABLES = (Case, RoutineUse, JournalEntry, Agreement, CaseUserPermission, Event, Notice, Errand, Counter, Case.history)
MOST = 200


class Breaks:
    """Lets a number of queries through and fails the next one, once."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.broke = False

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.left -= 1
            if self.left < 0 and not self.broke:
                self.broke = True
                raise DatabaseError("no")
        return execute(sql, params, many, context)


def state() -> list:
    rows = [list(getattr(table, "objects", table).order_by("pk").values_list()) for table in TABLES[:-1]]
    return [*rows, list(Case.history.order_by("pk").values_list())]


def acts(cast):
    """Each change of a case by a name, on a case of its own."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    by, soon, routine = cast.caseworker, timezone.localdate() + timedelta(days=3), RoutineFactory()
    domain, seat = PolicyDomainFactory(), Membership.objects.get(user=cast.stranger)
    return {
        "open": lambda: open_case(
            by=by, team=cast.income, subject="x", question="y", policy_domain=domain, routines=[routine]
        ),
        "edit": lambda: editing.edit_case(case=case, by=by, version=1, subject="New"),
        "write": lambda: journalling.write_entry(case=case, by=by, text="x"),
        "agree": lambda: agreeing.record_agreement(case=case, by=by, what="x", due_on=soon),
        "share": lambda: sharing.share_case(case=case, by=by, to=cast.stranger, work=True, reason="x", until=soon),
        "hold": lambda: holding.hold(case=case, by=by, reason="x"),
        "close": lambda: closing.close(case=case, by=by, result="not"),
        "hand over": lambda: handing_over.hand_over(case=case, by=by, to=seat, reason="x"),
        "steer": lambda: steering.set_use_outcome(
            case=case, by=by, routine_version=routine.version_on(), outcome="deviated"
        ),
        "prescribe": lambda: prescribing.add_version(
            routine=routine, by=cast.admin, valid_from=soon, reason="x", seen=1, prescribes="x", purpose="y",
            source_type="habit",
        ),
    }  # fmt: skip


NAMES = ("open", "edit", "write", "agree", "share", "hold", "close", "hand over", "steer", "prescribe")


@pytest.mark.parametrize("name", NAMES)
def test_failing_any_query_of_a_change_leaves_nothing_half(cast, name):
    act = acts(cast)[name]
    before = state()
    for number in range(MOST):
        breaks = Breaks(number)
        try:
            with connection.execute_wrapper(breaks):
                act()
        except DatabaseError:
            assert state() == before, f"query {number} of {name}"
            continue
        assert not breaks.broke, "a failed query was swallowed"
        assert number > 3
        break
    assert name == "prescribe" or state() != before
