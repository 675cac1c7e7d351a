"""Rounds of reviews: what was drawn, who looks at it, what they found, and what the author says to that."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.permissions import reviewing as permissions
from accountability.workflow.reviewing import ReviewState, RoundAction, RoundState
from deviations.models import Decision, Deviation
from deviations.rules.weighing import Weight
from learning.models import Signal
from organisation.models import Noun, Role, Team, User


class RoundQuerySet(models.QuerySet["ReviewRound"]):
    """Rounds by who may see them."""

    def visible_to(self, user: User) -> Self:
        """The report of a closed round is for everybody who works here; a running one for who follows it."""
        if not user.is_active:
            return self.none()
        follows = permissions.answer_with_round(user, RoundAction.FOLLOW)
        return self if follows else self.filter(state=RoundState.CLOSED)

    def running(self) -> Self:
        """Those in which is still being reviewed."""
        return self.filter(state=RoundState.RUNNING)


class ReviewRound(Noun):
    """A sample of what spaces agreed to between two days, drawn by a seed that anybody can repeat it with."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    since = models.DateField(_("from"), unique=True)
    until = models.DateField(_("up to and including"), unique=True)
    seed = models.CharField(_("seed"), max_length=64)
    # Per stratum: team, its name, weight, sight, decided, drawn
    frame = models.JSONField(_("what was drawn from"))
    state = models.CharField(
        _("status"), max_length=10, choices=RoundState.choices, default=RoundState.RUNNING, editable=False
    )
    due_on = models.DateField(_("answer before"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("drawn by")
    )
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)
    report = models.JSONField(_("report"), null=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-since",)
        verbose_name = _("round of reviews")
        verbose_name_plural = _("rounds of reviews")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="round_dates"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state"),
            models.CheckConstraint(condition=~Q(seed=""), name="round_has_seed"),
            models.CheckConstraint(
                condition=Q(state=RoundState.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(digest="")
                | Q(state=RoundState.RUNNING, closed_at__isnull=True, closed_by__isnull=True, digest=""),
                name="round_closed_with_report",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of this round."""
        return reverse("accountability:review-round", args=[self.pk])


class Verdict(models.TextChoices):
    """What a reviewer thinks of it."""

    SOUND = "sound", _("Sound")
    LESSON = "lesson", _("Sound, with a lesson")
    NOT_SOUND = "not_sound", _("Not sound")


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """The reviewer; internal control; and once it is given: the author, and who leads the team."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.CONTROLLER):
            return self
        given = Q(author=user) | Q(team__in=user.standing.leads)
        return self.filter(Q(reviewer=user) | ~Q(state=ReviewState.ASKED) & given)

    def waiting(self) -> Self:
        """Not answered yet, in a round that runs."""
        return self.filter(state=ReviewState.ASKED, round__state=RoundState.RUNNING)

    def asked_of(self, user: User) -> Self:
        """What this person must review, the first due first."""
        return self.waiting().filter(reviewer=user).order_by("due_on", "place")

    def about(self, user: User) -> Self:
        """What was said of this person's own deviations, the last first."""
        return self.filter(author=user).exclude(state=ReviewState.ASKED).order_by("-answered_at", "pk")

    def for_pages(self) -> Self:
        """With the rows that a page or list shows beside it."""
        return self.select_related("round", "deviation__routine", "reviewer", "author", "team", "signal")


class Review(Noun):
    """One use of space that was drawn, and what its reviewer says of it. Answered once; the author may respond once."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="reviews")
    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="reviews")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="review")
    # Copies, so that the database itself can refuse who had a part in it.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("reviewer")
    )
    # Who stepped aside or was not heard of; it does not come back to them.
    had_before = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    weight = models.CharField(_("weight"), max_length=1, choices=Weight.choices)
    sight = models.PositiveSmallIntegerField(_("sight"))
    place = models.PositiveIntegerField(_("place in the draw"))
    state = models.CharField(
        _("status"), max_length=10, choices=ReviewState.choices, default=ReviewState.ASKED, editable=False
    )
    due_on = models.DateField(_("answer before"))
    answer = models.CharField(_("answer"), max_length=10, choices=Verdict.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    response = models.TextField(_("response of the author"), blank=True)
    responded_at = models.DateTimeField(_("responded"), null=True)
    # What a lesson became in learning.
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")), name="review_not_by_author"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(decider__isnull=True) | ~Q(reviewer=F("decider")),
                name="review_not_by_decider",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.ASKED, answer="", answered_at__isnull=True)
                | Q(state__in=(ReviewState.ANSWERED, ReviewState.RESPONDED), answer__in=Verdict.values)
                & Q(answered_at__isnull=False, reviewer__isnull=False),
                name="review_answer_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=(Verdict.LESSON, Verdict.NOT_SOUND)) | ~Q(reasons=""), name="review_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.RESPONDED, responded_at__isnull=False) & ~Q(response="")
                | ~Q(state=ReviewState.RESPONDED) & Q(responded_at__isnull=True, response=""),
                name="review_response_fits_state",
            ),
            models.UniqueConstraint(fields=("round", "place"), name="review_place_once"),
        )
        indexes = (
            models.Index(fields=("reviewer", "due_on"), condition=Q(state="asked"), name="review_asked_of"),
            models.Index(fields=("author", "-answered_at"), name="review_about"),
        )

    def __str__(self) -> str:
        return str(self.deviation)

    @property
    def is_late(self) -> bool:
        """Nobody answered in time."""
        return self.state == ReviewState.ASKED and self.due_on < timezone.localdate()

    def get_absolute_url(self) -> str:
        """The page of this review."""
        return reverse("accountability:review", args=[self.pk])
