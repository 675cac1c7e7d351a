"""Run by a test as a process of its own: a full roll-up that says when it is half way, and then waits to be killed."""

import sys
import time

import django

django.setup()

from learning.models import RollupRun  # noqa: E402
from learning.services import rolling_up  # noqa: E402


def wait() -> None:
    """Stand still after the first months."""
    if RollupRun.objects.filter(state="running", steps_done__gte=2).exists():
        print("half way", flush=True)
        time.sleep(60)


rolling_up.roll_up_all(step=wait if sys.argv[1:] == ["wait"] else lambda: None)
print("done", flush=True)
