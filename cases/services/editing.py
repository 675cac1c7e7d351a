"""Changing the facts of a case."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case
from cases.workflow import Action
from organisation.kernel.access import ChangedMeanwhile
from organisation.models import Event, LifeDomain, Neighbourhood, PolicyDomain, User

from .reaching import locked

OVERTAKEN = _("Somebody changed this case while you were typing.")


class Changes(TypedDict, total=False):
    """The facts that can be changed."""

    subject: str
    question: str
    needed: str
    external_reference: str
    policy_domain: PolicyDomain
    neighbourhood: Neighbourhood | None
    target_on: date | None
    confidentiality: str
    contact_count: int


@transaction.atomic
def edit_case(
    *,
    case: Case,
    by: User,
    version: int,
    life_domains: Iterable[LifeDomain] | None = None,
    **changes: Unpack[Changes],
) -> Case:
    """Change the facts that were read as `version`. Raises `ChangedMeanwhile` when they are no longer those."""
    case = locked(case, by)
    permissions.require(by, Action.EDIT, case)
    if case.version != version:
        raise ChangedMeanwhile(OVERTAKEN, case)
    changed = [name for name, value in changes.items() if getattr(case, name) != value]
    if "confidentiality" in changed:
        permissions.require(by, Action.RESTRICT, case)
    for name in changed:
        setattr(case, name, changes[name])  # type: ignore[literal-required]
    if life_domains is not None and set(life_domains) != set(case.life_domains.all()):
        case.life_domains.set(life_domains)
        changed.append("life_domains")
    if not changed:
        return case
    case.version += 1
    case.save(update_fields=[*(name for name in changed if name != "life_domains"), "version"])
    # The names of what changed; the texts themselves are in the history of the row.
    Event.record(actor=by, verb="case.edited", target=case, after=", ".join(sorted(changed)))
    return case
