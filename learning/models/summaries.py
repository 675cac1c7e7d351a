"""Summaries: the counts of each figure of the dashboard that the cube cannot give, by month, team and policy domain."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import PolicyDomain, Team

from .cube import CubeQuerySet

PLACE = ("period", "team", "policy_domain", "table", "value")
NUMBERS = ("number", "cents", "squares")


class Table(models.TextChoices):
    """What is summed up."""

    CAUSES = "causes", _("Causes")
    LIFE_DOMAINS = "life_domains", _("Life domains")
    STRUCTURAL = "structural", _("Incident or structural")
    TIMES = "times", _("Time until the answer")
    COSTS = "costs", _("Costs")
    PRACTICE = "practice", _("Two practices")


class SummaryCell(models.Model):
    """How often one value of one table came up. Costs have a sum too, and the sum of their squares in whole euros."""

    id = models.BigAutoField(primary_key=True)
    period = models.PositiveIntegerField(_("month"), help_text="yyyymm, Europe/Amsterdam")
    table = models.CharField(_("figure"), max_length=12, choices=Table.choices)
    value = models.CharField(max_length=30, blank=True)
    number = models.PositiveIntegerField(default=0)
    cents = models.PositiveBigIntegerField(default=0)
    squares = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period} {self.table} {self.value}"


class Summary(SummaryCell):
    """A row of the generation it belongs to: derived, never typed; no foreign key constraints, as in the cube."""

    generation = models.PositiveIntegerField()
    team = models.ForeignKey(Team, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    policy_domain = models.ForeignKey(
        PolicyDomain, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    objects = CubeQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("generation", *PLACE), name="summary_cell_once"),)


class KeptSummary(SummaryCell):
    """What is left in the summaries of cases and deviations that were destroyed: counts, and nothing else."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, db_index=False, related_name="+")
    policy_domain = models.ForeignKey(PolicyDomain, on_delete=models.PROTECT, db_index=False, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("summary of what was destroyed")
        verbose_name_plural = _("summaries of what was destroyed")
        constraints = (models.UniqueConstraint(fields=PLACE, name="kept_summary_once"),)
