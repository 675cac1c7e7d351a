"""Files that people hand in: what they are by their content as well as by their name, and nothing else (promise 8)."""

import zipfile
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
# Of a file that is a zip inside: how much it may become, and in how many parts.
MOST_UNPACKED, MOST_PARTS = 200 * MEGABYTE, 2_000

BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
HOLDS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ODF = "application/vnd.oasis.opendocument."
IS = {"odt": f"{ODF}text", "ods": f"{ODF}spreadsheet"}
KINDS = (*BEGINS, *HOLDS, *IS, "txt")
SAME = {"jpeg": "jpg"}
# What makes a document do things when it is opened.
ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "basic/", "scripts/")


class Unfit(Exception):
    """A file that is not taken; the text says why and is fit to show."""


def kind_of(name: str, content: IO[bytes], size: int) -> str:
    """The kind of file, one of `KINDS`. Raises `Unfit` when it is too large, not allowed, or not what its name says."""
    kind = PurePath(name).suffix.lower().removeprefix(".")
    kind = SAME.get(kind, kind)
    if kind not in KINDS:
        raise Unfit(_("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    if size > MOST_BYTES:
        raise Unfit(_("This file is larger than %(size)d MB.") % {"size": MOST_BYTES // MEGABYTE})
    if not size:
        raise Unfit(_("This file is empty."))
    content.seek(0)
    if not _is(kind, content):
        raise Unfit(_("The content of this file is not what its name says. Save it again, without macros."))
    content.seek(0)
    return kind


def _is(kind: str, content: IO[bytes]) -> bool:
    if kind in BEGINS:
        return content.read(16).startswith(BEGINS[kind])
    if kind == "txt":
        return _is_text(content.read())
    try:
        with zipfile.ZipFile(content) as parts:
            return _is_quiet(parts) and _is_document(kind, parts)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def _is_text(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text)


def _is_quiet(parts: zipfile.ZipFile) -> bool:
    """No bomb, nothing locked, nothing that runs."""
    entries = parts.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    names = [entry.filename.lower() for entry in entries]
    return (
        len(entries) <= MOST_PARTS
        and unpacked <= MOST_UNPACKED
        and not any(entry.flag_bits & 1 for entry in entries)
        and not any(mark in name for name in names for mark in ACTIVE)
    )


def _is_document(kind: str, parts: zipfile.ZipFile) -> bool:
    if kind in HOLDS:
        return {"[Content_Types].xml", HOLDS[kind]} <= set(parts.namelist())
    if "mimetype" not in parts.namelist():
        return False
    with parts.open("mimetype") as said:
        return said.read(100).decode("ascii", "replace").strip() == IS[kind]
