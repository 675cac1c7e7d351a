"""What follows a deviation: the conversation, the decision, and whether it helped."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from deviations.rules.answering import ActingAs
from deviations.rules.looking_back import FIRST, SECOND
from deviations.rules.weighing import Weight
from organisation.kernel.asking import ExistsByRow
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, User

from .consulting import Consultation
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


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by who may read them and whether they count."""

    def final(self) -> Self:
        """Those that count."""
        return self.filter(voided_at__isnull=True)

    def voided(self) -> Self:
        """Those that no longer count, because what was decided on was changed; the last one first."""
        return self.filter(voided_at__isnull=False).order_by("-voided_at", "-at")

    def visible_to(self, user: User) -> Self:
        """With their deviation. A voided one also while the author writes the new text, which only they see:

        whoever sees the case, leads the team or stands in for who does could read it when it was decided on.
        """
        if not user.is_active:
            return self.none()
        sees_case = ExistsByRow(Case.objects.visible_to(user).filter(pk=OuterRef("deviation__case")))
        sees_it = ExistsByRow(Deviation.objects.visible_to(user).filter(pk=OuterRef("deviation")))
        reads = sees_case | Q(deviation__team__in=user.standing.answers)
        return self.filter(Q(sees_it) | Q(voided_at__isnull=False) & reads)


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
    role = models.CharField(_("in the role of"), max_length=20, blank=True, choices=ActingAs.choices)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("on behalf of")
    )
    # A copy, so that the database itself can refuse an author who decides.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(DiscretionarySpace, on_delete=models.PROTECT, null=True, related_name="decisions")
    # Of a space: until when the manager may object, and the position of its slider sight, for the draw of reviews.
    objection_until = models.DateTimeField(_("objection until"), null=True, blank=True)
    sight = models.PositiveSmallIntegerField(_("sight"), null=True, blank=True)
    # A copy, so that the database can ask for what the heaviest weight needs; empty for what was decided before that.
    weight = models.CharField(_("weight"), max_length=1, choices=Weight.choices, blank=True)
    legal_advice = models.ForeignKey(
        Consultation, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name=_("legal advice")
    )
    board_on = models.DateField(_("the executive board decided on"), null=True, blank=True)
    board_reference = models.CharField(_("reference of the decision of the board"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = (
            models.Index(
                fields=("objection_until",), condition=Q(objection_until__isnull=False), name="decision_objection"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("deviation",), condition=Q(voided_at__isnull=True), name="decision_final_once"
            ),
            models.CheckConstraint(condition=Q(by__isnull=True) | ~Q(by=F("author")), name="decision_not_by_author"),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("author")),
                name="decision_not_on_behalf_of_author",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.BY_SPACE, space__isnull=False, by__isnull=True)
                | ~Q(answer=Answer.BY_SPACE) & Q(space__isnull=True, by__isnull=False),
                name="decision_by_person_or_space",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | ~Q(reasons=""), name="decision_refusal_has_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(weight=Weight.D)
                | Q(answer=Answer.REFUSED)
                | Q(board_on__isnull=False, legal_advice__isnull=False) & ~Q(board_reference=""),
                name="decision_d_has_board_and_advice",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.AGREED_WITH_CONDITIONS) | ~Q(conditions=""), name="decision_has_conditions"
            ),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="decision_keeps_its_answer"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(voided_at__gte=F("at")), name="decision_voided_afterwards"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_answer_display()}"

    def get_absolute_url(self) -> str:
        """The page that shows what was decided on."""
        return reverse("deviations:decision", args=[self.pk])


class SecondRequest(Noun):
    """A request made anew, on a changed text, after a refusal. The refusal stays as it is, also in the figures."""

    deviation = models.OneToOneField(Deviation, on_delete=models.CASCADE, related_name="second_request")
    refusal = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="asked_again")
    reasons = models.TextField(_("why it was changed"), blank=True)

    class Meta:
        verbose_name = _("second request")
        verbose_name_plural = _("second requests")

    def __str__(self) -> str:
        return str(self.deviation)


class Asked(Noun):
    """Somebody was asked whether it helped: the first or the second time, about one decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="asked")
    time = models.PositiveSmallIntegerField(_("which time"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("asking whether it helped")
        verbose_name_plural = _("askings whether it helped")
        constraints = (
            models.UniqueConstraint(fields=("decision", "time"), name="asked_once"),
            models.CheckConstraint(condition=Q(time__in=(FIRST, SECOND)), name="asked_twice_at_most"),
        )

    def __str__(self) -> str:
        return f"{self.decision}: {self.time}"


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

    @property
    def more_cents(self) -> int | None:
        """What it cost more than was expected, in cents; below zero when it was less, None when nobody knows."""
        return None if self.real_cents is None else self.real_cents - self.deviation.amount_cents

    @property
    def less_cents(self) -> int | None:
        """The other way round."""
        return None if self.more_cents is None else -self.more_cents
