"""What makes a deviation different from the precedents, when most of these went the other way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Noun

from .deviations import Deviation


class Distinction(Noun):
    """Said by the author before sending in, or by whoever decides; kept with the precedents as they were then."""

    class Side(models.TextChoices):
        """Who said it."""

        AUTHOR = "author", _("The author")
        DECIDER = "decider", _("Who decided")

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="distinctions")
    side = models.CharField(max_length=10, choices=Side.choices)
    text = models.TextField(_("what makes this one different?"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty while the author is still writing; from then on nothing here changes.
    said_at = models.DateTimeField(null=True, blank=True)
    precedents = models.JSONField(_("precedents"), default=list, blank=True, help_text="ids, the nearest first")
    agreed = models.PositiveSmallIntegerField(_("agreed"), default=0)
    refused = models.PositiveSmallIntegerField(_("refused"), default=0)

    class Meta:
        ordering = ("said_at", "id")
        verbose_name = _("distinction")
        verbose_name_plural = _("distinctions")
        constraints = (
            models.UniqueConstraint(
                fields=("deviation", "side"), condition=Q(said_at__isnull=True), name="distinction_written_once"
            ),
            models.CheckConstraint(condition=Q(said_at__isnull=True) | ~Q(text=""), name="distinction_said_has_text"),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_side_display()}"

    @property
    def counted(self) -> int:
        """How many precedents were counted."""
        return self.agreed + self.refused
