"""Keeping the lists of terms: added, relabelled and closed by date, never deleted."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.models import Event, Term, User
from organisation.permissions import Action

TAKEN = _("There is a term with this code already.")


@transaction.atomic
def add_term(
    *, by: User, model: type[Term], code: str, label_nl: str, label_en: str, valid_from: date | None = None
) -> Term:
    """A new term in one of the lists. Its code never changes again."""
    permissions.require(by, Action.ADD_TERM)
    try:
        with transaction.atomic():
            term: Term = model._default_manager.create(
                code=code, label_nl=label_nl, label_en=label_en, valid_from=valid_from or timezone.localdate()
            )
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
    Event.record(actor=by, verb="term.added", target=term, after=_labels(term))
    return term


@transaction.atomic
def relabel_term(*, by: User, term: Term, label_nl: str, label_en: str) -> Term:
    """Other words for the same thing."""
    term = type(term)._default_manager.select_for_update(of=("self",)).get(pk=term.pk)
    permissions.require(by, Action.CHANGE_TERM, term)
    before, term.label_nl, term.label_en = _labels(term), label_nl, label_en
    term.save(update_fields=["label_nl", "label_en"])
    Event.record(actor=by, verb="term.relabelled", target=term, before=before, after=_labels(term))
    return term


@transaction.atomic
def close_term(*, by: User, term: Term) -> Term:
    """Not to be chosen any more after today; what carries it keeps it."""
    term = type(term)._default_manager.select_for_update(of=("self",)).get(pk=term.pk)
    permissions.require(by, Action.CLOSE_TERM, term)
    term.valid_until = max(timezone.localdate(), term.valid_from)
    term.save(update_fields=["valid_until"])
    Event.record(actor=by, verb="term.closed", target=term, after=term.valid_until.isoformat())
    return term


def _labels(term: Term) -> str:
    return f"{term.label_nl} / {term.label_en}"
