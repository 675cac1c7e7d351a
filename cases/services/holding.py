"""Putting a case on hold and taking it up again."""

from django.db import transaction

from cases import permissions
from cases.models import Case
from cases.workflow import Action, next_state
from organisation.models import Event, User

from .reaching import locked


def hold(*, case: Case, by: User, reason: str) -> Case:
    """Wait, and say what for."""
    return _move(case, by, Action.HOLD, "case.held", reason)


def resume(*, case: Case, by: User) -> Case:
    """Go on."""
    return _move(case, by, Action.RESUME, "case.resumed", "")


@transaction.atomic
def _move(case: Case, by: User, action: Action, verb: str, reason: str) -> Case:
    case = locked(case, by)
    permissions.require(by, action, case)
    before, case.state = case.state, next_state(case.state, action)
    case.save(update_fields=["state"])
    Event.record(actor=by, verb=verb, target=case, before=before, after=case.state, remark=reason)
    return case
