"""Keeping the errand book: the slots of the clock, and handing out what is due."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from organisation.models import Errand, Heartbeat

HANDED_OUT_AT_ONCE = 200
LOOK_BACK = timedelta(days=2)
KEPT = timedelta(days=14)  # longer than the look back, so that no slot is written a second time


def tick(now: datetime | None = None) -> int:
    """Write the slots that have come up to `now`, hand out what is due and write the heartbeat. Returns how many."""
    moment = now or timezone.now()
    write_slots(moment)
    due = list(Errand.objects.due()[:HANDED_OUT_AT_ONCE])
    Heartbeat.beat("worker")
    Errand.objects.filter(done_at__lt=moment - KEPT).delete()
    for errand in due:
        errand.hand_out()
    return len(due)


def write_slots(now: datetime) -> None:
    """One errand for each slot that has come. The key is the slot, so two beats make one and a late beat misses none.

    A daily slot that was missed is made up for up to two days; of a repeating one only the present slot counts,
    since doing it once now does what the missed ones would have done.
    """
    local = timezone.localtime(now)
    for task, hour, minute in settings.DAILY_ERRANDS:
        day = (local - LOOK_BACK).date()
        while day <= local.date():
            slot = timezone.make_aware(datetime.combine(day, time(hour, minute)))
            if slot <= now and slot > now - LOOK_BACK:
                Errand.put(task=task, key=f"{task}@{day.isoformat()}", due_at=slot)
            day += timedelta(days=1)
    for task, seconds in settings.REPEATING_ERRANDS:
        slot_number = int(now.timestamp()) // seconds
        Errand.put(task=task, key=f"{task}#{slot_number}", due_at=now)
