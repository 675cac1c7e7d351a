"""Whether the triggers that keep tables append-only are in place: who owns a table can take them away."""

from django.db import connection

from organisation.kernel import append_only
from organisation.models import AccessEvent, Checkpoint, Event, SealedLine

KEPT = (Event, AccessEvent, Checkpoint, SealedLine)
_POSTGRES = """
    SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.prosrc LIKE %s
"""
_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s"


def missing() -> list[str]:
    """The names of the guards that are not there, or were made to let everything pass."""
    wanted = [name for kind in KEPT for name in append_only.names(connection.vendor, kind._meta.db_table)]
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES if connection.vendor == "postgresql" else _SQLITE, [f"%{append_only.REFUSAL}%"])
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in there]
