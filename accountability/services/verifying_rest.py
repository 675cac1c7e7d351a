"""The rest of a verification: the seals outside, lines without a place, and erasures that nobody told of."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from accountability.rules.tampering import CHANGED, Kind, Said, Verdict, place, shown
from organisation.kernel.seals import is_signed
from organisation.models import BOOKS, Checkpoint, Event, SealedLine
from organisation.services import sealing
from organisation.services.erasing_lines import ERASED
from organisation.services.sealing_outside import Outside

from . import reading_lines

MOST_STRAYS = 1_000
SILENT = gettext_noop("Emptied lines: %(count)s. No line tells of it.")
COUNTS = gettext_noop("Emptied lines: %(count)s. The line that tells of it counts %(said)s.")
BEHIND = timedelta(minutes=15)  # a seal that is older than this is not being made


def outside(verdict: Verdict, folder: Outside, last: Checkpoint | None, trusted: frozenset[str]) -> None:
    """Whether the folder holds every checkpoint and no more than the database, and who says it may."""
    for note in folder.restores:
        told = gettext_noop(
            "The database was put back: checkpoints %(after)s to %(through)s were given up at %(at)s. %(reason)s"
        )
        if note["signer"] in trusted and is_signed(note["restored"], note["signature"], note["signer"]):
            verdict.note(told, **note["restored"])
        else:
            unsigned = gettext_noop("A note that the database was put back is not signed by us.")
            verdict.found(Kind.OUTSIDE, Said(unsigned))
    for where in folder.unreadable:
        verdict.note(gettext_noop("Outside, %(where)s cannot be read."), where=where)
    end = last.number if last else 0
    if folder.last > end:
        _cut_off(verdict, folder, last)
    fresh = set(Checkpoint.objects.filter(sealed_at__gt=timezone.now() - BEHIND).values_list("pk", flat=True))
    gone = [number for number in range(1, end + 1) if number not in folder.places and number not in fresh]
    if gone:
        sentence = gettext_noop("Checkpoints that are not outside: %(count)s, between %(first)s and %(last)s.")
        facts = {"count": len(gone), "first": gone[0], "last": gone[-1]}
        verdict.found(Kind.OUTSIDE, Said(sentence, facts), checkpoint=gone[0])


def _cut_off(verdict: Verdict, folder: Outside, last: Checkpoint | None) -> None:
    """The folder knows checkpoints that the database does not."""
    first = last.number + 1 if last else 1
    records = [record for number in range(first, folder.last + 1) if (record := folder.record(number))]
    sealed = [
        place(record.body.number, position, name)
        for record in records
        for position, name in enumerate(record.lines, start=record.body.first)
    ]
    there = reading_lines.named({each.name for each in sealed})
    gone = [each for each in sealed if each.name not in there]
    sentence = gettext_noop(
        "Checkpoints %(first)s to %(last)s are gone, and %(count)s of the %(all)s lines under them."
    )
    facts = {"first": first, "last": folder.last, "count": len(gone), "all": len(sealed)}
    where = gone[0] if gone else sealed[0]
    verdict.found(Kind.TRUNCATED, Said(sentence, facts), checkpoint=first, position=where.position, line=where.line)
    for each in sealed:
        if each.name in there and there[each.name].short != each.leaf:
            told = Said(CHANGED)
            verdict.found(Kind.EDITED, told, checkpoint=each.checkpoint, position=each.position, line=each.line)


def unsealed(verdict: Verdict, last: Checkpoint | None, erased: Counter[UUID]) -> None:
    """Lines without a place: new ones wait for the next seal, older ones came in behind its back."""
    placed = SealedLine.objects.filter(line=OuterRef("pk"))
    rows = {book: kind.objects.filter(~Exists(placed)) for book, kind in BOOKS.items()}
    oldest, behind = None, last.sealed_at - sealing.REACH if last else None
    for line in reading_lines.without_place(rows):
        verdict.not_sealed += 1
        if line.erased_in:
            erased[line.erased_in] += 1
        if line.fault:
            verdict.found(Kind.EDITED, Said(line.fault), line=str(line.id))
        if behind and line.at < behind:
            sentence = gettext_noop("It is dated %(at)s, in a time that was sealed without it.")
            verdict.found(Kind.INSERTED, Said(sentence, {"at": shown(line.at)}), line=str(line.id))
        else:
            oldest = min(oldest or line.at, line.at)
    if oldest and oldest < timezone.now() - BEHIND:
        verdict.note(gettext_noop("Nothing has been sealed since %(at)s: is the worker running?"), at=shown(oldest))
    _strays(verdict, last)


def _strays(verdict: Verdict, last: Checkpoint | None) -> None:
    """Places outside every checkpoint. A seal made meanwhile makes no strays: its checkpoint is read after them."""
    outside = Q(position__lt=1) | Q(position__gte=last.first + last.lines if last else 1)
    strays = list(SealedLine.objects.filter(outside).order_by("position")[:MOST_STRAYS])
    newest = Checkpoint.objects.order_by("-number").first()
    end = newest.first + newest.lines if newest else 1
    for stray in strays:
        if not 1 <= stray.position < end:
            told = Said(gettext_noop("It was given a place under no checkpoint."))
            verdict.found(Kind.INSERTED, told, position=stray.position, line=str(stray.line))


def erasures(verdict: Verdict, seen: Counter[UUID]) -> None:
    """Every emptied line belongs to a line of the logbook that tells how many were emptied."""
    verdict.erased = seen.total()
    told = _told(seen)
    for key, count in seen.items():
        if told.get(key) == count:
            continue
        # One that was going on while we read: both sides again, now that it is over.
        count, said = _emptied(key), _told([key]).get(key)
        if said != count:
            sentence = SILENT if said is None else COUNTS
            where = _first(key)
            verdict.found(Kind.ERASED, Said(sentence, {"count": count, "said": said}), line=str(where or key))


def _told(keys: "Counter[UUID] | list[UUID]") -> dict[UUID, int]:
    lines = Event.objects.filter(verb=ERASED, pk__in=list(keys), key__isnull=False)
    return {pk: int(after) for pk, after in lines.values_list("pk", "after") if after.isdecimal()}


def _emptied(key: UUID) -> int:
    counts = (kind.objects.filter(erased_in=key).aggregate(lines=Count("pk"))["lines"] for kind in BOOKS.values())
    return sum(counts)


def _first(key: UUID) -> UUID | None:
    for kind in BOOKS.values():
        found = kind.objects.filter(erased_in=key).order_by("at").values_list("pk", flat=True).first()
        if found:
            return UUID(str(found))
    return None
