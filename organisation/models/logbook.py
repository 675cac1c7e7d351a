"""The logbook: who did what, when, in which role and why; and who opened which case data. Rows are only added."""

from typing import Any
from uuid import UUID

import structlog
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Noun
from .people import User


class EventQuerySet(models.QuerySet["Event"]):
    """Lines of the logbook."""

    def about(self, thing: models.Model) -> "EventQuerySet":
        """Lines about one thing, newest first."""
        return self.filter(target_type=thing._meta.label_lower, target_id=thing.pk).order_by("-at", "-id")


class Event(Noun):
    """One line of the logbook. It holds text instead of foreign keys, so it never blocks what must be destroyed."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(_("who"), max_length=120)
    actor_roles = models.CharField(_("roles"), max_length=200, blank=True)
    verb = models.CharField(_("what"), max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.UUIDField(null=True)
    target_label = models.CharField(_("about"), max_length=200)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    remark = models.TextField(_("remark"), blank=True)
    covered_by = models.UUIDField(_("space"), null=True)
    trace = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("logbook line")
        verbose_name_plural = _("logbook lines")
        indexes = (
            models.Index(fields=("target_type", "target_id", "at"), name="event_target"),
            models.Index(fields=("at",), name="event_at"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"

    @classmethod
    def record(
        cls,
        *,
        actor: User | None,
        verb: str,
        target: models.Model,
        before: str = "",
        after: str = "",
        remark: str = "",
        covered_by: UUID | None = None,
    ) -> "Event":
        """Write a line as part of the action, inside its transaction: one never exists without the other.

        `actor` is None for work the system does by itself.
        """
        return cls.objects.create(
            actor_id=actor.pk if actor else None,
            actor_name=actor.name if actor else "Handelingsruimte",
            actor_roles=", ".join(sorted(actor.roles)) if actor else "",
            verb=verb,
            target_type=target._meta.label_lower,
            target_id=target.pk,
            target_label=str(target)[:200],
            before=before,
            after=after,
            remark=remark,
            covered_by=covered_by,
            trace=current_trace(),
        )


class AccessWay(models.TextChoices):
    """How case data was reached."""

    PAGE = "page", _("Page")
    SEARCH = "search", _("Search result")
    EXPORT = "export", _("Export")


class AccessEvent(Noun):
    """Somebody opened case data."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_id = models.UUIDField()
    actor_name = models.CharField(_("who"), max_length=120)
    actor_roles = models.CharField(_("roles"), max_length=200, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=AccessWay.choices)
    target_type = models.CharField(max_length=60)
    target_id = models.UUIDField()
    target_label = models.CharField(_("about"), max_length=200)
    trace = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("access line")
        verbose_name_plural = _("access lines")
        indexes = (models.Index(fields=("target_type", "target_id", "at"), name="access_target"),)

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.target_label}"

    @classmethod
    def record(cls, *, actor: User, targets: list[Any], way: AccessWay) -> None:
        """Write one line for each thing shown; the caller's answer fails if this cannot be written."""
        trace = current_trace()
        AccessEvent.objects.bulk_create(
            AccessEvent(
                actor_id=actor.pk,
                actor_name=actor.name,
                actor_roles=", ".join(sorted(actor.roles)),
                way=way,
                target_type=target._meta.label_lower,
                target_id=target.pk,
                target_label=str(target)[:200],
                trace=trace,
            )
            for target in targets
        )


def current_trace() -> str:
    """The id of the request or task that is running, as bound by django-structlog; empty outside one."""
    context = structlog.contextvars.get_contextvars()
    return str(context.get("request_id") or context.get("task_id") or "")[:64]
