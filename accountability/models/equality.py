"""Frozen comparisons of how comparable requests were answered: one edition or more for each half-year."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.periods import HalfYear
from organisation.models import Noun, Role, User


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Comparisons."""

    def visible_to(self, user: User) -> Self:
        """Those who look after equal treatment, and managers, who see their own team beside the rest."""
        sees = user.is_active and user.has_role(Role.POLICY_OFFICER, Role.REPORTER, Role.CONTROLLER, Role.MANAGER)
        return self if sees else self.none()

    def newest(self) -> Self:
        """Of each half-year the last edition, the newest half first."""
        later = type(self)(self.model).filter(
            year=models.OuterRef("year"), half=models.OuterRef("half"), edition__gt=models.OuterRef("edition")
        )
        return self.filter(~models.Exists(later)).order_by("-year", "-half")


class Comparison(Noun):
    """What was agreed and refused in a half-year that is over, fit to leave the teams. It never changes."""

    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    figures = models.JSONField(_("figures"))
    digest = models.CharField(_("digest"), max_length=64)
    cut_off = models.DateTimeField(_("figures as of"), default=timezone.now)
    note = models.TextField(_("why it was counted again"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-half", "-edition")
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        constraints = (
            models.UniqueConstraint(fields=("year", "half", "edition"), name="comparison_edition_once"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="comparison_half"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(note=""), name="comparison_again_has_note"),
        )

    def __str__(self) -> str:
        return str(self.period.label)

    @property
    def period(self) -> HalfYear:
        """The half-year it is about."""
        return HalfYear(self.year, self.half)
