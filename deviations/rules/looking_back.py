"""When somebody is asked whether it helped: six weeks after the agreement, once more after two weeks, then it shows.

A moment long past is not asked about any more: who starts with this application, or had it stand still for a while,
is not flooded. It still stands on the page with work, and after ten weeks with the manager.
"""

from datetime import datetime, timedelta

AFTER = timedelta(weeks=6)
AGAIN = timedelta(weeks=2)
OVERDUE = AFTER + 2 * AGAIN
TOO_LATE_TO_ASK = AFTER + 3 * AGAIN
FIRST, SECOND = 1, 2


def due(decided: datetime) -> datetime:
    """From when one can say whether it helped."""
    return decided + AFTER


def is_overdue(decided: datetime, now: datetime) -> bool:
    """Whether the manager sees that nobody looked back."""
    return now >= decided + OVERDUE


def to_ask(decided: datetime, first: datetime | None, second: datetime | None, now: datetime) -> int | None:
    """Which asking has come, the first or the second; None when it is not the moment, or it was done."""
    if now < due(decided) or second:
        return None
    if first:
        return SECOND if now >= first + AGAIN else None
    return FIRST if now < decided + TOO_LATE_TO_ASK else None
