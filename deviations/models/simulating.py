"""Trying a space on the past: what was asked, how far it is, and what came of it."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Noun, User

from .spaces import DiscretionarySpace

MONTHS = (3, 6, 12, 24)
SILENT_AFTER = timedelta(minutes=10)  # a worker that is alive says how far it is every few seconds


class SimulationQuerySet(models.QuerySet["Simulation"]):
    """Replays by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """For managers of the team: they give the room."""
        return self.filter(space__team__in=user.standing.leads) if user.is_active else self.none()

    def asked(self, *, space: DiscretionarySpace, months: int, against: DiscretionarySpace | None) -> Self:
        """The same question, newest first."""
        return self.filter(space=space, months=months, against=against).order_by("-requested_at", "-id")

    def going_on(self) -> Self:
        """Asked for and not finished; one whose worker fell silent is not going on."""
        alive = timezone.now() - SILENT_AFTER
        return self.filter(state__in=(Simulation.State.QUEUED, Simulation.State.RUNNING), heard_at__gt=alive)


class Simulation(Noun):
    """One replay of the deviations of a team against a space, beside another space or alone."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="simulations")
    against = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, null=True, related_name="+")
    months = models.PositiveSmallIntegerField(_("how far back, in months"))
    # What was replayed: when a space has another version now, the page says so.
    space_version = models.PositiveIntegerField(default=0)
    against_version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    rows_total = models.PositiveIntegerField(_("deviations"), default=0)
    rows_done = models.PositiveIntegerField(_("deviations replayed"), default=0)
    result = models.JSONField(_("result"), null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial run")
        verbose_name_plural = _("trial runs")
        indexes = (models.Index(fields=("space", "months", "-requested_at"), name="simulation_asked"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="done", result__isnull=False, finished_at__isnull=False) | ~Q(state="done"),
                name="simulation_done_has_result",
            ),
            models.CheckConstraint(condition=Q(months__in=MONTHS), name="simulation_months"),
        )

    def __str__(self) -> str:
        return f"{self.space} ({self.months})"

    def get_absolute_url(self) -> str:
        """The page where it is shown."""
        query = f"?months={self.months}" + (f"&against={self.against_id}" if self.against_id else "")
        return reverse("deviations:simulate", args=[self.space_id]) + query
