"""Closing a case with its result, and reopening it."""

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.models import Case
from cases.workflow import Action, next_state
from organisation.models import Event, User

from .reaching import locked


@transaction.atomic
def close(*, case: Case, by: User, result: str, remark: str = "") -> Case:
    """Close with what came of it. Open agreements stay as they are: the page warns of them."""
    case = locked(case, by)
    permissions.require(by, Action.CLOSE, case)
    before, case.state = case.state, next_state(case.state, Action.CLOSE)
    case.closed_at, case.result, case.closing_remark = timezone.now(), result, remark
    case.save(update_fields=["state", "closed_at", "result", "closing_remark"])
    Event.record(actor=by, verb="case.closed", target=case, before=before, after=result, remark=remark)
    return case


@transaction.atomic
def reopen(*, case: Case, by: User, reason: str) -> Case:
    """Open again, and say why. The earlier result stays in the history."""
    case = locked(case, by)
    permissions.require(by, Action.REOPEN, case)
    before, case.state = case.result, next_state(case.state, Action.REOPEN)
    case.closed_at, case.result, case.closing_remark = None, "", ""
    case.save(update_fields=["state", "closed_at", "result", "closing_remark"])
    Event.record(actor=by, verb="case.reopened", target=case, before=before, after=case.state, remark=reason)
    return case
