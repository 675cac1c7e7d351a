"""From requests to a space: which requests were answered together with one general space, and what came of each."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Noun, User

from .deviations import Deviation
from .spaces import DiscretionarySpace


class GeneralisationQuerySet(models.QuerySet["Generalisation"]):
    """Answers to many requests, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """For managers of the team of the space."""
        return self.filter(space__team__in=user.standing.leads) if user.is_active else self.none()


class Generalisation(Noun):
    """One answer to a number of alike requests, with the space that was made of them."""

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="generalisations")
    action = models.CharField(_("answer"), max_length=24)
    reasons = models.TextField(_("reasons"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = GeneralisationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("answer to many requests")
        verbose_name_plural = _("answers to many requests")

    def __str__(self) -> str:
        return str(self.space)

    def get_absolute_url(self) -> str:
        """What came of each request."""
        return reverse("deviations:generalised", args=[self.pk])


class GeneralAnswer(Noun):
    """What came of one of these requests; empty until it was its turn."""

    class Result(models.TextChoices):
        """Agreed to, or passed over with the reason."""

        AGREED = "agreed", _("Agreed")
        SKIPPED = "skipped", _("Passed over")

    generalisation = models.ForeignKey(Generalisation, on_delete=models.CASCADE, related_name="answers")
    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="+")
    # The version that was read: nobody agrees to a text unseen.
    version = models.PositiveIntegerField()
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, blank=True)
    reason = models.TextField(_("why it was passed over"), blank=True)

    class Meta:
        ordering = ("deviation__number",)
        verbose_name = _("answer to one of many requests")
        verbose_name_plural = _("answers to one of many requests")
        constraints = (
            models.UniqueConstraint(fields=("generalisation", "deviation"), name="general_answer_once"),
            models.CheckConstraint(
                condition=Q(result="skipped") & ~Q(reason="") | ~Q(result="skipped") & Q(reason=""),
                name="general_answer_skipped_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_result_display()}"
