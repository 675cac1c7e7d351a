"""Packing evidence: a zip with lines of the logbook for people and for machines, their proof, and how to check it.

What a machine reads is written in the canonical way that its digests are made of (organisation/kernel/digests.py).
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from accountability.models import Evidence
from organisation.kernel.digests import canonical, moment
from organisation.kernel.spreadsheet import csv_rows
from organisation.services import sealing

from . import covering_evidence, taking_log_along
from .proving import Proofs, Proven
from .reading_log import deeds_in_case, deeds_of, lines_about_case, openings_by, within, without_words

READ_ME = Path(settings.BASE_DIR) / "accountability" / "reference" / "evidence"
MANIFEST, CHECKPOINTS, PROCESSING, COVER = "manifest.json", "checkpoints.jsonl", "verwerkingen.jsonl", "omslag.pdf"
# Letter of the book, name of its files, names of the columns, row.
BOOKS: tuple[tuple[str, str, Callable[[], list[Any]], Callable[[Any], list[Any]]], ...] = (
    ("e", "gedaan", taking_log_along.deed_heads, taking_log_along.deed),
    ("a", "geopend", taking_log_along.opening_heads, taking_log_along.opening),
)
TOLD_EVERY = 1_000  # lines
IN_MEMORY = 5 * 1024 * 1024
LEVEL = 3  # digests hardly shrink, and people wait


@dataclass
class Packed:
    """How many lines went in."""

    lines: dict[str, int] = field(default_factory=lambda: {"e": 0, "a": 0})
    unsealed: int = 0
    faults: int = 0

    @property
    def total(self) -> int:
        """Of both books."""
        return sum(self.lines.values())


class _Pack:
    """A zip that keeps the digest of everything that goes in."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self.digests: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """One file, a part at a time."""
        digest = hashlib.sha256()
        with self.zip.open(name, "w", force_zip64=True) as entry:
            for part in parts:
                digest.update(part)
                entry.write(part)
        self.digests[name] = digest.hexdigest()


def lines_of(evidence: Evidence) -> dict[str, QuerySet[Any]]:
    """What was asked for, of both books, oldest first. Who read the logbook about it stands in it too."""
    found: dict[str, QuerySet[Any]] = {}
    if case := evidence.case_id:
        found = {"e": deeds_in_case(case), "a": lines_about_case(case)}
    elif person := evidence.person:
        found = {"e": deeds_of(person), "a": openings_by(person)}
    span = (evidence.since, evidence.until)
    return {book: within(rows, *span).order_by("at", "id") for book, rows in found.items()}


def pack(evidence: Evidence, file: IO[bytes], *, watch: Callable[[int], None] = lambda done: None) -> Packed:
    """Write the zip. `watch` hears now and then how many lines are in it."""
    packed, proofs, made = Packed(), Proofs(), _Pack(file)
    with override("nl"), _scratch() as processing:
        for book, name, heads, row in BOOKS:
            with _scratch() as table:
                table.writelines(line.encode() for line in csv_rows([heads()]))
                lines = _noted(proofs.of(book, lines_of(evidence)[book]), packed, book, watch)
                made.add(f"{name}.jsonl", _written(lines, table, row, processing))
                made.add(f"{name}.csv", _again(table))
        made.add(PROCESSING, _again(processing))
        made.add(CHECKPOINTS, _checkpoints(proofs))
        for path in sorted(READ_ME.iterdir()):
            made.add(path.name, [path.read_bytes()])
        made.add(COVER, [covering_evidence.pdf(evidence, packed, lines_of(evidence))])
    told = _manifest(evidence, packed, made.digests)
    key = sealing.signer()
    made.add(MANIFEST, [canonical({"manifest": told, "signature": key.sign(told), "signer": key.public})])
    made.zip.close()
    return packed


def _noted(lines: Iterator[Proven], packed: Packed, book: str, watch: Callable[[int], None]) -> Iterator[Proven]:
    for line in lines:
        packed.lines[book] += 1
        packed.unsealed += not line.sealed
        packed.faults += not line.fits
        if packed.total % TOLD_EVERY == 0:
            watch(packed.total)
        yield line


def _written(
    lines: Iterator[Proven], table: IO[bytes], row: Callable[[Any], list[Any]], processing: IO[bytes]
) -> Iterator[bytes]:
    """Each line for the one file, and by the way for two others: the logbook is read once."""
    some: list[Any] = []

    def others() -> None:
        table.writelines(text.encode() for text in csv_rows(map(row, without_words(some))))
        processing.writelines(text.encode() for text in taking_log_along.records(some))
        some.clear()

    for proven in lines:
        yield canonical(proven.record) + b"\n"
        some.append(proven.line)
        if len(some) == taking_log_along.AT_ONCE:
            others()
    others()


def _checkpoints(proofs: Proofs) -> Iterator[bytes]:
    for _number, checkpoint in sorted(proofs.checkpoints.items()):
        told = {"checkpoint": checkpoint.body.fields(), "signature": checkpoint.signature, "signer": checkpoint.signer}
        yield canonical(told) + b"\n"


def _manifest(evidence: Evidence, packed: Packed, digests: dict[str, str]) -> dict[str, Any]:
    return {
        "about": {"type": evidence.about._meta.label_lower, "id": evidence.about.pk, "label": str(evidence.about)},
        "asked_by": evidence.requested_by.name,
        "asked_at": moment(evidence.requested_at),
        "made_at": moment(timezone.now()),
        "made_by": f"{settings.ORGANISATION_NAME}, Handelingsruimte {settings.VERSION}",
        "reason": evidence.reason,
        "since": evidence.since,
        "until": evidence.until,
        "lines": packed.total,
        "unsealed": packed.unsealed,
        "faults": packed.faults,
        "files": digests,
    }


@contextmanager
def _scratch() -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        yield file


def _again(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while part := file.read(1024 * 1024):
        yield part
