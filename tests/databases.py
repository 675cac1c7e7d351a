"""Makes the test database by copying one that was migrated before: running every migration takes half a minute.

The copy that is kept has the digest of the migrations in its name, so it is never out of date.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

blocker: Any = None  # of pytest-django, once the database is there
FOLDER = settings.BASE_DIR / "var" / "tests"


def digest() -> str:
    """Changes with every migration of ours, and with Django."""
    seen = hashlib.sha256(django.__version__.encode())
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def lay_out() -> None:
    """Put a migrated, empty database where Django expects the test database of this process."""
    name = connection.creation._get_test_db_name()
    with _alone():
        if connection.vendor == "sqlite":
            _copy_file(Path(name))
        else:
            _copy_database(name)


def bring_back() -> None:
    """Put back what the migrations put in the tables: content types, permissions, role groups."""
    if blocker is None:
        return
    with blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        ContentType.objects.clear_cache()
        connection.close()


@contextmanager
def guards_down() -> Iterator[None]:
    """Without the triggers that keep tables append-only, as somebody with all rights in the database could have it."""
    postgres, guards = connection.vendor == "postgresql", []
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, 'append-only')")
            guards = cursor.fetchall()
            for name, _sql in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            if postgres:
                cursor.execute("SET session_replication_role = origin")
            for _name, sql in guards:
                cursor.execute(sql)


def let_tests_empty_tables() -> None:
    """Tests with real transactions empty every table when they end, also those that are append-only."""
    flush = connection.ops.execute_sql_flush

    def flush_without_guards(statements: list[str]) -> None:
        with guards_down():
            flush(statements)

    connection.ops.execute_sql_flush = flush_without_guards


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: the first makes the original, the others copy it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_file(target: Path) -> None:
    original = FOLDER / f"{digest()}.sqlite3"
    if not original.exists():
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        part = original.with_suffix(".part")
        part.unlink(missing_ok=True)
        _migrate(f"sqlite:///{part}")
        part.rename(original)
    for rest in ("", "-wal", "-shm"):
        Path(f"{target}{rest}").unlink(missing_ok=True)
    shutil.copyfile(original, target)


def _copy_database(target: str) -> None:
    prefix = f"hr_original{'_' + suffix if (suffix := os.environ.get('TEST_DB_SUFFIX', '')) else ''}_"
    original = prefix + digest()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{prefix}%"])
        # Nobody else's: without a suffix the beginning of the name is that of all of them.
        there = [row[0] for row in cursor.fetchall() if len(row[0]) == len(original)]
        if original not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            cursor.execute(f'DROP DATABASE IF EXISTS "{original}_part" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{original}_part"')
            _migrate(_url(f"{original}_part"))
            cursor.execute(f'ALTER DATABASE "{original}_part" RENAME TO "{original}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{original}"')
        # A test database need not outlive a power cut, so no commit waits for the disk.
        cursor.execute(f'ALTER DATABASE "{target}" SET synchronous_commit = off')


def _url(name: str) -> str:
    parts: dict[str, Any] = connection.settings_dict
    secret = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    return f"postgres://{parts['USER']}{secret}@{parts['HOST']}:{parts['PORT'] or 5432}/{name}"


def _migrate(url: str) -> None:
    env = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
