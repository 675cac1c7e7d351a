"""One archive with everything: the database, the files, the seals of the logbook and the destruction ledger.

Whoever has it has everything: it is made readable for its owner only, and belongs on encrypted storage.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accountability.services import ledger

MANIFEST, FILES, SEALS, LEDGER = "manifest.json", "files", "seals", "destructions.jsonl"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Manifest = dict[str, Any]


class Fault(Exception):
    """Why there is no backup, or why one is not put back; the text is fit to show."""


def back_up(target: Path) -> Manifest:
    """Make the archive and read it back before it gets its name. Raises `Fault`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with TemporaryDirectory(dir=target.parent) as folder, open(part, "wb", opener=_private) as opened:
        with tarfile.open(fileobj=opened, mode="w") as archive:
            manifest = _fill(archive, Path(folder))
        opened.flush()
        os.fsync(opened.fileno())
    if verify(part) != manifest:
        raise Fault("The archive does not say what was put in it.")
    part.rename(target)
    return manifest


def verify(source: Path) -> Manifest:
    """Read every byte and compare with the manifest. Raises `Fault`."""
    found: dict[str, str] = {}
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                opened = archive.extractfile(member)
                if opened and member.name == MANIFEST:
                    manifest = json.loads(opened.read())
                elif opened:
                    found[member.name] = _digest(opened)
    except (tarfile.TarError, OSError) as fault:
        raise Fault(f"This is no backup that can be read: {type(fault).__name__}.") from fault
    if not found or found != manifest["digests"]:
        raise Fault("This backup is damaged: its files are not what they were.")
    return dict(manifest)


def restore(source: Path, *, overwrite: bool = False) -> Manifest:
    """Put an archive back, in an empty place unless told otherwise. Raises `Fault`."""
    manifest = verify(source)
    if manifest["database"] != connection.vendor:
        raise Fault(f"This backup is of {manifest['database']}, and DATABASE_URL names {connection.vendor}.")
    if not overwrite and not _is_empty():
        raise Fault("There is something here already. With --overwrite it is replaced.")
    with TemporaryDirectory() as folder:
        with tarfile.open(source) as archive:
            _unpack(archive, Path(folder))
        unpacked = Path(folder)
        _put_back_database(unpacked / DATABASES[connection.vendor])
        _put_back_folder(unpacked / FILES, Path(settings.MEDIA_ROOT), clean=overwrite)
        # What was sealed or destroyed since the backup stays known: neither of these is ever replaced.
        _put_back_folder(unpacked / SEALS, Path(settings.SEAL_DIR), clean=False)
        ledger.take_over(ledger.read(unpacked / LEDGER))
    return manifest


def _fill(archive: tarfile.TarFile, folder: Path) -> Manifest:
    """Files before and after the database: each row has its file, whatever is added or taken away meanwhile."""
    digests: dict[str, str] = {}
    _add_folder(archive, Path(settings.MEDIA_ROOT), FILES, digests)
    database = folder / DATABASES[connection.vendor]
    _copy_database(database)
    _add(archive, database, database.name, digests)
    _add_folder(archive, Path(settings.MEDIA_ROOT), FILES, digests)
    _add_folder(archive, Path(settings.SEAL_DIR), SEALS, digests)
    if ledger.path().exists():
        _add(archive, ledger.path(), LEDGER, digests)
    manifest = {
        "made_at": timezone.now().isoformat(), "version": settings.VERSION, "database": connection.vendor,
        "digests": digests,
    }  # fmt: skip
    told = folder / MANIFEST
    told.write_text(json.dumps(manifest, indent=1))
    archive.add(told, arcname=MANIFEST)
    return manifest


def _add_folder(archive: tarfile.TarFile, folder: Path, name: str, digests: dict[str, str]) -> None:
    for path in _below(folder):
        inside = f"{name}/{path.relative_to(folder)}"
        if inside not in digests:
            _add(archive, path, inside, digests)


def _add(archive: tarfile.TarFile, path: Path, name: str, digests: dict[str, str]) -> None:
    """A file that grows while it is read goes in as it was when it was opened."""
    copy = path.read_bytes() if path.suffix == ".jsonl" else None
    if copy is not None:
        kept = Path(f"{path}.copy")
        kept.write_bytes(copy)
        path = kept
    try:
        with path.open("rb") as opened:
            digests[name] = _digest(opened)
        archive.add(path, arcname=name)
    except FileNotFoundError:
        digests.pop(name, None)  # taken away just now, so the database that is copied next does not name it
    finally:
        if copy is not None:
            kept.unlink()


def _below(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*") if path.is_file())) if folder.exists() else iter(())


def _digest(opened: IO[bytes]) -> str:
    return hashlib.file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]


def _copy_database(target: Path) -> None:
    """SQLite by its own online copy, PostgreSQL by `pg_dump`: both while people go on working."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
            wrong = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.close()
        if wrong != "ok":
            raise Fault(f"The copy of the database is damaged: {wrong}")
        return
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _put_back_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        target.parent.mkdir(parents=True, exist_ok=True)
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        shutil.copyfile(source, f"{target}.part")
        Path(f"{target}.part").replace(target)
        return
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction", str(source))


def _run(tool: str, *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise Fault(f"{tool} is not on this machine: install the client tools of PostgreSQL (postgresql-client).")
    where = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = os.environ | {name: str(where[key]) for name, key in names.items() if where[key]}
    into = [f"--dbname={where['NAME']}"] if tool == "pg_restore" else []
    # Our own command line; what comes from the settings is in the environment.
    done = subprocess.run([tool, *into, *arguments], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Fault(f"{tool} stopped: {done.stderr.strip()[-500:]}")


def _put_back_folder(source: Path, target: Path, *, clean: bool) -> None:
    if clean and target.exists():
        shutil.rmtree(target)
    for path in _below(source):
        to = target / path.relative_to(source)
        if not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
            to.chmod(0o600)


def _is_empty() -> bool:
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        there = file.exists() and file.stat().st_size > 0 and bool(connection.introspection.table_names())
    else:
        there = bool(connection.introspection.table_names())
    return not there and not any(_below(Path(settings.MEDIA_ROOT)))


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Files only, and nowhere else than here. (The filter of `extractall` is younger than some Pythons 3.11.)"""
    home = folder.resolve()
    for member in archive:
        place = (home / member.name).resolve()
        found = archive.extractfile(member)
        if found is None:
            continue
        if not place.is_relative_to(home):
            raise Fault(f"{member.name} would land outside the folder: this is no backup of ours.")
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as copy:
            shutil.copyfileobj(found, copy)
