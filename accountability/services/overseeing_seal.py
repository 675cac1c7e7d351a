"""How the seal of the logbook stands: the last checkpoint, what waits, and what stands outside the database."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef
from django.utils import timezone

from organisation.models import BOOKS, Checkpoint, Event, SealedLine
from organisation.services import sealing, sealing_outside
from organisation.services.sealing_outside import Standing

from .checking_log import tell
from .verifying_rest import BEHIND


@dataclass(frozen=True, slots=True)
class SealState:
    """What is sealed and what waits. `outside` is None when that folder cannot be read."""

    last: Checkpoint | None
    waiting: int
    oldest: datetime | None
    outside: Standing | None
    public_key: str

    @property
    def lags(self) -> bool:
        """Whether lines wait longer than they should."""
        return bool(self.oldest and self.oldest < timezone.now() - BEHIND)

    @property
    def differs(self) -> bool:
        """Whether the database and the folder do not end with the same checkpoint; the seal of now may be under way."""
        number = self.last.number if self.last else 0
        outside = self.outside.number if self.outside else None
        return outside != number and not (self.last and self.last.sealed_at > timezone.now() - BEHIND and outside)

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to look."""
        return not (self.lags or self.differs)


def state() -> SealState:
    """One look at the database and one at the end of the folder, however long the logbook is."""
    last = Checkpoint.objects.order_by("-number").first()
    waiting, oldest = 0, None
    placed = SealedLine.objects.filter(line=OuterRef("pk"))
    for kind in BOOKS.values():
        rows = kind.objects.filter(~Exists(placed)).order_by()
        if last:
            rows = rows.filter(at__gte=last.sealed_at - sealing.REACH)
        found = rows.aggregate(lines=Count("pk"), oldest=Min("at"))
        waiting += found["lines"]
        oldest = min(filter(None, (oldest, found["oldest"])), default=None)
    return SealState(last, waiting, oldest, _outside(), sealing.signer().public)


def watch() -> bool:
    """Tell who must know when nothing is sealed any more: once, until a seal is made again. Whether that was told."""
    now = state()
    if not now.lags:
        return False
    since = now.last.sealed_at if now.last else now.oldest
    if Event.objects.filter(verb="logbook.seal_lags", at__gte=since).exists():
        return False
    tell("logbook.seal_lags", count=now.waiting)
    return True


def _outside() -> Standing | None:
    try:
        return sealing_outside.standing()
    except (OSError, ValueError, KeyError):
        return None
