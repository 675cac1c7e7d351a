"""What has left the teams as figures: one release of a closed quarter, and the next one when it is corrected."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.periods import Quarter
from organisation.models import Noun, Role, User


class LeftOut(models.TextChoices):
    """What had to be left out to make it safe."""

    NOTHING = "", _("Nothing")
    TEAMS = "teams", _("Teams")
    EVERYTHING = "everything", _("All figures: they are about too few people")


class FigureReleaseQuerySet(models.QuerySet["FigureRelease"]):
    """Releases of figures."""

    def visible_to(self, user: User) -> Self:
        """They are told to who reads figures of the whole municipality."""
        return self if user.is_active and user.has_role(Role.POLICY_OFFICER, Role.REPORTER) else self.none()

    def newest(self) -> Self:
        """Of each quarter the last one."""
        later = self.model._default_manager.filter(
            year=models.OuterRef("year"), quarter=models.OuterRef("quarter"), edition__gt=models.OuterRef("edition")
        )
        return self.filter(~models.Exists(later)).order_by("year", "quarter")


class FigureRelease(Noun):
    """The figures of a closed quarter, made safe once and never changed. Everything told later is made of these."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    k = models.PositiveSmallIntegerField(_("fewest households"))
    left_out = models.CharField(_("left out"), max_length=10, choices=LeftOut.choices, blank=True)
    # The whole, then each team.
    columns = models.JSONField(default=list)
    # Per table and row the figure of each column: rounded, or null where it is hidden.
    values = models.JSONField(default=dict)
    money = models.JSONField(default=dict)
    # Which of the hidden ones are small themselves: for the protection of the next edition, and told to nobody.
    small = models.JSONField(default=list)
    share_shown = models.FloatField(default=0)
    digest = models.CharField(_("digest"), max_length=64)

    objects = FigureReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-quarter", "-edition")
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        constraints = (
            models.UniqueConstraint(fields=("year", "quarter", "edition"), name="release_edition_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="release_quarter"),
            models.CheckConstraint(condition=Q(left_out__in=LeftOut.values), name="release_left_out"),
        )

    def __str__(self) -> str:
        return str(self.about.label)

    @property
    def about(self) -> Quarter:
        """The quarter it is about."""
        return Quarter(self.year, self.quarter)

    @property
    def teams(self) -> list[str]:
        """The teams it tells figures of."""
        return list(self.columns[1:])

    @property
    def places(self) -> set[tuple[str, str]]:
        """The tables and rows it tells figures of."""
        return {(table, row) for table, rows in self.values.items() for row in rows}

    @property
    def is_empty(self) -> bool:
        """Whether nothing could be told."""
        return self.left_out == LeftOut.EVERYTHING

    def told(self, table: str, row: str, column: str) -> Any:
        """A figure; None when it is hidden, 0 when it did not occur."""
        if column not in self.columns:
            return 0
        numbers = self.values.get(table, {}).get(row)
        return 0 if numbers is None else numbers[self.columns.index(column)]
