"""Routines applied in cases: what every rate is divided by."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, Team

from .casefile import Case
from .routines import Routine, RoutineVersion


class RoutineUse(Noun):
    """A routine applied in a case: the denominator of every rate."""

    class Outcome(models.TextChoices):
        """What was done with the routine."""

        FOLLOWED = "followed", _("Followed")
        DEVIATED = "deviated", _("Departed from")
        CONSIDERED = "considered", _("Considered, followed after all")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="routine_uses")
    routine_version = models.ForeignKey(RoutineVersion, on_delete=models.PROTECT, verbose_name=_("routine"))
    # Copies that never change, so that counting needs one table.
    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="uses")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField(_("applied on"), default=timezone.localdate)
    period = models.PositiveIntegerField(_("month"), help_text="yyyymm, Europe/Amsterdam")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.FOLLOWED)

    history = HistoricalRecords()

    class Meta:
        ordering = ("applied_on",)
        verbose_name = _("use of a routine")
        verbose_name_plural = _("uses of routines")
        constraints = (models.UniqueConstraint(fields=("case", "routine_version"), name="routine_use_once"),)
        indexes = (models.Index(fields=("period", "routine", "team"), name="routine_use_count"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.routine_version}"

    @property
    def look(self) -> str:
        """The kind of deviation that this outcome comes from, which has a colour of its own."""
        return {"deviated": "made", "considered": "considered"}.get(self.outcome, "routine")


class RoutineUseTotal(Noun):
    """How often a routine was applied by a team in a month, as reported from outside, without cases."""

    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="totals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(_("month"), help_text="yyyymm")
    uses = models.PositiveIntegerField(_("uses"))
    source = models.UUIDField(_("import"), null=True)

    class Meta:
        verbose_name = _("monthly use of a routine")
        verbose_name_plural = _("monthly uses of routines")
        constraints = (models.UniqueConstraint(fields=("period", "routine", "team"), name="routine_total_once"),)

    def __str__(self) -> str:
        return f"{self.routine} {self.period}: {self.uses}"
