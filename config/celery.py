"""The Celery application: one beat, which asks the errand book what is due."""

import os
import threading
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Drawing holds the process while it starts: celery ends one that has not said within four seconds that it is there.
SECONDS_BEFORE_WARM_UP = 1

app = Celery("handelingsruimte")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def refuse_to_start_unsafe(**kwargs: Any) -> None:
    """A worker or beat with unsafe settings does not start."""
    from .checks import refuse_to_start_unsafe

    refuse_to_start_unsafe()


@signals.worker_ready.connect
def look_after_the_worker(**kwargs: Any) -> None:
    """A worker that stands still ends, and is started anew."""
    from . import watchdog

    watchdog.guard(app)


@signals.worker_process_init.connect
def warm_up(**kwargs: Any) -> None:
    """The first drawing of a process takes a second or more: no page waits for that, and neither does the worker."""
    from learning.services import drawing

    timer = threading.Timer(SECONDS_BEFORE_WARM_UP, drawing.warm_up)
    timer.daemon = True
    timer.start()
