"""What a deviation does to its case: called by the deviations app inside its own transaction, after its own check."""

from django.db import transaction

from cases.models import Case, RoutineUse, RoutineVersion
from cases.models.casefile import Practice
from organisation.models import Event, User

from .applying import use_of


@transaction.atomic
def mark_tailored(*, case: Case, by: User, remark: str = "") -> None:
    """From now on this case is tailored work; `remark` names the deviation. Once is enough."""
    case = _held(case)
    if case.practice == Practice.TAILORED:
        return
    before, case.practice = case.practice, Practice.TAILORED
    case.save(update_fields=["practice"])
    Event.record(actor=by, verb="case.tailored", target=case, before=before, after=case.practice, remark=remark)


@transaction.atomic
def put_before_manager(*, case: Case, by: User, remark: str = "") -> None:
    """Let whoever leads the team read this case, since an answer is asked of them; `remark` names the deviation."""
    case = _held(case)
    if not case.before_manager:
        case.before_manager = True
        case.save(update_fields=["before_manager"])
    Event.record(actor=by, verb="case.put_before_manager", target=case, remark=remark)


@transaction.atomic
def set_use_outcome(*, case: Case, routine_version: RoutineVersion, outcome: str, by: User) -> RoutineUse:
    """What became of a routine in this case; a routine not noted yet counts as applied from now on."""
    case = _held(case)
    use = use_of(case=case, version=routine_version, by=by)
    if use.outcome != outcome:
        before, use.outcome = use.outcome, outcome
        use.save(update_fields=["outcome"])
        Event.record(actor=by, verb="routine.outcome_set", target=use, before=before, after=outcome)
    return use


def _held(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
