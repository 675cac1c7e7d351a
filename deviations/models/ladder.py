"""What was done because an answer did not come: reminders, and passing the request on; each of them once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.rules.reminding import Kind
from organisation.models import Noun

from .deviations import Deviation


class Rung(Noun):
    """One step of the ladder for one request; `due_at` is the promise it is about, since a request can come again."""

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="rungs")
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind.choices)
    due_at = models.DateTimeField(_("answer before"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    names = models.CharField(_("who was told"), max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        constraints = (models.UniqueConstraint(fields=("deviation", "due_at", "kind"), name="rung_once"),)

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_kind_display()}"
