"""The whole municipality, made once: the story as it was lived, the history as registers, and the figures of both."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from learning.services import rolling_up
from organisation.models import User
from organisation.services import loading_reference

from . import casework, improving, register, room
from .cast import ADMINISTRATOR, Cast
from .register import Size
from .timeline import Timeline

Say = Callable[[str], object]

# The first case was opened some weeks after the first day.
FIRST_DAY, LAST_READ = 560, 5


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
    improving.tell(cast, timeline)
    casework.tell(cast, timeline)
    timeline.add(timeline.day(LAST_READ), cast.read_notices)
    say(f"{len(cast.people)} people in {len(cast.teams)} teams")
    say(f"{timeline.play(now=now)} scenes of casework and room given")
    bring_in(size=size, seed=seed, say=say)


def bring_in(*, size: Size, seed: int | None, say: Say) -> None:
    """Bring in a register of this size, batch by batch."""
    say(f"{register.bring_in(size=size, seed=seed)} deviations from register {size.file_name}")


def count() -> None:
    """Roll everything up, so that the dashboard has its figures at once."""
    rolling_up.roll_up_all()
