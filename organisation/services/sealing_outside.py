"""The seals outside the database: a folder of files that only grow, one line of JSON for each checkpoint.

Whoever has every right in the database still cannot change these; whoever has the folder cannot sign. Copy the folder
to storage that cannot be written twice (docs/how-to/verify-the-logbook.md). A line that was cut off by a crash is
written again by the next run.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from organisation.kernel.digests import moment
from organisation.kernel.seals import Body, Signer, short_name
from organisation.models import Checkpoint

NUMBERS_IN_A_FILE = 1_000  # less than a day of minutes: the newest file is read at every run
AT_ONCE = 200


class Diverged(Exception):
    """The folder holds other checkpoints than the database: the database was put back, rebuilt or cut off."""


@dataclass(frozen=True, slots=True)
class Record:
    """One checkpoint as it stands outside."""

    body: Body
    signature: str
    signer: str
    lines: list[str]


@dataclass(slots=True)
class Outside:
    """What stands in the folder: where each checkpoint is, what was given up at a restore, and what cannot be read."""

    places: dict[int, tuple[Path, int]] = field(default_factory=dict)
    restores: list[dict[str, Any]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The highest number; 0 when there is none."""
        return max(self.places, default=0)

    def record(self, number: int) -> Record | None:
        """The checkpoint with this number."""
        if number not in self.places:
            return None
        path, offset = self.places[number]
        with path.open("rb") as file:
            file.seek(offset)
            return _record(json.loads(file.readline()))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the seals are kept, and the last number that was written there (0 for none) and in which file."""

    folder: Path
    number: int
    file: str


def ours() -> Path:
    """Where the seals are kept."""
    return Path(settings.SEAL_DIR)


def compare(last: Checkpoint | None) -> None:
    """Raise `Diverged` unless the newest checkpoint outside stands in the database too."""
    newest = _newest()
    if newest is None or "restored" in newest:
        return
    outside = _record(newest)
    inside = Checkpoint.objects.filter(pk=outside.body.number).first()
    if inside is None or inside.body != outside.body:
        raise Diverged(f"Outside {outside.body.number} is last, in the database {last or 0}; or they differ.")


def write() -> int:
    """Write every checkpoint that is not outside yet; returns how many. Safe to run twice, also at once."""
    with _alone():
        newest = _newest()
        done, count = _number(newest), 0
        while batch := list(Checkpoint.objects.filter(pk__gt=done).order_by("pk")[:AT_ONCE]):
            for checkpoint in batch:
                _append(_file(_epoch(), checkpoint.number), _written(checkpoint))
            done, count = batch[-1].number, count + len(batch)
        return count


def read(folder: Path | None = None) -> Outside:
    """The whole folder, once through: ours, or another copy of it."""
    found = Outside()
    for path in _files(folder):
        with path.open("rb") as file:
            offset = 0
            for line in file:
                _place(found, path, offset, line)
                offset += len(line)
    return found


def standing() -> Standing:
    """How the folder stands, by its end. Raises `OSError` when it cannot be read."""
    names = [path.name for path in _files()]
    return Standing(ours(), _number(_newest()), names[-1] if names else "")


def begin_anew(*, reason: str, signer: Signer) -> dict[str, Any]:
    """Note that the database was put back: what stands outside after its last checkpoint is given up, signed."""
    with _alone():
        last = Checkpoint.objects.order_by("-number").first()
        fields: dict[str, Any] = {
            "after": last.number if last else 0, "through": _number(_newest()),
            "at": moment(timezone.now()), "reason": reason,
        }  # fmt: skip
        note = {"restored": fields, "signature": signer.sign(fields), "signer": signer.public}
        _append(_file(_epoch() + 1, fields["after"] + 1), note)
        return fields


def _place(found: Outside, path: Path, offset: int, line: bytes) -> None:
    try:
        read = json.loads(line)
        if "restored" in read:
            found.restores.append(read)
            found.places = {n: place for n, place in found.places.items() if n <= read["restored"]["after"]}
        else:
            found.places[read["checkpoint"]["number"]] = (path, offset)
    except (ValueError, KeyError, TypeError):
        found.unreadable.append(f"{path.name}@{offset}")


def _written(checkpoint: Checkpoint) -> dict[str, Any]:
    lines = checkpoint.sealed.order_by("position")
    return {
        "checkpoint": checkpoint.body.fields(),
        "signature": checkpoint.signature,
        "signer": checkpoint.signer,
        "lines": [short_name(each.book, each.line, bytes(each.leaf)) for each in lines],
    }


def _record(read: dict[str, Any]) -> Record:
    return Record(Body(**read["checkpoint"]), read["signature"], read["signer"], read["lines"])


def _number(newest: dict[str, Any] | None) -> int:
    if newest is None:
        return 0
    return int(newest["restored"]["after"] if "restored" in newest else newest["checkpoint"]["number"])


def _newest() -> dict[str, Any] | None:
    """The last line that was written whole."""
    for path in reversed(_files()):
        for line in reversed(path.read_bytes().splitlines()):
            try:
                read: dict[str, Any] = json.loads(line)
            except ValueError:
                continue
            return read
    return None


def _files(folder: Path | None = None) -> list[Path]:
    return sorted((folder or ours()).glob("*.jsonl"))


def _file(epoch: int, number: int) -> Path:
    return ours() / f"{epoch:03d}-{(number - 1) // NUMBERS_IN_A_FILE:06d}.jsonl"


def _epoch() -> int:
    return max((int(path.name[:3]) for path in _files()), default=0)


def _append(path: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            text = b"\n" + text  # a crash cut the last one off
        if os.write(handle, text) < len(text):
            raise OSError(errno.ENOSPC, "The seal could not be written whole", str(path))
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone() -> Iterator[None]:
    ours().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (ours() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
