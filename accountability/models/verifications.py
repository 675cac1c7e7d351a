"""Verifications of the whole logbook: when, what was looked at, and what was found."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from organisation.models import Noun, Role, User

KEPT = timedelta(days=365)
SILENT_AFTER = timedelta(minutes=10)  # a worker that is alive says how far it is every few seconds
MOST_FINDINGS = 500  # kept; how many there were is kept beside it


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Verifications."""

    def visible_to(self, user: User) -> Self:
        """For who watches over the logbook, and who keeps the system going."""
        sees = user.is_active and user.has_role(Role.PRIVACY_OFFICER, Role.CONTROLLER, Role.ADMINISTRATOR)
        return self if sees else self.none()

    def going_on(self) -> Self:
        """Asked for and not finished; one whose worker fell silent is not going on."""
        alive = timezone.now() - SILENT_AFTER
        return self.filter(state__in=(Verification.State.QUEUED, Verification.State.RUNNING), heard_at__gt=alive)

    def done(self) -> Self:
        """Finished, newest first."""
        return self.filter(state=Verification.State.DONE).order_by("-finished_at", "-id")

    def for_lists(self) -> Self:
        """Without what was found, with who asked."""
        return self.defer("findings", "notes").select_related("requested_by")


class Verification(Noun):
    """One time that every line was held against its digest, its checkpoint, and the seals outside the database."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    # Nobody when the clock asked for it.
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    checkpoints = models.PositiveIntegerField(_("checkpoints"), default=0)
    lines = models.PositiveIntegerField(_("sealed lines"), default=0)
    not_sealed = models.PositiveIntegerField(_("not sealed yet"), default=0)
    erased = models.PositiveIntegerField(_("erased lines"), default=0)
    milliseconds = models.PositiveIntegerField(_("duration"), default=0)
    found = models.PositiveIntegerField(_("findings"), default=0)
    findings = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("verification of the logbook")
        verbose_name_plural = _("verifications of the logbook")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | Q(state__in=("queued", "running"), finished_at__isnull=True),
                name="verification_finished_when_over",
            ),
        )

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.requested_at), "j F Y H:i")

    @property
    def is_sound(self) -> bool:
        """Whether it was done and nothing was found."""
        return self.state == self.State.DONE and not self.found

    @property
    def is_stalled(self) -> bool:
        """Not finished, and its worker fell silent."""
        open_yet = self.state in (self.State.QUEUED, self.State.RUNNING)
        return open_yet and self.heard_at <= timezone.now() - SILENT_AFTER

    @property
    def seconds(self) -> Any:
        """How long it took."""
        return self.milliseconds / 1000

    def get_absolute_url(self) -> str:
        """What was found."""
        return reverse("accountability:verification", args=[self.pk])
