"""Telling the case what a deviation means for it: cases never ask upwards."""

from typing import cast

from cases.models import Case, RoutineUse, RoutineVersion
from cases.services.steering import mark_tailored, put_before_manager, set_use_outcome
from deviations.models import Deviation
from deviations.models.deviations import Kind
from deviations.workflow import State
from organisation.models import User

from .recording import case_of

# A made deviation in one of these states departs from the routine, or asks to.
DEPARTING = (State.AWAITING, State.AGREED, State.AGREED_WITH_CONDITIONS, State.EVALUATED)


def follow(deviation: Deviation, by: User) -> None:
    """After every move: the outcome of the use of the routine, and whether the case is tailored work now."""
    case, version = case_of(deviation), cast(RoutineVersion, deviation.routine_version)
    outcome = _outcome(case, version)
    set_use_outcome(case=case, routine_version=version, outcome=outcome, by=by)
    if outcome == RoutineUse.Outcome.DEVIATED:
        mark_tailored(case=case, by=by, remark=deviation.number)
    if deviation.state == State.AWAITING:
        put_before_manager(case=case, by=by, remark=deviation.number)


def _outcome(case: Case, version: RoutineVersion) -> RoutineUse.Outcome:
    """Of every deviation about this use of the routine, the one that goes furthest."""
    same = Deviation.objects.filter(case=case, routine_version=version)
    if same.filter(kind=Kind.MADE, state__in=DEPARTING).exists():
        return RoutineUse.Outcome.DEVIATED
    if same.filter(kind=Kind.CONSIDERED, state=State.RECORDED).exists():
        return RoutineUse.Outcome.CONSIDERED
    return RoutineUse.Outcome.FOLLOWED
