"""When somebody is reminded of a request, and when it is passed on because no answer came. A table, and one function.

Half-way and on the day before the answer is due, who can answer is reminded. Once it is late, it is passed on to
the deputy, and after that to the manager's manager: each time a working day later, half a working day when it is
urgent. Half a day ends at noon, a whole one at the end of the day, as deadlines do.
"""

from datetime import datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.working_days import AMSTERDAM, add_working_days, half_days_after, working_days_between

MORNING = time(9)


class Kind(models.TextChoices):
    """What happens with a request that waits."""

    HALFWAY = "halfway", _("Reminder half-way")
    EVE = "eve", _("Reminder on the day before")
    DEPUTY = "deputy", _("Passed on to the deputy")
    SUPERIOR = "superior", _("Passed on to the manager's manager")
    NOBODY = "nobody", _("The administrator was told that nobody can answer")


# Half working days after the answer was due, by urgent or not.
LADDER: dict[bool, tuple[tuple[Kind, int], ...]] = {
    False: ((Kind.DEPUTY, 2), (Kind.SUPERIOR, 4)),
    True: ((Kind.DEPUTY, 1), (Kind.SUPERIOR, 2)),
}


def moments(*, submitted: datetime, due: datetime, urgent: bool) -> tuple[tuple[Kind, datetime], ...]:
    """What happens when, in order. What was due before it was sent in counts as late from that moment."""
    first, last = (moment.astimezone(AMSTERDAM).date() for moment in (submitted, due))
    days = working_days_between(first, last)
    eve = datetime.combine(add_working_days(last, -1), MORNING, tzinfo=AMSTERDAM)
    reminders = [(Kind.HALFWAY, half_days_after(submitted, days))] if days > 0 else []
    reminders.append((Kind.EVE, eve))
    late = max(submitted, due)
    return (
        *sorted(((kind, at) for kind, at in reminders if submitted < at < due), key=lambda each: each[1]),
        *((kind, half_days_after(late, halves)) for kind, halves in LADDER[urgent]),
    )


def come(*, submitted: datetime, due: datetime, urgent: bool, now: datetime) -> tuple[Kind, ...]:
    """What has come by now. A reminder of what is late already is left out: passing it on says more."""
    by_now = [kind for kind, at in moments(submitted=submitted, due=due, urgent=urgent) if at <= now]
    return tuple(kind for kind in by_now if now <= due or kind in (Kind.DEPUTY, Kind.SUPERIOR))
