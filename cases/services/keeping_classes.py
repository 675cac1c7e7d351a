"""Keeping the list of retention classes: every change is a version, and the cases of the class are reckoned again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case, RetentionClass
from cases.workflow import RetentionAction
from organisation.kernel.access import ChangedMeanwhile
from organisation.models import Errand, Event, User

from .keeping import reckon_again

TASK = "cases.tasks.reckon_class"
OVERTAKEN = _("Somebody changed this class while you were typing.")
AT_ONCE = 200
PERIOD = ("keep", "starts", "permanent")


@transaction.atomic
def save_class(
    *, retention_class: RetentionClass, by: User, fields: Mapping[str, Any], version: int = 1
) -> RetentionClass:
    """Add a class, correct one that was read as `version`, or close it by its last day; its code stays what it is.

    With another period the cases that carry it get another day, by an errand. Raises `ChangedMeanwhile`.
    """
    permissions.require(by, RetentionAction.KEEP_CLASSES, retention_class)
    is_new = retention_class._state.adding
    if is_new:
        kept = RetentionClass(code=fields["code"])
    else:
        kept = RetentionClass._base_manager.select_for_update(of=("self",)).get(pk=retention_class.pk)
        if kept.version != version:
            raise ChangedMeanwhile(OVERTAKEN, kept)
        kept.version += 1
    before = "" if is_new else _period(kept)
    for name, value in fields.items():
        if name not in ("code", "policy_domains"):
            setattr(kept, name, value)
    kept.save()
    kept.policy_domains.set(fields["policy_domains"])
    after = _period(kept)
    Event.record(
        actor=by, verb="retention_class.added" if is_new else "retention_class.changed", target=kept,
        before=before if before != after else "", after=after if before != after else "",
    )  # fmt: skip
    if before != after and not is_new:
        Errand.put(task=TASK, subject=kept.pk)
    return kept


def reckon_cases(class_id: UUID | None, errand: Errand | None = None) -> int:
    """Give every closed case of a class the day that follows from it now. Doing it twice changes nothing."""
    keys = list(Case.objects.filter(retention_class=class_id, closed_at__isnull=False).values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(keys), AT_ONCE):
        changed += _reckon(keys[start : start + AT_ONCE])
        if errand:
            errand.renew()
    return changed


@transaction.atomic
def _reckon(keys: list[UUID]) -> int:
    changed = 0
    for case in Case.objects.filter(pk__in=keys).select_related("retention_class").select_for_update(of=("self",)):
        before = case.destroy_on
        reckon_again(case)
        if case.destroy_on != before:
            case.save(update_fields=["destroy_on"])
            changed += 1
    return changed


def _period(kept: RetentionClass) -> str:
    return " ".join(str(getattr(kept, name)) for name in PERIOD)
