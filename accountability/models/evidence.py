"""Evidence from the logbook about one case or one colleague: asked for with a reason, made in the background, kept
for some days."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from organisation.models import Noun, Role, User

KEPT = timedelta(days=7)
SILENT_AFTER = timedelta(minutes=10)  # a worker that is alive says how far it is every few seconds
PERSON = settings.AUTH_USER_MODEL


def random_path() -> str:
    """Where it is kept. Known before the file is made, so that whoever destroys the row knows it too."""
    return f"evidence/{uuid4().hex}.zip"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence that was asked for."""

    def visible_to(self, user: User) -> Self:
        """For privacy officer and internal control."""
        return self if user.is_active and user.has_role(Role.PRIVACY_OFFICER, Role.CONTROLLER) else self.none()

    def outdated(self) -> Self:
        """Kept long enough, counted from when it was made; what was never made, from when it was asked for."""
        return self.filter(Q(finished_at__lt=(day := timezone.now() - KEPT)) | Q(heard_at__lt=day))

    def going_on(self) -> Self:
        """Asked for and not finished; one whose worker fell silent is not going on."""
        alive = timezone.now() - SILENT_AFTER
        return self.filter(state__in=(Evidence.State.QUEUED, Evidence.State.RUNNING), heard_at__gt=alive)


class Evidence(Noun):
    """One file with lines of the logbook and their proof. It goes after some days, and with the case it is about."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="evidence")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="evidence_about")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("up to and including"), null=True, blank=True)
    reason = models.TextField(_("why"), max_length=500)
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("lines ready"), default=0)
    lines = models.PositiveIntegerField(_("lines"), default=0)
    unsealed = models.PositiveIntegerField(_("not sealed yet"), default=0)
    faults = models.PositiveIntegerField(_("lines that do not fit their seal"), default=0)
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(default=random_path, max_length=60, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        constraints = (
            models.CheckConstraint(
                condition=Q(case__isnull=True, person__isnull=False) | Q(case__isnull=False, person__isnull=True),
                name="evidence_about_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="evidence_has_a_reason"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=models.F("until")),
                name="evidence_period",
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) & ~Q(digest="") | ~Q(state="done") & Q(digest=""),
                name="evidence_done_has_a_file",
            ),
        )

    def __str__(self) -> str:
        return str(self.about)

    @property
    def about(self) -> Case | User:
        """The case or the colleague."""
        found: Case | User = self.case or self.person  # type: ignore[assignment]
        return found

    @property
    def is_over(self) -> bool:
        """Done or failed."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def goes_at(self) -> datetime:
        """When the file goes."""
        return (self.finished_at or self.requested_at) + KEPT

    @property
    def download_name(self) -> str:
        """What the file is called on the machine of who takes it along: it names nobody."""
        about = self.case.number if self.case else "medewerker"
        return f"bewijs-{about}-{timezone.localtime(self.requested_at):%Y%m%d-%H%M}.zip"

    def get_absolute_url(self) -> str:
        """Where it is shown how far it is, and where the file is."""
        return reverse("accountability:evidence", args=[self.pk])
