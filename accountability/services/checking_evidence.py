"""Checking evidence: whether a file is whole, and every line in it stands under a checkpoint that we signed.

Nothing but the file and the public keys is needed: no database, and none of the secrets that made it.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from organisation.kernel.digests import canonical, digest_of_facts
from organisation.kernel.merkle import root_by_path
from organisation.kernel.seals import is_signed, leaf_of

from .packing_evidence import BOOKS, CHECKPOINTS, MANIFEST

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, ValueError, LookupError, TypeError, AttributeError, EOFError, RuntimeError
)  # fmt: skip
MOST_FAULTS = 100  # one is enough to know; so many show where
Json = dict[str, Any]


@dataclass(slots=True)
class Checked:
    """What was looked at, and everything that is wrong: nothing when the evidence holds."""

    lines: int = 0
    unsealed: int = 0
    erased: int = 0
    checkpoints: int = 0
    about: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def fault(self, told: str) -> None:
        """Note what is wrong."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(told)


def check(file: IO[bytes], trusted: frozenset[str]) -> Checked:
    """Look at everything in the file; `trusted` are the public keys that count, in hexadecimal."""
    checked = Checked()
    try:
        with zipfile.ZipFile(file) as pack:
            _look(pack, trusted, checked)
    except UNREADABLE as fault:
        checked.fault(f"The file cannot be read: {type(fault).__name__}.")
    return checked


def _look(pack: zipfile.ZipFile, trusted: frozenset[str], checked: Checked) -> None:
    signed = json.loads(pack.read(MANIFEST))
    manifest: Json = signed["manifest"]
    checked.about = str(manifest["about"]["label"])
    if canonical(signed) != pack.read(MANIFEST):
        checked.fault(f"{MANIFEST} is not written as it was.")
    if signed["signer"] not in trusted or not is_signed(manifest, signed["signature"], signed["signer"]):
        checked.fault(f"{MANIFEST} is not signed with a key that counts.")
    if sorted(pack.namelist()) != sorted([*manifest["files"], MANIFEST]):
        checked.fault(f"The files are not those of {MANIFEST}.")
    for name, digest in manifest["files"].items():
        with pack.open(name) as entry:
            if hashlib.file_digest(entry, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                checked.fault(f"{name} is not what it was.")
    checkpoints = _checkpoints(pack, trusted, checked)
    for book, name, *_rest in BOOKS:
        for number, line in enumerate(_lines(pack, f"{name}.jsonl"), start=1):
            if told := _wrong(book, line, checkpoints, checked):
                checked.fault(f"{name}.jsonl, line {number}: {told}")
    if checked.lines != manifest["lines"]:
        checked.fault(f"There are {checked.lines} lines, and {MANIFEST} says {manifest['lines']}.")


def _checkpoints(pack: zipfile.ZipFile, trusted: frozenset[str], checked: Checked) -> dict[int, Json]:
    found: dict[int, Json] = {}
    for each in _lines(pack, CHECKPOINTS):
        body = each["checkpoint"]
        if each["signer"] not in trusted or not is_signed(body, each["signature"], each["signer"]):
            checked.fault(f"Checkpoint {body['number']} is not signed with a key that counts.")
        found[body["number"]] = body
    checked.checkpoints = len(found)
    return found


def _wrong(book: str, line: Json, checkpoints: dict[int, Json], checked: Checked) -> str:
    """What is wrong with one line; empty when nothing is."""
    checked.lines += 1
    digest = bytes.fromhex(line["digest"])
    if line["book"] != book:
        return "it belongs in the other file."
    if line["facts_key"] is None:
        checked.erased += 1
    elif digest_of_facts(bytes.fromhex(line["facts_key"]), line["facts"], line["words"]) != digest:
        return "what it says does not fit its digest."
    if line["position"] is None:
        checked.unsealed += 1
        return ""
    checkpoint = checkpoints.get(line["checkpoint"])
    if checkpoint is None or line["path"] is None:
        return "its checkpoint or its path is not there."
    leaf = leaf_of(book, line["stays"], digest)
    with suppress(ValueError):
        place, path = line["position"] - checkpoint["first"], [bytes.fromhex(each) for each in line["path"]]
        if root_by_path(leaf, place, checkpoint["lines"], path).hex() == checkpoint["root"]:
            return ""
    return f"its path does not lead to checkpoint {line['checkpoint']}."


def _lines(pack: zipfile.ZipFile, name: str) -> Iterator[Json]:
    with pack.open(name) as entry:
        for line in entry:
            yield json.loads(line)
