"""Who stands in for a manager who is away: from a day up to the first day back."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords

from .base import Noun
from .people import User


class DeputisingQuerySet(models.QuerySet["Deputising"]):
    """Who stands in for whom, and when."""

    def visible_to(self, user: User) -> Self:
        """One's own absences and those one stands in for; administrators see them all."""
        if not user.is_active:
            return self.none()
        return self if user.has_role("administrator") else self.filter(Q(absent=user) | Q(deputy=user))

    def current(self, on: date | None = None) -> Self:
        """Those that hold on that day (default: today), of people who both work here."""
        day = on or timezone.localdate()
        return self.filter(since__lte=day, until__gt=day, absent__is_active=True, deputy__is_active=True)

    def not_over(self, on: date | None = None) -> Self:
        """Those that hold or are still to begin; what was ended on its first day never held."""
        return self.filter(until__gt=on or timezone.localdate()).exclude(until=F("since"))


class Deputising(Noun):
    """A manager is away, and another manager answers for them: until the day before `until`, the first day back."""

    absent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who is away"))
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deputises", verbose_name=_("deputy"))
    since = models.DateField(_("away from"))
    until = models.DateField(_("first day back"))
    reason = models.CharField(_("why"), max_length=200, blank=True)

    objects = DeputisingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-since", "-id")
        verbose_name = _("deputising")
        verbose_name_plural = _("deputising")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="deputising_dates"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="deputising_by_somebody_else"),
        )
        indexes = (models.Index(fields=("deputy", "until"), name="deputising_deputy"),)

    def __str__(self) -> str:
        return f"{self.deputy} / {self.absent}"
