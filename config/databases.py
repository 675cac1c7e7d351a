"""The database from `DATABASE_URL`: SQLite embedded, PostgreSQL in production, set as measured right."""

from pathlib import Path
from typing import Any

import environ


def from_environment(env: environ.Env, base_dir: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]`; see `promises.md` 15 and 16 for the reasons behind the options."""
    embedded = f"sqlite:///{base_dir / 'var' / 'handelingsruimte.sqlite3'}"
    database: dict[str, Any] = env.db_url_config(env.str("DATABASE_URL", default="") or embedded)
    database["ATOMIC_REQUESTS"] = False
    # Opening the database for each page anew (SQLite reads the whole schema then) took as long as half the page.
    database["CONN_MAX_AGE"] = 60
    if database["ENGINE"].endswith("sqlite3"):
        _embed(database)
    else:
        _serve(database)
    name = "_".join(filter(None, ("test_hr", env.str("TEST_DB_SUFFIX", default=""))))
    # Tests use a real file: a database in memory knows no write-ahead log and locks whole tables between threads.
    in_a_file = str(base_dir / "var" / f"{name}.sqlite3")
    database["TEST"] = {"NAME": name if "postgres" in database["ENGINE"] else in_a_file}
    return database


def _embed(database: dict[str, Any]) -> None:
    Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    database["OPTIONS"] = {
        # The default (deferred) mode lets two writers deadlock at commit; immediate makes the second one wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; "
            # What is deleted is overwritten with zeros at once (promise 12).
            "PRAGMA secure_delete=ON;"
        ),
    }


def _serve(database: dict[str, Any]) -> None:
    database["CONN_HEALTH_CHECKS"] = True
    database["OPTIONS"] = {
        # Who sees what looks dear on paper; compiling it (JIT) took 0.4 s of a count that takes 0.05 s without.
        "options": "-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
        " -c jit=off",
    }
