"""Whether the parts that work needs are there: database, migrations, logbook, worker and beat."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Event, Heartbeat

log = structlog.get_logger(__name__)

# Parts that other apps add when they start: a name, and whether it holds; and how people call it.
_more: dict[str, Callable[[], bool]] = {}
LABELS: dict[str, Any] = {
    "database": _("Database"),
    "migrations": _("Database is up to date"),
    "logbook": _("Logbook can be written"),
    "background": _("Background work runs"),
}

OK, FAILED, SKIPPED = "ok", "failed", "not checked"
OLDEST_HEARTBEAT = timedelta(minutes=3)


def add_part(name: str, label: Any, holds: Callable[[], bool]) -> None:
    """Let readiness ask this too."""
    _more[name], LABELS[name] = holds, label


def parts() -> dict[str, str]:
    """Each part with `ok` or `failed`; `not checked` when the database itself does not answer."""
    states = {"database": _state("database", _database_answers)}
    for name, holds in (
        ("migrations", _migrations_are_applied),
        ("logbook", _logbook_can_be_written),
        ("background", _worker_and_beat_are_alive),
        *_more.items(),
    ):
        states[name] = _state(name, holds) if states["database"] == OK else SKIPPED
    return states


def _state(name: str, holds: Callable[[], bool]) -> str:
    try:
        return OK if holds() else FAILED
    except DatabaseError as fault:
        log.error("not_ready", part=name, fault=type(fault).__name__)
        return FAILED


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _logbook_can_be_written() -> bool:
    """Write a line and take it back: what cannot be logged cannot be done."""
    with transaction.atomic():
        Event.objects.create(actor_name="readyz", verb="system.readiness", target_type="system", target_label="readyz")
        transaction.set_rollback(True)
    return True


def _worker_and_beat_are_alive() -> bool:
    """The heartbeat is written by a task that beat asked for and a worker did: one row tells of both."""
    return Heartbeat.objects.filter(at__gt=timezone.now() - OLDEST_HEARTBEAT).exists()
