"""How long a case is kept: its retention class, and holds on its destruction."""

from datetime import date
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case, RetentionClass, RetentionHold
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import Event, PolicyDomain, Role, User

from .reaching import locked

HELD_ALREADY = _("There is a hold for this reason already.")
GONE = _("This case was destroyed.")
LIFTED_ALREADY = _("This hold was lifted already.")


def proposed_class(domain: PolicyDomain) -> RetentionClass | None:
    """The class that cases in this policy domain usually get."""
    classes = cast("QuerySet[RetentionClass]", RetentionClass.objects.valid())
    return classes.filter(policy_domains=domain).order_by("code").first()


def reckon_again(case: Case) -> None:
    """Write the day that follows from the class and the days of the case; the caller saves."""
    reckoning = case.reckon()
    case.destroy_on = reckoning.on if reckoning else None


@transaction.atomic
def classify(
    *, case: Case, by: User, retention_class: RetentionClass | None, provision_until: date | None = None
) -> Case:
    """Give a closed case another class, or another day on which the provision ends."""
    case = _reached(case, by)
    permissions.require(by, Action.CLASSIFY, case)
    before = str(case.retention_class or "")
    case.retention_class, case.provision_until = retention_class, provision_until
    reckon_again(case)
    case.save(update_fields=["retention_class", "provision_until", "destroy_on"])
    Event.record(actor=by, verb="case.classified", target=case, before=before, after=str(retention_class or ""))
    return case


@transaction.atomic
def place_hold(*, case: Case, by: User, kind: str, reason: str) -> RetentionHold:
    """Keep a case from being destroyed, until somebody lifts it."""
    case = _reached(case, by)
    permissions.require(by, Action.PLACE_HOLD, case)
    try:
        with transaction.atomic():
            hold = RetentionHold.objects.create(case=case, kind=kind, reason=reason, placed_by=by)
    except IntegrityError as fault:
        raise Refused(HELD_ALREADY) from fault
    Event.record(actor=by, verb="case.kept_from_destruction", target=case, after=kind, remark=reason)
    return hold


@transaction.atomic
def lift_hold(*, hold: RetentionHold, by: User, why: str) -> RetentionHold:
    """Let the period count again."""
    case = _reached(hold.case, by)
    permissions.require(by, Action.LIFT_HOLD, case)
    lifted = RetentionHold.objects.active().filter(pk=hold.pk)
    if not lifted.update(lifted_at=timezone.now(), lifted_by=by, lifted_why=why):
        raise Refused(LIFTED_ALREADY)
    Event.record(actor=by, verb="case.hold_lifted", target=case, before=hold.kind, remark=why)
    hold.refresh_from_db()
    return hold


def _reached(case: Case, by: User) -> Case:
    """The case, locked. The privacy officer reaches every case for this and reads none of them."""
    if by.has_role(Role.PRIVACY_OFFICER):
        rows = Case.objects.select_related("team", "handler", "retention_class").select_for_update(of=("self",))
        found = rows.filter(pk=case.pk).first()
        if found is None:
            raise Refused(GONE)
        return found
    return locked(case, by)
