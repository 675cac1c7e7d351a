"""The objection of a manager to what a space agreed to: the decision no longer counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.rules.answering import ActingAs
from organisation.models import Noun

from .following_up import Decision


class Objection(Noun):
    """Why a manager, or who stands in for one, objected to the use of a space within the time for it."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="objection")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    role = models.CharField(_("in the role of"), max_length=20, choices=ActingAs.choices)
    reasons = models.TextField(_("reasons"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = (models.CheckConstraint(condition=~Q(reasons=""), name="objection_has_reasons"),)

    def __str__(self) -> str:
        return f"{self.decision}: {self.by}"
