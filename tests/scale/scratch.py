"""Databases of a benchmark's own, made and thrown away: SQLite always, PostgreSQL where one answers."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")


def on_each_database(script: str) -> int:
    """Run the script again inside a new database of each kind. Returns 1 when one of them failed."""
    return max([_run(script, url) for url in _databases()])


def _run(script: str, url: str) -> int:
    env = os.environ | {"DEMO": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    env |= {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
    env |= {"SECRET_KEY": "", "REDIS_URL": "", "LOG_LEVEL": "ERROR"}
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([sys.executable, script, "inside"], env=env | {"VAR_DIR": folder}, check=False).returncode


def _databases() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"
    name = f"hr_bench_{os.getpid()}"
    try:
        administer(f"CREATE DATABASE {name}")
    except Exception as fault:  # noqa: BLE001  whatever keeps it from answering
        print(f"\nPostgreSQL: not run ({type(fault).__name__})")
        return
    try:
        yield f"{SERVER}/{name}"
    finally:
        administer(f"DROP DATABASE {name}")


def administer(statement: str) -> None:
    """Ask the server itself, outside any database of ours."""
    import psycopg2

    connection = psycopg2.connect(f"{SERVER}/postgres", connect_timeout=3)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def start() -> str:
    """Set Django up, migrate, and say which database this is."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import override_settings

    django.setup()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}).enable()
    if connection.vendor == "postgresql":
        # Filling takes longer than any page may.
        connection.settings_dict["OPTIONS"]["options"] += " -c statement_timeout=0"
    call_command("migrate", verbosity=0)
    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def memory_growth(grown: list[float]) -> Iterator[None]:
    """Adds by how many megabytes the highest memory of this process rose."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown.append((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def report(label: str, value: float, goal: float, unit: str = "x") -> bool:
    """Print a ratio beside its goal. Returns whether it was met."""
    met = value <= goal
    print(f"  {label:<58}{value:8.3f}{unit}  goal ≤ {goal}{unit}  {'met' if met else 'NOT MET'}", flush=True)
    return met
