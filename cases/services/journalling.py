"""Writing in the journal of a case, and correcting what was written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case, JournalEntry
from cases.workflow import Action
from organisation.kernel.access import ChangedMeanwhile
from organisation.models import Event, User

from .reaching import fresh_key, locked, sent_before

OTHER_WINDOW = _("You changed this entry in another window while you were typing here.")


@transaction.atomic
def write_entry(
    *,
    case: Case,
    by: User,
    text: str,
    kind: str = JournalEntry.Kind.CONTACT,
    occurred_at: datetime | None = None,
    key: UUID | None = None,
) -> JournalEntry:
    """A new entry. The same form sent twice gives one."""
    case = locked(case, by)
    if made := sent_before(JournalEntry, key, case=case, author=by, text=text):
        return made
    permissions.require(by, Action.WRITE, case)
    entry = JournalEntry(
        **fresh_key(JournalEntry, key),
        case=case,
        author=by,
        kind=kind,
        text=text,
        occurred_at=occurred_at or timezone.now(),
    )
    entry.save(force_insert=True)
    Event.record(actor=by, verb="journal.written", target=case, after=kind)
    return entry


@transaction.atomic
def change_entry(
    *, entry: JournalEntry, by: User, text: str, kind: str, occurred_at: datetime, seen: str
) -> JournalEntry:
    """Change an own entry within a day. `seen` is the fingerprint of what was read: another window may be ahead."""
    case = locked(entry.case, by)
    entry = JournalEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    entry.case = case
    permissions.require(by, Action.CHANGE_ENTRY, entry)
    if entry.fingerprint != seen:
        raise ChangedMeanwhile(OTHER_WINDOW, entry)
    entry.text, entry.kind, entry.occurred_at = text, kind, occurred_at
    entry.save(update_fields=["text", "kind", "occurred_at"])
    Event.record(actor=by, verb="journal.changed", target=case, after=kind)
    return entry


@transaction.atomic
def add_addendum(*, entry: JournalEntry, by: User, text: str, key: UUID | None = None) -> JournalEntry:
    """Correct an entry by a text below it; also in a closed case, since what stands there must be right."""
    case = locked(entry.case, by)
    entry.case = case
    if made := sent_before(JournalEntry, key, corrects=entry, author=by, text=text):
        return made
    permissions.require(by, Action.ADD_ADDENDUM, entry)
    addendum = JournalEntry(
        **fresh_key(JournalEntry, key), case=case, author=by, kind=entry.kind, text=text, corrects=entry
    )
    addendum.save(force_insert=True)
    Event.record(actor=by, verb="journal.corrected", target=case, after=entry.kind)
    return addendum
