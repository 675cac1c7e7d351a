"""What follows a deviation: the conversation, the decision, and whether it helped."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.models import Noun

from .deviations import Answer, Deviation, Outcome, Structural
from .spaces import DiscretionarySpace


class Message(Noun):
    """One line of the conversation about a request."""

    class Kind(models.TextChoices):
        """Why something was said."""

        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="message_has_text"),)

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_kind_display()}"


class Decision(Noun):
    """A final answer, by a person or by a space, with what was decided on. Never changed; at most voided."""

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="decisions")
    answer = models.CharField(_("answer"), max_length=24, choices=Answer.choices)
    reasons = models.TextField(_("reasons"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    alternative = models.TextField(_("what can be done instead"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    role = models.CharField(_("in the role of"), max_length=20, blank=True)
    # A copy, so that the database itself can refuse an author who decides.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(DiscretionarySpace, on_delete=models.PROTECT, null=True, related_name="decisions")
    at = models.DateTimeField(_("when"), default=timezone.now)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.UniqueConstraint(
                fields=("deviation",), condition=Q(voided_at__isnull=True), name="decision_final_once"
            ),
            models.CheckConstraint(condition=Q(by__isnull=True) | ~Q(by=F("author")), name="decision_not_by_author"),
            models.CheckConstraint(
                condition=Q(answer=Answer.BY_SPACE, space__isnull=False, by__isnull=True)
                | ~Q(answer=Answer.BY_SPACE) & Q(space__isnull=True, by__isnull=False),
                name="decision_by_person_or_space",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | ~Q(reasons=""), name="decision_refusal_has_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.AGREED_WITH_CONDITIONS) | ~Q(conditions=""), name="decision_has_conditions"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_answer_display()}"


class Evaluation(Noun):
    """Some weeks later: did it help?"""

    deviation = models.OneToOneField(Deviation, on_delete=models.CASCADE, related_name="evaluation")
    helped = models.CharField(_("did it help?"), max_length=10, choices=Outcome.choices)
    residents_opinion = models.TextField(_("what does the resident say?"), blank=True)
    real_cents = models.PositiveBigIntegerField(_("what did it really cost?"), null=True, blank=True)
    otherwise = models.TextField(_("what would have happened otherwise?"), blank=True)
    structural = models.CharField(_("incident or structural?"), max_length=10, choices=Structural.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_helped_display()}"
