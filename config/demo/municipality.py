"""The whole municipality, made once: the story as it was lived, the history as registers, and the figures of both."""

from collections.abc import Callable
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from accountability.services import checking_log, comparing, taking_stock
from learning.services import making_reports, noticing, releasing, reporting, rolling_up
from organisation.kernel.access import Refused
from organisation.models import User
from organisation.services import loading_reference, sealing, sealing_outside

from . import accounting, casework, feeling, improving, keeping, proposals, register, reviewing, room, scanning
from .cast import ADMINISTRATOR, POLICY_OFFICER, Cast
from .register import Size
from .timeline import Timeline

Say = Callable[[str], object]

# The first case was opened some weeks after the first day.
FIRST_DAY, LAST_READ = 560, 2


class PeopleAlready(Exception):
    """There are people in this database who are not of the demo."""


def is_there() -> bool:
    """Whether the municipality was made before. Raises `PeopleAlready` when somebody else lives here."""
    if User.objects.filter(email=ADMINISTRATOR).exists():
        return True
    if User.objects.exists():
        raise PeopleAlready
    return False


@transaction.atomic
def make(*, size: Size, seed: int | None, say: Say) -> None:
    """Play the story and bring in its register: all of it, or nothing."""
    loading_reference.load_all()
    cast, now = Cast(), timezone.now()
    timeline = Timeline(today=timezone.localdate())
    timeline.add(timeline.day(FIRST_DAY), cast.settle)
    timeline.play(now=now)
    timeline.scenes.clear()
    room.tell(cast, timeline)
    proposals.tell(cast, timeline)
    improving.tell(cast, timeline)
    casework.tell(cast, timeline)
    feeling.tell(cast, timeline)
    keeping.tell(cast, timeline)
    scanning.tell(cast, timeline)
    reviewing.tell(cast, timeline, since=FIRST_DAY)
    timeline.add(timeline.day(LAST_READ), cast.read_notices)
    room.watch(cast, timeline)
    say(f"{len(cast.people)} people in {len(cast.teams)} teams")
    say(f"{timeline.play(now=now)} scenes of casework and room given")
    bring_in(size=size, seed=seed, say=say)


def bring_in(*, size: Size, seed: int | None, say: Say) -> None:
    """Bring in a register of this size, batch by batch."""
    say(f"{register.bring_in(size=size, seed=seed)} deviations from register {size.file_name}")


def count() -> None:
    """Roll up, look for signals, release every quarter, make a report and give account, for first screens to show."""
    rolling_up.roll_up_all()
    noticing.notice(timezone.localdate())
    comparing.freeze_due()
    taking_stock.take_due()
    releasing.catch_up(timezone.localdate())
    if quarter := reporting.newest_quarter():
        with suppress(Refused):  # a small history may have too little to publish
            run = making_reports.request(quarter=quarter, by=User.objects.get(email=POLICY_OFFICER))
            accounting.write_report(making_reports.perform(run.pk))
    accounting.tell()


def seal() -> None:
    """Seal the history that was played, and verify it; a folder that another municipality left behind is given up."""
    try:
        sealing.seal(brought_in=True)
    except sealing_outside.Diverged:
        sealing.resume(reason="The demo municipality was made anew.")
        sealing.seal(brought_in=True)
    checking_log.run(verification_id=None)
