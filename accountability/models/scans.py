"""The half-yearly self-scan of a team: a number and its evidence for each building block."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.workflow.blocks import ScanState
from organisation.kernel.history import HistoricalRecords
from organisation.kernel.periods import HalfYear
from organisation.models import Noun, Role, Team, User

from .blocks import BuildingBlock

LOWEST, HIGHEST = 1, 5


class ScanQuerySet(models.QuerySet["Scan"]):
    """Self-scans."""

    def visible_to(self, user: User) -> Self:
        """The team sees its own; those who learn from it or account for it see what was closed."""
        if not user.is_active:
            return self.none()
        own = Q(team__in=user.standing.teams)
        reads = user.has_role(Role.POLICY_OFFICER, Role.REPORTER, Role.CONTROLLER)
        return self.filter(own | Q(state=ScanState.CLOSED)) if reads else self.filter(own)

    def of(self, half: HalfYear) -> Self:
        """Of one half-year."""
        return self.filter(year=half.year, half=half.number)

    def closed(self) -> Self:
        """Those that are over."""
        return self.filter(state=ScanState.CLOSED)


class Scan(Noun):
    """What a team says of itself in a half-year, together. Never a mark for a person, and no ranking of teams."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="scans", verbose_name=_("team"))
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half"))
    state = models.CharField(_("status"), max_length=6, choices=ScanState.choices, default=ScanState.OPEN)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-half", "team__name")
        verbose_name = _("self-scan")
        verbose_name_plural = _("self-scans")
        constraints = (
            models.UniqueConstraint(fields=("team", "year", "half"), name="scan_once"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="scan_half"),
            models.CheckConstraint(
                condition=Q(state=ScanState.OPEN, closed_by__isnull=True, closed_at__isnull=True)
                | Q(state=ScanState.CLOSED, closed_by__isnull=False, closed_at__isnull=False),
                name="scan_closed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return _("Self-scan of %(team)s, %(half)s") % {"team": self.team, "half": self.period.label.lower()}

    def get_absolute_url(self) -> str:
        """The page of this self-scan."""
        return reverse("accountability:scan", args=[self.pk])

    @property
    def period(self) -> HalfYear:
        """The half-year it is about."""
        return HalfYear(self.year, self.half)

    @property
    def open_blocks(self) -> list[BuildingBlock]:
        """The blocks in use that are not filled in yet."""
        there = BuildingBlock.objects.valid().exclude(pk__in=self.answers.values("block"))
        return list(there)  # type: ignore[arg-type]


class ScanAnswer(Noun):
    """How far a team says it is with one building block, and from what that shows."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="answers")
    block = models.ForeignKey(BuildingBlock, on_delete=models.PROTECT, related_name="answers")
    score = models.PositiveSmallIntegerField(
        _("how far are we?"), validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )
    evidence = models.TextField(_("from what does that show?"))
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ("block__order",)
        verbose_name = _("answer in a self-scan")
        verbose_name_plural = _("answers in self-scans")
        constraints = (
            models.UniqueConstraint(fields=("scan", "block"), name="scan_answer_once"),
            models.CheckConstraint(condition=Q(score__gte=LOWEST, score__lte=HIGHEST), name="scan_answer_score"),
            models.CheckConstraint(condition=~Q(evidence=""), name="scan_answer_evidence"),
        )

    def __str__(self) -> str:
        return f"{self.block}: {self.score}"
