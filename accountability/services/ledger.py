"""The destruction ledger: what was destroyed, in a file outside the database that only grows.

A backup of before a destruction holds what was destroyed. So every destruction is written here before the database
commits it, and whoever puts a backup back does these destructions again before anybody sees a page
(accountability/services/replaying.py). It holds keys, numbers of lists and certificates, and nothing of a case.

One line of JSON for each entry, with the digest of the line before it in it: a line that is changed or taken out
shows. A line that was cut off by a crash counts for nothing.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

DESTROYED, SPARED, CERTIFICATE = "destroyed", "spared", "certificate"
FIRST = "0" * 64
Entry = Mapping[str, Any]


class Broken(Exception):
    """The ledger was changed afterwards: a line does not follow from the one before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its digest."""

    entry: dict[str, Any]
    digest: str


def path() -> Path:
    """Where the ledger stands."""
    return Path(settings.DESTRUCTION_LEDGER)


def write(entries: Iterable[Entry]) -> list[Line]:
    """Add entries and wait until they are on the disk. Returns them with their digests."""
    with _held() as file:
        last = _mend(file)
        made = []
        for entry in entries:
            line = _line(dict(entry) | {"at": timezone.now().isoformat(), "before": last})
            file.write(_as_bytes(line))
            made.append(line)
            last = line.digest
        file.flush()
        os.fsync(file.fileno())
    return made


def read(where: Path | None = None) -> list[Line]:
    """All of it; empty when there is none yet. Raises `Broken`."""
    file = where or path()
    return list(_lines(file.read_text(encoding="utf-8"))) if file.exists() else []


def last_digest() -> str:
    """The digest of the last line, without reading the rest; of an empty ledger 64 zeros."""
    file = path()
    if not file.exists():
        return FIRST
    with file.open("rb") as opened:
        opened.seek(0, os.SEEK_END)
        opened.seek(max(0, opened.tell() - LONGEST))
        whole = opened.read().rpartition(b"\n")[0]
    return str(json.loads(whole.rpartition(b"\n")[2])["digest"]) if whole else FIRST


def take_over(lines: Iterable[Line]) -> int:
    """Add the entries of another copy of the ledger that are not here; returns how many."""
    here = {line.digest for line in read()}
    missing = [line.entry for line in lines if line.digest not in here]
    if not here:
        _write_as_they_are(lines)
    elif missing:
        write({name: value for name, value in entry.items() if name not in ("at", "before")} for entry in missing)
    return len(missing)


LONGEST = 4_000_000  # bytes: a certificate of ten thousand cases is a fifth of it


def _line(entry: dict[str, Any]) -> Line:
    return Line(entry, hashlib.sha256(_canonical(entry).encode()).hexdigest())


def _as_bytes(line: Line) -> bytes:
    return _canonical(line.entry | {"digest": line.digest}).encode() + b"\n"


def _canonical(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _lines(text: str) -> Iterator[Line]:
    before = FIRST
    whole, _end, _cut_off = text.rpartition("\n")
    for number, each in enumerate(whole.splitlines(), start=1):
        entry = json.loads(each)
        digest = entry.pop("digest", "")
        line = _line(entry)
        if line.digest != digest or entry["before"] != before:
            raise Broken(f"line {number}")
        before = digest
        yield line


def _mend(file: IO[bytes]) -> str:
    """Take away a line that was cut off, and return the digest of the last whole one."""
    file.seek(0, os.SEEK_END)
    start = max(0, file.tell() - LONGEST)
    file.seek(start)
    whole = file.read().rpartition(b"\n")[0]
    file.truncate(start + len(whole) + 1 if whole else 0)
    return str(json.loads(whole.rpartition(b"\n")[2])["digest"]) if whole else FIRST


def _write_as_they_are(lines: Iterable[Line]) -> None:
    with _held() as file:
        file.writelines(_as_bytes(line) for line in lines)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _held() -> Iterator[IO[bytes]]:
    """The file, for one writer at a time."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "ab+", opener=_private) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield opened


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
