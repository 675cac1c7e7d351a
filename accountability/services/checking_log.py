"""Verifying the logbook every night and when somebody asks, keeping what was found, and telling who must know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accountability.models import Verification
from accountability.models.verifications import KEPT, MOST_FINDINGS
from accountability.permissions import logbook as permissions
from accountability.rules.tampering import Kind, Verdict, made_at, said_before
from accountability.workflow.logbook import Action
from organisation.models import Errand, Event, Notice, User

from .verifying import verify

TASK = "accountability.tasks.verify_log"
State = Verification.State
JUST_NOW = timedelta(hours=1)  # several nights that were missed come at once, and one look is enough


@dataclass(frozen=True, slots=True)
class Located:
    """One thing that is wrong, for people: what, what it means, and where."""

    kind: Kind
    meaning: str
    told: str
    checkpoint: int | None
    position: int | None
    line: str
    at: datetime | None


@transaction.atomic
def ask(*, by: User) -> Verification:
    """Have the whole logbook verified, or join the verification that is going on. Raises `Refused`."""
    permissions.require(by, Action.VERIFY)
    if running := Verification.objects.going_on().first():
        return running
    asked = Verification.objects.create(requested_by=by)
    Event.record(actor=by, verb="logbook.verify_asked", target=asked)
    Errand.put(task=TASK, subject=asked.pk)
    return asked


def run(*, verification_id: UUID | None, step: Callable[[], None] = lambda: None) -> None:
    """Do what was asked for, or what the clock asks every night; a second time it changes nothing."""
    if verification_id is None:
        if Verification.objects.done().filter(finished_at__gt=timezone.now() - JUST_NOW, found=0).exists():
            return
        Verification.objects.filter(requested_at__lt=timezone.now() - KEPT).delete()
        verification_id = Verification.objects.create().pk
    rows = Verification.objects.filter(pk=verification_id, state__in=(State.QUEUED, State.RUNNING))
    if not rows.update(state=State.RUNNING, heard_at=timezone.now()):
        return

    def alive() -> None:
        rows.update(heard_at=timezone.now())
        step()

    try:
        verdict = verify(step=alive)
    except OSError:
        # The seals outside cannot be read: that says nothing of the lines, and the next night looks again.
        rows.update(state=State.FAILED, finished_at=timezone.now())
        return
    _finish(verification_id, verdict)


def located(findings: Iterable[dict[str, Any]]) -> list[Located]:
    """What was found, in the order of the logbook as far as a place is known."""
    rows = [_located(each) for each in findings]
    return sorted(rows, key=lambda each: (each.checkpoint or 0, each.position or 0))


def remarks(verification: Verification) -> list[str]:
    """What else there was to say, in the language of the reader."""
    return [said_before(note).words for note in verification.notes]


def watchers() -> list[User]:
    """Who is told when something is wrong with the logbook."""
    return list(User.objects.working().filter(groups__name__in=permissions.SEAL_READERS).distinct())


@transaction.atomic
def _finish(verification_id: UUID, verdict: Verdict) -> None:
    counts = {name: getattr(verdict, name) for name in ("checkpoints", "lines", "not_sealed", "erased")}
    done = Verification.objects.filter(pk=verification_id, state=State.RUNNING).update(
        state=State.DONE,
        finished_at=timezone.now(),
        milliseconds=round(1000 * verdict.seconds),
        found=len(verdict.findings),
        findings=[finding.fields() for finding in verdict.findings[:MOST_FINDINGS]],
        notes=[note.fields() for note in verdict.notes],
        **counts,
    )
    if done and not verdict.is_sound:
        about = Verification.objects.get(pk=verification_id)
        tell("logbook.not_sound", about=about, count=about.found, url=about.get_absolute_url())


def tell(verb: str, *, about: Model | None = None, count: int = 0, url: str = "") -> None:
    """Write it in the logbook, and tell who watches over it."""
    told = {"actor_name": "Handelingsruimte", "verb": verb, "after": str(count) if count else ""}
    target = {"target_type": "system", "target_label": ""}
    if about:
        target = {"target_type": about._meta.label_lower, "target_id": about.pk, "target_label": str(about)}
    event = Event.objects.create(**told, **target)
    Notice.queue(event=event, recipients=watchers(), url=url or reverse("accountability:seal"))


def _located(finding: dict[str, Any]) -> Located:
    kind, line = Kind(finding["kind"]), finding["line"]
    at = made_at(UUID(line)) if line else None
    told, where = said_before(finding).words, {name: finding[name] for name in ("checkpoint", "position")}
    return Located(kind=kind, meaning=str(kind.meaning), told=told, line=line, at=at, **where)
