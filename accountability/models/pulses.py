"""The trust pulse: two anonymous questions. Who answered stands apart from what was answered (ADR 30, second part).

Nothing here tells when somebody answered or in which order, no key sorts by time, and no history is kept.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.workflow.blocks import PulseState
from organisation.kernel.periods import HalfYear
from organisation.models import Noun, User

# In a word, and in full.
QUESTIONS = {
    1: (_("Trusted"), _("I am trusted to do what is needed: by my manager and by the board.")),
    2: (
        _("Supported"),
        _("When I depart from a routine and explain why, I am supported, also when it turns out otherwise."),
    ),
}
LOWEST, HIGHEST = 1, 5
BOTH = "both"


class PulseQuerySet(models.QuerySet["Pulse"]):
    """Trust pulses."""

    def visible_to(self, user: User) -> Self:
        """Everybody who works here: what comes out is for all."""
        return self if user.is_active else self.none()

    def open(self) -> Self:
        """Those that can be answered."""
        return self.filter(state=PulseState.OPEN)

    def closed(self) -> Self:
        """Those that are over."""
        return self.filter(state=PulseState.CLOSED)


class Pulse(Noun):
    """The trust pulse of a half-year. What was answered is seen when it is closed, from five answers up."""

    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half"))
    state = models.CharField(_("status"), max_length=6, choices=PulseState.choices, default=PulseState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closes_on = models.DateField(_("can be answered up to and including"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    invited = models.PositiveIntegerField(_("invited"), default=0)
    answered = models.PositiveIntegerField(_("answered"), null=True)
    # Of each question, and of both: in halves. What everybody answered is not kept.
    means = models.JSONField(default=dict)

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-half")
        verbose_name = _("trust pulse")
        verbose_name_plural = _("trust pulses")
        constraints = (
            models.UniqueConstraint(fields=("year", "half"), name="pulse_once"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="pulse_half"),
            models.CheckConstraint(
                condition=Q(state=PulseState.OPEN, closed_at__isnull=True, answered__isnull=True, means={})
                | Q(state=PulseState.CLOSED, closed_at__isnull=False, answered__isnull=False),
                name="pulse_says_nothing_while_open",
            ),
        )

    def __str__(self) -> str:
        return _("Trust pulse, %(half)s") % {"half": self.period.label.lower()}

    def get_absolute_url(self) -> str:
        """The page of this pulse."""
        return reverse("accountability:pulse", args=[self.pk])

    @property
    def period(self) -> HalfYear:
        """The half-year it is about."""
        return HalfYear(self.year, self.half)

    @property
    def mean(self) -> float | None:
        """The mean over both questions, in halves; None when it is open or too few answered."""
        mean: float | None = self.means.get(BOTH)
        return mean

    @property
    def told(self) -> list[tuple[Any, Any, float | None]]:
        """Each question, in a word and in full, with its mean."""
        return [(short, words, self.means.get(str(number))) for number, (short, words) in QUESTIONS.items()]


class PulseInvitation(models.Model):
    """Who may answer, and whether they did. It goes when the pulse is closed."""

    # Random, not the keys of the house that sort by time.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pulse", "person"), name="pulse_invitation_once"),)

    def __str__(self) -> str:
        return f"{self.pulse_id} {self.answered}"


class PulseBallot(models.Model):
    """One number on one question, of nobody in particular. It goes when the pulse is closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="ballots")
    question = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(question__in=tuple(QUESTIONS)), name="pulse_ballot_question"),
            models.CheckConstraint(condition=Q(value__gte=LOWEST, value__lte=HIGHEST), name="pulse_ballot_value"),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"
