"""What happens around a space: it was looked back on, somebody was reminded, and what it stopped."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun

from .deviations import Deviation
from .spaces import DiscretionarySpace


class Verdict(models.TextChoices):
    """What comes of a space that was looked back on."""

    KEEP = "keep", _("Keep it as it is")
    CHANGE = "change", _("Change it")
    WIDEN = "widen", _("Make it wider")
    NARROW = "narrow", _("Make it narrower")
    STOP = "stop", _("Stop: the space is withdrawn")


class SpaceEvaluation(Noun):
    """One look back on a space: the figures as they stood, and what comes of it. Never changed, only followed."""

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="evaluations")
    verdict = models.CharField(_("what comes of it?"), max_length=10, choices=Verdict.choices)
    words = models.TextField(_("why?"))
    figures = models.JSONField()
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("evaluation of a space")
        verbose_name_plural = _("evaluations of spaces")
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="space_evaluation_verdict"),
            models.CheckConstraint(condition=~Q(words=""), name="space_evaluation_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.space}: {self.get_verdict_display()}"


class SpaceReminder(Noun):
    """That its managers were told: the space ends soon, or its look back is due; once for each such day."""

    class Kind(models.TextChoices):
        """What they were told."""

        ENDS = "ends", _("It ends soon")
        EVALUATE = "evaluate", _("The look back is due")

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.DateField(_("about the day"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder about a space")
        verbose_name_plural = _("reminders about spaces")
        constraints = (models.UniqueConstraint(fields=("space", "kind", "about"), name="space_reminder_once"),)

    def __str__(self) -> str:
        return f"{self.space}: {self.get_kind_display()}"


class SpaceStop(Noun):
    """A limit at which a space stopped something that was sent in, and was meant for it; for the look back."""

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="stops")
    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="+")
    limit = models.CharField(_("limit"), max_length=40)

    class Meta:
        verbose_name = _("limit that stopped something")
        verbose_name_plural = _("limits that stopped something")
        constraints = (models.UniqueConstraint(fields=("space", "deviation", "limit"), name="space_stop_once"),)

    def __str__(self) -> str:
        return f"{self.space}: {self.limit}"
