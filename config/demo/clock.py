"""A clock that the demo moves: services ask Django what time it is, and get the moment of the story."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone

TICK = timedelta(milliseconds=1)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Inside this block it is `moment`, and a millisecond later each time somebody looks at the clock.

    Every clock of the product is `django.utils.timezone.now`, and model fields hold that very function as their
    default. So the function stays, and the `datetime` it asks is replaced. Only for a command that runs alone.
    """
    shown = moment

    class Then(datetime):
        """The `datetime` that Django asks for the time."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            """The moment of the story."""
            nonlocal shown
            shown += TICK
            return shown.astimezone(tz)

    real = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Then  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]
