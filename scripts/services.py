"""Finds what the tests can use on this machine: PostgreSQL, Redis, a browser. Says why not, where not."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

POSTGRES = ("postgres://postgres@127.0.0.1:5432/postgres", "postgres://root@127.0.0.1:5432/postgres")
REDIS = "redis://127.0.0.1:6379/0"
# The first is Chromium without a window: no screens of its own to draw, so a third of the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Found:
    """The address or path of something, or the reason why it is not there."""

    where: str = ""
    why_not: str = ""


def postgres() -> Found:
    """PostgreSQL at `DATABASE_URL`, else at the local default."""
    import environ
    import psycopg2

    asked = os.environ.get("DATABASE_URL", "")
    tried = [asked] if asked.startswith("postgres") else list(POSTGRES)
    reason = ""
    for url in tried:
        parts = environ.Env.db_url_config(url)
        try:
            psycopg2.connect(
                host=parts["HOST"] or None,
                port=parts["PORT"] or None,
                user=parts["USER"] or None,
                password=parts["PASSWORD"] or None,
                dbname=parts["NAME"] or "postgres",
                connect_timeout=3,
            ).close()
        except psycopg2.OperationalError as fault:
            reason = str(fault).strip().splitlines()[0]
            continue
        return Found(where=url)
    return Found(why_not=f"PostgreSQL does not answer ({reason})")


def redis() -> Found:
    """Redis at `REDIS_URL`, else at the local default."""
    from redis import Redis
    from redis.exceptions import RedisError

    url = os.environ.get("REDIS_URL") or REDIS
    try:
        Redis.from_url(url, socket_connect_timeout=3).ping()
    except (RedisError, OSError):
        return Found(why_not="Redis does not answer")
    return Found(where=url)


def browser() -> Found:
    """Chromium at `CHROMIUM`, else on the path. `CHROMIUM=none` does without."""
    asked = os.environ.get("CHROMIUM", "")
    if asked:
        return Found(where=asked) if Path(asked).exists() else Found(why_not=f"CHROMIUM={asked}")
    found = next(filter(None, map(shutil.which, BROWSERS)), "")
    return Found(where=found) if found else Found(why_not="Chromium is not installed (on Debian: apt install chromium)")
