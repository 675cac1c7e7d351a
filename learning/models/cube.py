"""The cube: how many deviations and uses of routines in each month, routine and team; derived, never typed."""

from typing import Any, Self

from django.db import models
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _

from cases.models import Routine
from organisation.models import PolicyDomain, Team

ONLY_ROW = 1


class CubeQuerySet(models.QuerySet[Any]):
    """Rows of the cube."""

    def current(self) -> Self:
        """Rows of the generation that is shown; asked in the same statement, so a flip in between cannot empty it."""
        return self.filter(generation=Subquery(CubeState.objects.filter(pk=ONLY_ROW).values("generation")))

    def of_months(self, first: int, last: int) -> Self:
        """Rows from one month to another, both included, as 202611."""
        return self.filter(period__gte=first, period__lte=last)


class CubeState(models.Model):
    """Which generation is shown, how often figures changed, and up to when the logbook was followed: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    generation = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    # Events up to here are in the figures; whoever follows reads somewhat before it again.
    watermark = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(_("updated"), null=True)
    # Lines of the logbook inside that overlap that asked for whole months and were done.
    handled = models.JSONField(default=list)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=ONLY_ROW), name="cube_state_one_row"),)

    def __str__(self) -> str:
        return f"{self.generation}.{self.version}"

    @classmethod
    def now(cls) -> "CubeState":
        """The state at this moment; generation 0 when nothing was ever counted."""
        return cls.objects.filter(pk=ONLY_ROW).first() or cls(pk=ONLY_ROW)

    @classmethod
    def locked(cls) -> "CubeState":
        """The state, held until the transaction ends: one change of the figures at a time."""
        cls.objects.get_or_create(pk=ONLY_ROW)
        return cls.objects.select_for_update(of=("self",)).get(pk=ONLY_ROW)


class Cell(models.Model):
    """What every row of the cube is about.

    A running number as key, since the rows are made by the database itself (INSERT … SELECT). No foreign key
    constraints: the rows are copies of rows that have them, and checking them again would double the time of a run.
    """

    id = models.BigAutoField(primary_key=True)
    generation = models.PositiveIntegerField()
    period = models.PositiveIntegerField(_("month"), help_text="yyyymm, Europe/Amsterdam")
    routine = models.ForeignKey(
        Routine, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    team = models.ForeignKey(Team, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    policy_domain = models.ForeignKey(
        PolicyDomain, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    objects = CubeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period} {self.routine_id} {self.team_id}"


class Cube(Cell):
    """Deviations that are alike in everything we count by."""

    kind = models.CharField(_("kind"), max_length=10)
    answer = models.CharField(_("answer"), max_length=24, blank=True)
    outcome = models.CharField(_("did it help?"), max_length=10, blank=True)
    source_type = models.CharField(_("kind of source"), max_length=20)
    weight = models.CharField(_("weight"), max_length=1)
    deviations = models.PositiveIntegerField(_("deviations"))
    amount_cents = models.PositiveBigIntegerField(_("extra cost"))
    avoided_cents = models.PositiveBigIntegerField(_("avoided cost"))
    lead_minutes = models.PositiveBigIntegerField(_("minutes until the answer, together"))
    lead_count = models.PositiveIntegerField(_("how many have such a time"))

    class Meta:
        constraints = (
            # Also the index that every reader uses: generation, then months, then routine and team.
            models.UniqueConstraint(
                fields=(
                    "generation", "period", "routine", "team", "policy_domain",
                    "kind", "answer", "outcome", "source_type", "weight",
                ),
                name="cube_cell_once",
            ),
        )  # fmt: skip


class CubeUse(Cell):
    """How often a routine was applied: the denominator of every rate."""

    class Source(models.TextChoices):
        """Who counted."""

        CASES = "cases", _("Cases here")
        REPORTED = "reported", _("Monthly totals reported")

    source = models.CharField(max_length=10, choices=Source.choices)
    uses = models.PositiveIntegerField(_("uses"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("generation", "period", "routine", "team", "policy_domain", "source"), name="cube_use_once"
            ),
        )
