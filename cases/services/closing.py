"""Closing a case with its result and how long it is kept, and reopening it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.models import Case, RetentionClass
from cases.workflow import Action, next_state
from organisation.models import Event, User

from .keeping import proposed_class, reckon_again
from .reaching import locked

CLOSED = ["state", "closed_at", "result", "closing_remark", "destroy_on"]


@transaction.atomic
def close(
    *,
    case: Case,
    by: User,
    result: str,
    remark: str = "",
    retention_class: RetentionClass | None = None,
    provision_until: date | None = None,
) -> Case:
    """Close with what came of it. Open agreements stay as they are: the page warns of them.

    Without a retention class it gets the one that is proposed for its policy domain.
    """
    case = locked(case, by)
    permissions.require(by, Action.CLOSE, case)
    before, case.state = case.state, next_state(case.state, Action.CLOSE)
    case.closed_at, case.result, case.closing_remark = timezone.now(), result, remark
    case.retention_class = retention_class or case.retention_class or proposed_class(case.policy_domain)
    case.provision_until = provision_until
    reckon_again(case)
    case.save(update_fields=[*CLOSED, "retention_class", "provision_until"])
    Event.record(actor=by, verb="case.closed", target=case, before=before, after=result, remark=remark)
    return case


@transaction.atomic
def reopen(*, case: Case, by: User, reason: str) -> Case:
    """Open again, and say why. The earlier result stays in the history."""
    case = locked(case, by)
    permissions.require(by, Action.REOPEN, case)
    before, case.state = case.result, next_state(case.state, Action.REOPEN)
    case.closed_at, case.result, case.closing_remark, case.destroy_on = None, "", "", None
    case.save(update_fields=CLOSED)
    Event.record(actor=by, verb="case.reopened", target=case, before=before, after=case.state, remark=reason)
    return case
