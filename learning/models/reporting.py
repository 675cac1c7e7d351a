"""Learning reports: an edition per quarter with frozen figures, a story in three parts, and what was told before."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.workflow import ReportState
from organisation.kernel.history import HistoricalRecords
from organisation.kernel.periods import Quarter
from organisation.models import Noun, Role, User

from .asking import Link

LEASE = timedelta(minutes=2)  # whoever works on a report renews it with every step


class ReportQuerySet(models.QuerySet["LearningReport"]):
    """Learning reports."""

    def visible_to(self, user: User) -> Self:
        """What is published is for everybody who works here; what is being made for those who make it."""
        if not user.is_active:
            return self.none()
        makes = user.has_role(Role.POLICY_OFFICER, Role.REPORTER)
        return self if makes else self.filter(state=ReportState.PUBLISHED)


class LearningReport(Noun):
    """One edition about one quarter. Its figures were frozen when it was made and never change."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(_("status"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    cut_off = models.DateTimeField(_("figures as of"), default=timezone.now)
    figures = models.JSONField(_("figures"))
    digest = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("what changed since the edition before"), blank=True)
    bottlenecks = models.TextField(_("bottlenecks"), blank=True)
    lessons = models.TextField(_("what we learnt"), blank=True)
    done = models.TextField(_("what was done with it"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True)

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["figures"])

    class Meta:
        ordering = ("-year", "-quarter", "-edition")
        verbose_name = _("learning report")
        verbose_name_plural = _("learning reports")
        constraints = (
            models.UniqueConstraint(fields=("year", "quarter", "edition"), name="report_edition_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="report_quarter"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(note=""), name="report_next_edition_has_note"),
            models.CheckConstraint(
                condition=Q(state=ReportState.PUBLISHED, published_at__isnull=False, published_by__isnull=False)
                | Q(state=ReportState.DRAFT, published_at__isnull=True, published_by__isnull=True),
                name="report_published_by_somebody",
            ),
        )

    def __str__(self) -> str:
        name = str(Quarter(self.year, self.quarter).label)
        return name if self.edition == 1 else _("%(quarter)s, edition %(edition)d") % {
            "quarter": name, "edition": self.edition,
        }  # fmt: skip

    def get_absolute_url(self) -> str:
        """The page of this report."""
        return reverse("learning:report", args=[self.pk])


class ReportStory(Noun):
    """A story told for a learning question that somebody wants in a report; a second person releases it."""

    report = models.ForeignKey(LearningReport, on_delete=models.CASCADE, related_name="stories")
    # Empty once the case it came from was destroyed: what is published has been released without who it is about.
    link = models.ForeignKey(Link, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("story"))
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("story of a report")
        verbose_name_plural = _("stories of reports")
        constraints = (
            models.UniqueConstraint(fields=("report", "link"), name="report_story_once"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("chosen_by")),
                name="report_story_second_person",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="report_story_released_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}: {self.text[:40]}"


class ReportRunQuerySet(models.QuerySet["ReportRun"]):
    """Reports that were asked for."""

    def visible_to(self, user: User) -> Self:
        """For those who make reports."""
        return self if user.is_active and user.has_role(Role.POLICY_OFFICER, Role.REPORTER) else self.none()

    def going_on(self) -> Self:
        """Asked for and not finished; what a worker that died was doing is not going on."""
        alive = Q(state=ReportRun.State.QUEUED) | Q(state=ReportRun.State.RUNNING, leased_until__gt=timezone.now())
        return self.filter(alive)

    def dead(self) -> Self:
        """Begun, and its worker has not been heard of since."""
        return self.filter(state=ReportRun.State.RUNNING, leased_until__lte=timezone.now())


class ReportRun(Noun):
    """The making of a report: asked for by somebody, done by a task, and what came of it."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not possible")
        FAILED = "failed", _("Failed")

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    note = models.TextField(_("what changed since the edition before"), blank=True)
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    # Raised by whoever takes it up, so that a worker that was thought dead cannot finish it as well.
    attempt = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(_("why not"), blank=True)
    report = models.OneToOneField(
        LearningReport, on_delete=models.PROTECT, null=True, related_name="made_in", verbose_name=_("learning report")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("making of a report")
        verbose_name_plural = _("makings of reports")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "quarter"),
                condition=Q(state__in=("queued", "running")),
                name="report_run_one_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(state="done", report__isnull=False) | ~Q(state="done") & Q(report__isnull=True),
                name="report_run_done_has_report",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running"), finished_at__isnull=True)
                | Q(state__in=("done", "refused", "failed"), finished_at__isnull=False),
                name="report_run_finished_when_over",
            ),
        )

    def __str__(self) -> str:
        return str(self.about.label)

    @property
    def about(self) -> Quarter:
        """The quarter it is about."""
        return Quarter(self.year, self.quarter)

    @property
    def is_dead(self) -> bool:
        """Begun, and its worker has not been heard of since."""
        late = self.leased_until is None or self.leased_until <= timezone.now()
        return self.state == ReportRun.State.RUNNING and late

    @property
    def is_going_on(self) -> bool:
        """Asked for and not finished."""
        return self.state == ReportRun.State.QUEUED or self.state == ReportRun.State.RUNNING and not self.is_dead

    def get_absolute_url(self) -> str:
        """The page of its making."""
        return reverse("learning:report-run", args=[self.pk])
