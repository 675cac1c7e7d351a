"""A proposal for a space: what a caseworker asks for, the conversation about it, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine
from deviations.rules.answering import PassedOn
from deviations.workflow.proposals import AskState
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, Team, User

from .deviations import Deviation
from .spaces import DiscretionarySpace

ANSWERED = (AskState.GRANTED, AskState.GRANTED_DIFFERENTLY, AskState.DECLINED)


def _turns_to(user: User) -> Q:
    """Of the teams they lead or stand in for; of others from when it was passed on to them."""
    standing = user.standing
    turns = Q(team__in=standing.answers)
    if standing.backs:
        turns |= Q(team__in=standing.backs, passed_on__gte=PassedOn.DEPUTY)
    if standing.above:
        turns |= Q(team__in=standing.above, passed_on__gte=PassedOn.SUPERIOR)
    return turns


class SpaceRequestQuerySet(models.QuerySet["SpaceRequest"]):
    """Proposals by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """For who proposed it, for managers of the team, and for who answers in their place."""
        if not user.is_active:
            return self.none()
        answers = _turns_to(user) & Q(state=AskState.ASKED)
        return self.filter(Q(author=user) | Q(team__in=user.standing.leads) | answers | Q(answered_by=user))

    def open(self) -> Self:
        """Not answered and not withdrawn."""
        return self.filter(state__in=(AskState.ASKED, AskState.RETURNED))

    def awaiting_answer_of(self, user: User) -> Self:
        """Proposals this manager can answer, for their team or in somebody's place; never their own."""
        waiting = self.filter(_turns_to(user), state=AskState.ASKED).exclude(author__in=user.accounts)
        return waiting.order_by("due_at", "pk")

    def late_for(self, author: User) -> Self:
        """Own proposals whose answer did not come in time."""
        return self.filter(author=author, state=AskState.ASKED, due_at__lt=timezone.now())

    def returned_to(self, user: User) -> Self:
        """Own proposals with a question to answer."""
        return self.filter(state=AskState.RETURNED, author=user)

    def for_pages(self) -> Self:
        """With the rows that a page or list shows beside it."""
        return self.select_related("author", "team", "answered_by", "space", "deviation").prefetch_related("routines")


class SpaceRequest(Noun):
    """Room that a caseworker asks for: for which routines, how far in plain words, how much money, until when."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    why = models.TextField(_("why is this room needed?"))
    limits = models.TextField(_("where should it stop?"), blank=True)
    routines = models.ManyToManyField(Routine, related_name="+", verbose_name=_("routines"))
    cents_per_deviation = models.PositiveBigIntegerField(_("amount per deviation"), null=True, blank=True)
    cents_per_month = models.PositiveBigIntegerField(_("amount per month"), null=True, blank=True)
    until = models.DateField(_("until when"), null=True, blank=True)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    deviation = models.ForeignKey(Deviation, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("status"), max_length=20, choices=AskState.choices, default=AskState.ASKED)
    asked_at = models.DateTimeField(_("proposed"), default=timezone.now)
    due_at = models.DateTimeField(_("answer before"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True)
    passed_on = models.PositiveSmallIntegerField(
        _("passed on"), choices=PassedOn.choices, default=PassedOn.NOT, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    reasons = models.TextField(_("reasons"), blank=True)
    alternative = models.TextField(_("what can be done instead"), blank=True)
    # The draft that a manager makes of it; once that is granted, the answer.
    space = models.OneToOneField(
        DiscretionarySpace, on_delete=models.PROTECT, null=True, related_name="asked", verbose_name=_("space")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpaceRequestQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[routines])

    class Meta:
        ordering = ("-asked_at", "-id")
        verbose_name = _("proposal for a space")
        verbose_name_plural = _("proposals for a space")
        indexes = (models.Index(fields=("team", "state", "due_at"), name="space_request_queue"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="space_request_state"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("author")),
                name="space_request_author_never_answers",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_by__isnull=False, answered_at__isnull=False)
                | ~Q(state__in=ANSWERED) & Q(answered_by__isnull=True, answered_at__isnull=True),
                name="space_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AskState.GRANTED, AskState.GRANTED_DIFFERENTLY)) | Q(space__isnull=False),
                name="space_request_granted_has_space",
            ),
            models.CheckConstraint(
                condition=~Q(state=AskState.DECLINED) | ~Q(reasons=""), name="space_request_declined_has_reasons"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """The page of this proposal."""
        return reverse("deviations:space-request", args=[self.pk])


class SpaceRequestMessage(Noun):
    """One line of the conversation about a proposal."""

    class Kind(models.TextChoices):
        """Why something was said."""

        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")

    asked = models.ForeignKey(SpaceRequest, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("message about a proposal")
        verbose_name_plural = _("messages about proposals")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="space_request_message_has_text"),)

    def __str__(self) -> str:
        return f"{self.asked}: {self.get_kind_display()}"
