"""Recording agreements, and that they were kept."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.models import Agreement, Case
from cases.workflow import Action
from organisation.models import Event, User

from .reaching import fresh_key, locked, sent_before


@transaction.atomic
def record_agreement(
    *,
    case: Case,
    by: User,
    what: str,
    due_on: date,
    party: str = Agreement.Party.MUNICIPALITY,
    key: UUID | None = None,
) -> Agreement:
    """A new agreement. The same form sent twice gives one."""
    case = locked(case, by)
    if made := sent_before(Agreement, key, case=case, made_by=by, what=what, due_on=due_on):
        return made
    permissions.require(by, Action.AGREE, case)
    agreement = Agreement(**fresh_key(Agreement, key), case=case, made_by=by, what=what, party=party, due_on=due_on)
    agreement.save(force_insert=True)
    Event.record(actor=by, verb="agreement.made", target=case, after=due_on.isoformat())
    return agreement


def mark_done(*, agreement: Agreement, by: User) -> Agreement:
    """It was kept, today. Marking it again changes nothing."""
    return _mark(agreement, by, Action.MARK_DONE, timezone.localdate())


def undo_done(*, agreement: Agreement, by: User) -> Agreement:
    """It was marked by mistake."""
    return _mark(agreement, by, Action.UNDO_DONE, None)


@transaction.atomic
def _mark(agreement: Agreement, by: User, action: Action, done_on: date | None) -> Agreement:
    case = locked(agreement.case, by)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    agreement.case = case
    permissions.require(by, action, agreement)
    if (agreement.done_on is None) == (done_on is None):
        return agreement
    agreement.done_on = done_on
    agreement.save(update_fields=["done_on"])
    verb = "agreement.kept" if done_on else "agreement.reopened"
    Event.record(actor=by, verb=verb, target=case, after=agreement.due_on.isoformat())
    return agreement
