"""Fetching a case to change it: locked, and only for somebody who sees it at this moment."""

from typing import TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from organisation.kernel.access import Refused
from organisation.models import User

Thing = TypeVar("Thing", bound=models.Model)


def locked(case: Case, by: User) -> Case:
    """The case as it is now, held until the transaction ends. Raises `Refused` when it is out of sight by now."""
    found = Case.objects.visible_to(by).select_related("handler", "team").select_for_update(of=("self",))
    case_now = found.filter(pk=case.pk).first()
    if case_now is None:
        raise Refused(_("You no longer see this case."))
    return case_now


def sent_before(model: type[Thing], key: UUID | None, **same: object) -> Thing | None:
    """What this very form made already, when it is sent twice.

    `key` was put in the form and becomes the key of what it makes. It counts only when what is typed is the same too:
    whoever goes back in the browser and types something else makes a second thing.
    """
    if key is None:
        return None
    return model._base_manager.filter(pk=key, **same).first()


def fresh_key(model: type[Thing], key: UUID | None) -> dict[str, UUID]:
    """The key for a new row: that of the form unless it is taken; none lets the model choose."""
    if key is None or model._base_manager.filter(pk=key).exists():
        return {}
    return {"id": key}
