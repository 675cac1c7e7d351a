"""Ends a worker that takes no work while work waits, so that whatever keeps it running starts it anew.

After Redis was away a worker is now and then connected again and takes nothing any more (celery issues 8030, 8384 and
10205). Nobody would notice until the notices stop; so the worker looks at itself.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from celery import Celery, signals
from celery.worker import state

log = structlog.get_logger(__name__)

PATIENCE = 60  # seconds; a tick comes every fifteen
LOOKS = 10  # seconds between two looks
LAST_CHANCE = 15  # seconds to end in order
STOOD_STILL = 70  # exit code


class Watch:
    """Since when nothing was taken though something waited; whoever is busy with work does not stand still."""

    def __init__(self, *, waiting: Callable[[], int], busy: Callable[[], bool], patience: float = PATIENCE) -> None:
        self.waiting, self.busy, self.patience = waiting, busy, patience
        self.since: float | None = None

    def received(self, **kwargs: Any) -> None:
        """Work was taken."""
        self.since = None

    def stands_still(self, now: float) -> bool:
        """Whether it has waited too long; asked now and then."""
        if self.busy() or not self.waiting():
            self.since = None
        elif self.since is None:
            self.since = now
        return self.since is not None and now - self.since > self.patience


def guard(app: Celery) -> None:
    """Look after this worker from the moment it is ready."""
    watch = Watch(waiting=lambda: waiting(app), busy=lambda: bool(state.active_requests))
    signals.task_received.connect(watch.received, weak=False)
    threading.Thread(target=_look, args=(watch,), daemon=True, name="watchdog").start()


def waiting(app: Celery) -> int:
    """How many messages wait in the queue; 0 when the broker does not answer, which is no fault of the worker."""
    try:
        with app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            queue = channel.queue_declare(app.conf.task_default_queue, passive=True)
            return int(queue.message_count)
    except Exception:  # noqa: BLE001  each transport has faults of its own, and all mean the same here
        return 0


def _look(watch: Watch) -> None:
    while not watch.stands_still(time.monotonic()):
        time.sleep(LOOKS)
    log.error("worker_stands_still", seconds=watch.patience)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_CHANCE)
    os._exit(STOOD_STILL)
