"""Keeping the lists of grounds and causes: added, corrected and closed by date, never deleted."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from deviations import permissions
from deviations.models import Cause, Ground
from organisation.kernel.access import Refused
from organisation.models import Event, User

AnyTerm = TypeVar("AnyTerm", Ground, Cause)


@transaction.atomic
def save_term(*, term: AnyTerm, by: User, fields: Mapping[str, Any]) -> AnyTerm:
    """Add a ground or cause, correct one, or close it by its last day; its code stays what it is."""
    _require(by)
    is_new = term._state.adding
    kept = {"policy_domains"} | ({"code"} if not is_new else set())
    for name, value in fields.items():
        if name not in kept:
            setattr(term, name, value)
    term.save()
    if isinstance(term, Ground) and "policy_domains" in fields:
        term.policy_domains.set(fields["policy_domains"])
    verb = "term.add" if is_new else "term.edit"
    last = term.valid_until.isoformat() if term.valid_until else ""
    Event.record(actor=by, verb=verb, target=term, after=last)
    return term


def _require(by: User) -> None:
    answer = permissions.answer_about_terms(by)
    if not answer:
        raise Refused(answer.reason)
