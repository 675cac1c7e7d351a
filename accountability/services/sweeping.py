"""After a destruction: the space on the disk that rows took is overwritten, not only given free."""

import time

from django.db import connection

PATIENCE = 20  # seconds in which others may finish reading


class Busy(Exception):
    """Somebody kept on reading; the errand tries again later."""


def sweep() -> None:
    """Rewrite what was given free. Inside a transaction (a test, the making of the demo) there is nothing to do yet."""
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        _rewrite_file()
    else:
        _vacuum()


def _rewrite_file() -> None:
    """The full text index merges away what it still holds of deleted words; then the file and its log are rewritten."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO deviations_words(deviations_words) VALUES ('optimize')")
        cursor.execute("VACUUM")
        until = time.monotonic() + PATIENCE
        while True:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.2)


def _vacuum() -> None:
    """Dead rows are taken out of the pages, of the full text index too; and the planner forgets their values."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            cursor.execute("VACUUM (ANALYZE)")
        finally:
            cursor.execute("RESET statement_timeout")
