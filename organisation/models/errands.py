"""The errand book (outbox): work that is due, written in the transaction that made it due.

A web request never needs the broker: it writes an `Errand` and afterwards nudges a worker if one can be reached.
Once every few seconds `organisation.tasks.tick` hands out what is still due, so that a stopped, flushed or killed
broker costs a delay and nothing else. A task receives the id of its errand, claims it by a conditional update that
counts the attempt before any work is done, and closes it; ten deliveries of one errand do the work once.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

import structlog
from celery import current_app
from celery.exceptions import OperationalError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Noun

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
PAUSE_AFTER_REFUSAL = 30  # seconds in which this process does not try the broker; the tick delivers meanwhile
_nudging = {"again_at": 0.0}
LEASE = timedelta(minutes=2)  # a worker that is alive renews its lease with every step of progress


class ErrandQuerySet(models.QuerySet["Errand"]):
    """Errands by what must happen with them."""

    def open(self) -> Self:
        """Neither done nor given up."""
        return self.filter(done_at__isnull=True, failed_at__isnull=True)

    def due(self) -> Self:
        """Open, its moment come, and in nobody's hands."""
        now = timezone.now()
        return self.open().filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now), due_at__lte=now)


class Errand(Noun):
    """One piece of background work: a Celery task and the id of what it is about."""

    task = models.CharField(_("task"), max_length=100)
    subject = models.UUIDField(_("about"), null=True)
    # Work that must be done once (a slot of the clock, a dirty month) has a key; a second errand with it is not made.
    key = models.CharField(_("key"), max_length=160, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    fault = models.CharField(_("what went wrong"), max_length=200, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(done_at__isnull=True, failed_at__isnull=True), name="errand_open"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="errand_attempts"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(failed_at__isnull=True), name="errand_done_or_failed"
            ),
        )

    def __str__(self) -> str:
        return self.task

    @classmethod
    def put(cls, *, task: str, subject: UUID | None = None, key: str | None = None, due_at: Any = None) -> "Errand":
        """Write an errand and nudge a worker after the commit. With a key that exists already: that one, unchanged."""
        fields = {"task": task, "subject": subject, "due_at": due_at or timezone.now()}
        if key is None:
            errand, created = cls.objects.create(**fields), True
        else:
            errand, created = cls.objects.get_or_create(key=key, defaults=fields)
        if created and errand.due_at <= timezone.now():
            # robust: a broker that is down must not turn saved work into an error page; the tick delivers it later.
            transaction.on_commit(lambda: errand.nudge(), robust=True)
        return errand

    def nudge(self) -> None:
        """Hand it out now, if the broker is there. When it is not, nobody waits for it again for a while."""
        if time.monotonic() < _nudging["again_at"]:
            return
        try:
            self.hand_out()
        except OperationalError as fault:
            _nudging["again_at"] = time.monotonic() + PAUSE_AFTER_REFUSAL
            log.warning("broker_unreachable", fault=type(fault).__name__)

    def hand_out(self) -> None:
        """Send the message. Sending it twice is harmless: whoever claims it first does the work."""
        current_app.send_task(self.task, args=[str(self.pk)], retry=False)

    @classmethod
    @contextmanager
    def claim(cls, pk: str | UUID) -> Iterator["Errand | None"]:
        """Hold an errand while working on it: None when it is done, given up or in other hands.

        The attempt is counted before the work starts, so a task that kills its worker stops after three times.
        An exception closes the lease with a pause and the kind of fault, and is raised again.
        """
        now = timezone.now()
        taken = (
            cls.objects.due()
            .filter(pk=pk, attempts__lt=MAX_ATTEMPTS)
            .update(attempts=F("attempts") + 1, leased_until=now + LEASE)
        )
        if not taken:
            cls.objects.due().filter(pk=pk, attempts__gte=MAX_ATTEMPTS).update(failed_at=now)
            yield None
            return
        errand = cls.objects.get(pk=pk)
        try:
            yield errand
        except BaseException as fault:
            errand._put_back(fault)
            raise
        cls.objects.filter(pk=pk).update(done_at=timezone.now(), leased_until=None, fault="")

    def renew(self) -> None:
        """Keep the lease while a long piece of work goes on."""
        type(self).objects.filter(pk=self.pk).update(leased_until=timezone.now() + LEASE)

    def _put_back(self, fault: BaseException) -> None:
        now = timezone.now()
        last = self.attempts >= MAX_ATTEMPTS
        # The kind of fault only: its text may quote what somebody typed.
        log.error("errand_failed", errand=str(self.pk), task=self.task, fault=type(fault).__name__, last=last)
        type(self).objects.filter(pk=self.pk).update(
            leased_until=None,
            due_at=now + timedelta(seconds=30 * 2**self.attempts),
            failed_at=now if last else None,
            fault=type(fault).__name__[:200],
        )


class Heartbeat(models.Model):
    """The last moment a worker did what beat asked: one row."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        """Write that this part is alive."""
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
