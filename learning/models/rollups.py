"""The runs that made the figures: what they did, how far they are, and how long it took."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from organisation.kernel.periods import Period
from organisation.models import Noun, Role, User

# Longer than any month takes to count; a run that is alive renews it with every month.
LEASE = timedelta(minutes=2)


class RollupRunQuerySet(models.QuerySet["RollupRun"]):
    """Runs of the roll-up."""

    def visible_to(self, user: User) -> Self:
        """Runs are for those who read figures of the whole municipality, and those who keep the system going."""
        sees = user.is_active and user.has_role(Role.POLICY_OFFICER, Role.REPORTER, Role.CONTROLLER, Role.ADMINISTRATOR)
        return self if sees else self.none()

    def going_on(self) -> Self:
        """Asked for and not finished; a run whose worker died is not going on."""
        now = timezone.now()
        return self.filter(Q(state=RollupRun.State.QUEUED) | Q(state=RollupRun.State.RUNNING, leased_until__gt=now))

    def dead(self) -> Self:
        """Started, and its worker has not been heard of since."""
        return self.filter(state=RollupRun.State.RUNNING, leased_until__lte=timezone.now())


class RollupRun(Noun):
    """One run: everything anew, or only the months, routines and teams where something changed."""

    class Kind(models.TextChoices):
        """How much was counted again."""

        FULL = "full", _("Everything")
        KEYS = "keys", _("What changed")

    class State(models.TextChoices):
        """Where a run stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("what"), max_length=5, choices=Kind.choices, default=Kind.FULL)
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    spec_version = models.PositiveSmallIntegerField(_("version of the rules of counting"), default=1)
    generation = models.PositiveIntegerField(null=True)
    from_period = models.PositiveIntegerField(_("from"), null=True, help_text="yyyymm")
    to_period = models.PositiveIntegerField(_("up to and including"), null=True, help_text="yyyymm")
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    milliseconds = models.PositiveIntegerField(_("duration"), null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    leased_until = models.DateTimeField(null=True)

    objects = RollupRunQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        indexes = (models.Index(fields=("-requested_at", "-id"), name="rollup_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind",), condition=Q(kind="full", state="running"), name="rollup_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("kind",), condition=Q(kind="full", state="queued"), name="rollup_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | Q(state__in=("queued", "running"), finished_at__isnull=True),
                name="rollup_finished_when_over",
            ),
        )

    def __str__(self) -> str:
        asked = date_format(timezone.localtime(self.requested_at), "SHORT_DATETIME_FORMAT")
        return f"{self.get_kind_display()} {asked}"

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        return 100 * self.steps_done // self.steps_total if self.steps_total else 0

    @property
    def months(self) -> str:
        """The first and the last month it counted."""
        if self.from_period is None or self.to_period is None:
            return "–"
        ends = dict.fromkeys((Period.from_int(self.from_period).label, Period.from_int(self.to_period).label))
        return " – ".join(ends)

    @property
    def duration(self) -> str:
        """How long it took, in seconds."""
        if self.milliseconds is None:
            return "–"
        return _("%(seconds)s s") % {"seconds": number_format(self.milliseconds / 1000, decimal_pos=1, use_l10n=True)}

    @property
    def is_dead(self) -> bool:
        """Started, and its worker has not been heard of since."""
        running = self.state == RollupRun.State.RUNNING
        return running and (self.leased_until is None or self.leased_until <= timezone.now())
