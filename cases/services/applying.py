"""Applying a routine in a case: each use counts in the figures."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import permissions
from cases.models import Case, Routine, RoutineUse, RoutineVersion
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period
from organisation.models import Event, User

from .reaching import locked


@transaction.atomic
def apply_routine(*, case: Case, routine: Routine, by: User) -> RoutineUse:
    """Note that this routine is applied in this case. Doing so again changes nothing."""
    case = locked(case, by)
    permissions.require(by, Action.APPLY, case)
    return record_use(case=case, routine=routine, by=by)


def record_use(*, case: Case, routine: Routine, by: User) -> RoutineUse:
    """The use of the version that holds today, inside the caller's transaction. Raises `Refused` when there is none."""
    version = routine.version_on()
    if version is None:
        raise Refused(_("Routine %(code)s has no version that holds today.") % {"code": routine.code})
    return use_of(case=case, version=version, by=by)


def use_of(*, case: Case, version: RoutineVersion, by: User) -> RoutineUse:
    """The use of this version in this case; it is made when it is not there yet."""
    today = timezone.localdate()
    use, made = RoutineUse.objects.get_or_create(
        case=case,
        routine_version=version,
        defaults={
            "routine_id": version.routine_id,
            "team_id": case.team_id,
            "applied_on": today,
            "period": int(Period.of_date(today)),
        },
    )
    if made:
        Event.record(actor=by, verb="routine.applied", target=use, after=use.outcome)
    return use
