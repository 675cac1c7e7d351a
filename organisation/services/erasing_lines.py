"""Erasing lines of the logbook: what they said is gone, that there was a line and its digest stay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import models, transaction

from organisation.kernel.ids import new_id
from organisation.models import AccessEvent, Event, User
from organisation.models.logbook import LogLine

IDS_AT_ONCE = 500
About = tuple[str, UUID]  # type of the thing, such as `cases.case`, and its id

ERASED = "logbook.erased"


@transaction.atomic
def erase_lines(*, about: Iterable[About], because_of: models.Model, by: User | None) -> int:
    """Erase every line about these things, in both books, and tell so in one line; returns how many.

    `because_of` is what asked for it, such as a list of things to destroy: the line that tells is about that. Whether
    this person may is for the caller, who knows why. The seal stays valid: it never covered more than what stays.
    Lines that are being written about these things at this moment are not erased: destroy the things themselves first.
    """
    telling, count = new_id(), 0
    batches = list(_batches(about))
    for kind in (Event, AccessEvent):
        for target_type, ids in batches:
            lines = kind.objects.filter(target_type=target_type, target_id__in=ids, key__isnull=False)
            count += lines.update(**blank(kind), key=None, erased_in=telling)
    if count:
        Event.record(actor=by, verb=ERASED, target=because_of, after=str(count), pk=telling)
    return count


def blank(kind: type[LogLine]) -> dict[str, str | None]:
    """What is left of the fields of an erased line; the triggers of the database ask for exactly this."""
    fields = (kind._meta.get_field(name) for name in (*kind.FACTS, *kind.WORDS))
    return {field.name: None if field.null else "" for field in fields}


def _batches(about: Iterable[About]) -> Iterator[tuple[str, list[UUID]]]:
    by_type: dict[str, set[UUID]] = defaultdict(set)
    for target_type, target_id in about:
        by_type[target_type].add(target_id)
    for target_type, found in by_type.items():
        ids = sorted(found)
        for start in range(0, len(ids), IDS_AT_ONCE):
            yield target_type, ids[start : start + IDS_AT_ONCE]
