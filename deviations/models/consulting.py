"""Asking advice about a deviation: of a colleague, of the team without names, or of a lawyer; and what they said."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deviations.rules.advising import Kind, View
from deviations.workflow import ASKABLE, AdviceState
from organisation.kernel.asking import ExistsByRow
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, Team, User

from .deviations import Deviation


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations by who is asked and who may read them."""

    def open(self) -> Self:
        """Those that somebody may still answer."""
        return self.filter(state=AdviceState.ASKED, deviation__state__in=ASKABLE)

    def awaiting_advice_of(self, user: User) -> Self:
        """Open ones put to this person or to their team, which they have not answered; never their own."""
        if not user.is_active:
            return self.none()
        answered = Opinion.objects.filter(consultation=OuterRef("pk"), by__in=user.accounts)
        asked = self.open().filter(Q(asked=user) | Q(team__in=user.standing.works_in))
        return asked.exclude(author__in=user.accounts).exclude(Exists(answered))

    def answered_by(self, user: User) -> Self:
        """Those this person gave an opinion on."""
        return self.filter(Exists(Opinion.objects.filter(consultation=OuterRef("pk"), by=user)))

    def visible_to(self, user: User) -> Self:
        """The author; who is asked, as long as it is asked; and who answered, to hear what was done with it."""
        if not user.is_active:
            return self.none()
        answered = Opinion.objects.filter(consultation=OuterRef("pk"), by=user)
        asked = Q(asked=user) | Q(team__in=user.standing.works_in)
        is_open = Q(state=AdviceState.ASKED, deviation__state__in=ASKABLE)
        return self.filter(Q(author=user) | asked & is_open | Exists(answered))

    def story_visible_to(self, user: User) -> Self:
        """Its story names the author, so it is for who sees the deviation itself."""
        return self.filter(ExistsByRow(Deviation.objects.visible_to(user).filter(pk=OuterRef("deviation"))))

    def for_pages(self) -> Self:
        """With the rows that a page or list shows beside it."""
        return self.select_related("deviation", "author", "asked", "team")


class Consultation(Noun):
    """A question for advice about one deviation. Who is asked sees that deviation as it was then, and nothing else."""

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="consultations")
    # A copy, so that the database itself can refuse an author who advises.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("who is asked"), max_length=10, choices=Kind.choices)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("colleague")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    question = models.TextField(_("question"), blank=True)
    story = models.TextField(_("the case in short"), blank=True)
    anonymous = models.BooleanField(_("without case number, author and neighbourhood"), default=False)
    state = models.CharField(
        _("status"), max_length=10, choices=AdviceState.choices, default=AdviceState.ASKED, editable=False
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    snapshot = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    followed = models.BooleanField(_("followed"), null=True, editable=False)
    followed_why = models.TextField(_("why"), blank=True, editable=False)
    followed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConsultationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["snapshot", "digest"])

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AdviceState.values), name="consultation_state"),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | ~Q(asked=F("author")), name="consultation_not_of_author"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.TEAM, team__isnull=False, asked__isnull=True, anonymous=True)
                | Q(kind=Kind.PEER, team__isnull=True, asked__isnull=False)
                | Q(kind=Kind.LEGAL, team__isnull=True),
                name="consultation_of_whom",
            ),
            # Advice that was received elsewhere was asked elsewhere too.
            models.CheckConstraint(
                condition=~Q(question="") | Q(kind=Kind.LEGAL, asked__isnull=True), name="consultation_has_question"
            ),
            models.CheckConstraint(
                condition=Q(followed__isnull=True, followed_at__isnull=True)
                | Q(followed__isnull=False, followed_at__isnull=False, state=AdviceState.SETTLED),
                name="consultation_followed_when",
            ),
            models.CheckConstraint(
                condition=~Q(followed=False) | ~Q(followed_why=""), name="consultation_why_not_followed"
            ),
            models.UniqueConstraint(
                fields=("deviation", "asked"), condition=Q(state=AdviceState.ASKED), name="consultation_asked_once"
            ),
            models.UniqueConstraint(
                fields=("deviation", "team"), condition=Q(state=AdviceState.ASKED), name="consultation_team_once"
            ),
        )
        indexes = (
            models.Index(fields=("asked",), condition=Q(state=AdviceState.ASKED), name="consultation_of_person"),
            models.Index(fields=("team",), condition=Q(state=AdviceState.ASKED), name="consultation_of_team"),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_kind_display()}"

    @property
    def whom(self) -> str:
        """Who was asked, by name; for advice that was received: what it is."""
        if self.team:
            return gettext("team %(name)s") % {"name": self.team.name}
        return self.asked.name if self.asked else str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """The page of who is asked."""
        return reverse("deviations:consultation", args=[self.pk])


class Opinion(Noun):
    """What one colleague thinks of it, once and for all; or a legal advice that was given outside this system."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="opinions")
    # A copy, as in `Consultation`.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    in_team = models.BooleanField(_("of the team"), default=False)
    view = models.CharField(_("your opinion"), max_length=12, choices=View.choices)
    text = models.TextField(_("advice"), blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "by"), name="opinion_once_each"),
            models.CheckConstraint(condition=Q(by__isnull=True) | ~Q(by=F("author")), name="opinion_not_of_author"),
            models.CheckConstraint(condition=Q(view__in=View.values), name="opinion_view"),
            models.CheckConstraint(
                condition=Q(by__isnull=False, received_on__isnull=True, reference="")
                | Q(by__isnull=True, received_on__isnull=False) & ~Q(reference=""),
                name="opinion_here_or_received",
            ),
            models.CheckConstraint(
                condition=Q(view__in=(View.AGREES, View.CANNOT_JUDGE)) | ~Q(text=""), name="opinion_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation}: {self.get_view_display()}"
