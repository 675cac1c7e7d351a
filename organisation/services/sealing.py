"""Sealing the logbook: every minute the new lines get a place and a checkpoint, in the database and outside it."""

import base64
import hmac
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from organisation.kernel.digests import moment
from organisation.kernel.merkle import root_of
from organisation.kernel.seals import BEFORE_ALL, Body, Signer, leaf_of
from organisation.models import BOOKS, Checkpoint, Event, Heartbeat, SealedLine
from organisation.models.logbook import LogLine

from . import sealing_outside

SEAL = "seal"  # the heartbeat of this job; its row also keeps two of them apart
MOST = 4_096  # lines under one checkpoint
# A line is dated when it is written and seen when its transaction ends; no transaction of ours lasts longer.
REACH = timedelta(minutes=10)


class Unsealed(NamedTuple):
    """A line that has no place yet."""

    book: str
    line: LogLine
    leaf: bytes


def seal(*, brought_in: bool = False) -> int:
    """Seal what was written since the last checkpoint; returns how many lines.

    The first time everything is sealed, and with `brought_in` everything that was dated before too: a history that
    was played. Raises `sealing_outside.Diverged` when what stands outside says something else than the database.
    """
    sealing_outside.compare(_last())
    done, since = 0, None
    while lines := _checkpoint(brought_in=brought_in, since=since):
        done, since = done + len(lines), lines[-1].line.at
        if len(lines) < MOST:
            break
    sealing_outside.write()
    return done


@transaction.atomic
def resume(*, reason: str) -> dict[str, Any]:
    """Go on after the database was put back from a backup: what stands outside after its last checkpoint is given up.

    It is told in the logbook and, signed, in the folder; `verify_log` shows it from then on.
    """
    given_up = sealing_outside.begin_anew(reason=reason, signer=signer())
    Event.objects.create(
        actor_name="Handelingsruimte",
        verb="logbook.resumed",
        target_type="system",
        target_label=f"{given_up['after']}–{given_up['through']}",
        remark=reason,
    )
    return given_up


def signer() -> Signer:
    """The key of `SEAL_KEY`; without it one that is made of `SECRET_KEY`, which changes along with that."""
    if settings.SEAL_KEY:
        return Signer(base64.b64decode(settings.SEAL_KEY, validate=True))
    return Signer(hmac.digest(settings.SECRET_KEY.encode(), b"seal of the logbook", "sha256"))


def trusted() -> frozenset[str]:
    """The public keys whose signatures count: ours, and those of before."""
    return frozenset({signer().public, *settings.SEAL_TRUSTED})


def stays_of(line: LogLine) -> dict[str, Any]:
    """What a leaf holds beside the digest."""
    return {name: getattr(line, name) for name in line.STAYS}


def _last() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-number").first()


@transaction.atomic
def _checkpoint(*, brought_in: bool, since: Any) -> list[Unsealed]:
    Heartbeat.beat(SEAL)
    last = _last()
    everything = brought_in or last is None
    if since is None and last is not None and not everything:
        since = last.sealed_at - REACH
    lines = _unsealed(since)
    if lines:
        _write(lines, last, brought_in=everything)
    return lines


def _unsealed(since: Any) -> list[Unsealed]:
    """The oldest lines without a place, of both books, in order of time."""
    placed = SealedLine.objects.filter(line=OuterRef("pk"))
    found = []
    for book, kind in BOOKS.items():
        rows = kind.objects.filter(~Exists(placed)).order_by("at", "id").only(*kind.STAYS, "digest")
        found += [(book, line) for line in (rows.filter(at__gte=since) if since else rows)[:MOST]]
    found.sort(key=lambda pair: (pair[1].at, pair[1].pk))
    return [Unsealed(book, line, leaf_of(book, stays_of(line), line.digest)) for book, line in islice(found, MOST)]


def _write(lines: list[Unsealed], last: Checkpoint | None, *, brought_in: bool) -> None:
    body = Body(
        number=last.number + 1 if last else 1,
        sealed_at=moment(now := timezone.now()),
        first=last.first + last.lines if last else 1,
        lines=len(lines),
        root=root_of([each.leaf for each in lines]).hex(),
        previous=last.body.digest if last else BEFORE_ALL,
        brought_in=brought_in,
    )
    key = signer()
    signed = {"signature": key.sign(body.fields()), "signer": key.public}
    made = Checkpoint.objects.create(**body.fields() | signed | {"sealed_at": now})
    SealedLine.objects.bulk_create(
        (
            SealedLine(position=position, book=each.book, line=each.line.pk, leaf=each.leaf, checkpoint=made)
            for position, each in enumerate(lines, start=body.first)
        ),
        batch_size=1_000,
    )
