"""Reading lines of the logbook to verify them: what is sealed of each, and whether it says what its digest says."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from organisation.kernel import digests
from organisation.kernel.seals import SHORT, leaf_of
from organisation.models import BOOKS, Checkpoint, SealedLine
from organisation.models.logbook import LogLine
from organisation.services.erasing_lines import blank

IDS_AT_ONCE = 500
CONTENT = gettext_noop("What this line says does not fit its digest.")
HALF_ERASED = gettext_noop("This line has no key any more, and still says something.")


class Line(NamedTuple):
    """A line as it stands in the database; `fault` says what is wrong with it by itself."""

    name: str  # letter of the book, and id
    id: UUID
    leaf: bytes
    at: datetime
    erased_in: UUID | None
    fault: str

    @property
    def short(self) -> str:
        """The beginning of its leaf, as it is written outside."""
        return self.leaf.hex()[:SHORT]


def sealed_between(first: int, last: int) -> dict[str, Line]:
    """The lines that have a place from `first` to `last`, by name."""
    found: dict[str, Line] = {}
    for book, kind in BOOKS.items():
        places = SealedLine.objects.filter(position__gte=first, position__lte=last, book=book).order_by()
        rows = kind.objects.filter(pk__in=places.values("line"))
        found |= {line.name: line for line in _read(book, kind, rows)}
    return found


def named(names: Iterable[str]) -> dict[str, Line]:
    """The lines with these names, as far as they are there."""
    found: dict[str, Line] = {}
    wanted = sorted(names)
    for book, kind in BOOKS.items():
        ids = [UUID(name[1:]) for name in wanted if name[0] == book]
        for start in range(0, len(ids), IDS_AT_ONCE):
            rows = kind.objects.filter(pk__in=ids[start : start + IDS_AT_ONCE])
            found |= {line.name: line for line in _read(book, kind, rows)}
    return found


def without_place(rows: Mapping[str, QuerySet[Any]]) -> Iterator[Line]:
    """The lines of these querysets, one for each book."""
    for book, lines in rows.items():
        yield from _read(book, BOOKS[book], lines)


def stretches(checkpoints: Iterable[Checkpoint], most: int) -> Iterator[list[Checkpoint]]:
    """Checkpoints in order, as many at once as hold that many lines."""
    stretch: list[Checkpoint] = []
    held = 0
    for checkpoint in checkpoints:
        if stretch and held + checkpoint.lines > most:
            yield stretch
            stretch, held = [], 0
        stretch.append(checkpoint)
        held += checkpoint.lines
    if stretch:
        yield stretch


def _read(book: str, kind: type[LogLine], rows: QuerySet[Any]) -> Iterator[Line]:
    fields = (*kind.STAYS, *kind.FACTS, *kind.WORDS, "key", "digest", "erased_in")
    for values in rows.order_by().values_list(*fields).iterator(chunk_size=2_000):
        row = dict(zip(fields, values, strict=True))
        digest = bytes(row["digest"])
        leaf = leaf_of(book, {name: row[name] for name in kind.STAYS}, digest)
        fault = _fault(kind, row, digest)
        yield Line(f"{book}{row['id'].hex}", row["id"], leaf, row["at"], row["erased_in"], fault)


def _fault(kind: type[LogLine], row: dict[str, Any], digest: bytes) -> str:
    if row["key"] is None:
        return HALF_ERASED if any(row[name] != empty for name, empty in blank(kind).items()) else ""
    facts, words = ({name: row[name] for name in names} for names in (kind.FACTS, kind.WORDS))
    return "" if digests.digest_of(bytes(row["key"]), facts, words) == digest else CONTENT
