"""The Celery application: one beat, which asks the errand book what is due."""

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handelingsruimte")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def refuse_to_start_unsafe(**kwargs: Any) -> None:
    """A worker or beat with unsafe settings does not start."""
    from .checks import refuse_to_start_unsafe

    refuse_to_start_unsafe()
