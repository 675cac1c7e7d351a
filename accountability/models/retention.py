"""Destruction lists, what stands on them, and the certificates that stay for ever."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.workflow.retention import OPEN_LINES, LineState, ListState
from organisation.models import Noun, Role, User

ONLY_ROW = 1


class DestructionListQuerySet(models.QuerySet["DestructionList"]):
    """Destruction lists."""

    def visible_to(self, user: User) -> Self:
        """For privacy officer and internal control."""
        return self if user.is_active and user.has_role(Role.PRIVACY_OFFICER, Role.CONTROLLER) else self.none()

    def counted(self) -> Self:
        """With how many lines are to go, were taken off, and were destroyed."""
        return self.annotate(
            to_go=Count("lines", filter=Q(lines__state__in=OPEN_LINES)),
            taken_off=Count("lines", filter=Q(lines__state=LineState.TAKEN_OFF)),
            destroyed=Count("lines", filter=Q(lines__state=LineState.DESTROYED)),
        ).order_by("-made_at", "-pk")


class DestructionList(Noun):
    """What is due on a day: looked through by one person, approved by another, and then carried out."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    up_to = models.DateField(_("due up to and including"))
    state = models.CharField(_("status"), max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    # After the last line the space on the disk is overwritten: only then is it done.
    swept_at = models.DateTimeField(null=True)

    objects = DestructionListQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("destruction list")
        verbose_name_plural = _("destruction lists")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ListState.values), name="destruction_list_state"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="destruction_list_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ListState.RUNNING, ListState.DONE))
                & Q(approved_by__isnull=False, approved_at__isnull=False)
                | Q(state__in=(ListState.DRAFT, ListState.AWAITING, ListState.WITHDRAWN))
                & Q(approved_by__isnull=True, approved_at__isnull=True),
                name="destruction_list_approved_first",
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.DONE, finished_at__isnull=False, swept_at__isnull=False)
                | ~Q(state=ListState.DONE) & Q(finished_at__isnull=True),
                name="destruction_list_finished_when",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of this list."""
        return reverse("accountability:destruction-list", args=[self.pk])


class DestructionLine(Noun):
    """One case on a list, or a register as a whole. Once it is destroyed, this is what is left: no word of it."""

    class Kind(models.TextChoices):
        """What is destroyed."""

        CASE = "case", _("Case")
        REGISTER = "register", _("Imported register")

    destruction = models.ForeignKey(DestructionList, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("what"), max_length=8, choices=Kind.choices, default=Kind.CASE)
    # The key of the case or register: no foreign key, since this outlives it.
    thing = models.UUIDField()
    label = models.CharField(_("number"), max_length=40)
    class_code = models.CharField(_("retention class"), max_length=40)
    class_label = models.CharField(max_length=200)
    closed_on = models.DateField(_("closed"))
    destroy_on = models.DateField(_("destroyed from"))
    why = models.CharField(_("why"), max_length=300)
    state = models.CharField(_("status"), max_length=10, choices=LineState.choices, default=LineState.LISTED)
    off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    off_why = models.CharField(_("why it was taken off"), max_length=300, blank=True)
    destroyed_at = models.DateTimeField(_("destroyed"), null=True)
    # Names of files that go once the rows are gone, and how many rows that were of each kind.
    files = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    ledger = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("class_code", "destroy_on", "label")
        verbose_name = _("line of a destruction list")
        verbose_name_plural = _("lines of destruction lists")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="destruction_line_state"),
            models.UniqueConstraint(
                fields=("thing",), condition=Q(state__in=OPEN_LINES), name="destruction_line_once_at_a_time"
            ),
            models.UniqueConstraint(fields=("destruction", "thing"), name="destruction_line_once_a_list"),
            models.CheckConstraint(
                condition=Q(state=LineState.TAKEN_OFF) & ~Q(off_why="") | ~Q(state=LineState.TAKEN_OFF) & Q(off_why=""),
                name="destruction_line_off_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(LineState.GONE, LineState.DESTROYED), destroyed_at__isnull=False)
                | ~Q(state__in=(LineState.GONE, LineState.DESTROYED)) & Q(destroyed_at__isnull=True),
                name="destruction_line_destroyed_when",
            ),
        )
        indexes = (models.Index(fields=("destruction", "state"), name="destruction_line_state"),)

    def __str__(self) -> str:
        return self.label


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates of destruction."""

    def visible_to(self, user: User) -> Self:
        """For privacy officer and internal control."""
        return self if user.is_active and user.has_role(Role.PRIVACY_OFFICER, Role.CONTROLLER) else self.none()


class Certificate(Noun):
    """What was destroyed, when, by whom and why, as plain data; kept for ever (selection list 19.1.18).

    It points at nothing, so that it can be put back after a restore. Its key is that of the list.
    """

    number = models.CharField(_("number"), max_length=20)
    made_at = models.DateTimeField(_("made"))
    cases = models.PositiveIntegerField(_("destroyed"))
    content = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("certificate of destruction")
        verbose_name_plural = _("certificates of destruction")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of this certificate."""
        return reverse("accountability:certificate", args=[self.pk])


class LedgerMark(models.Model):
    """Up to where this database has followed the destruction ledger: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=ONLY_ROW), name="ledger_mark_one_row"),)

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def now(cls) -> str:
        """The digest of the last line that was followed; empty when there is none."""
        return cls.objects.filter(pk=ONLY_ROW).values_list("digest", flat=True).first() or ""

    @classmethod
    def move(cls, digest: str) -> None:
        """From now on this one."""
        cls.objects.update_or_create(pk=ONLY_ROW, defaults={"digest": digest})


class Replay(Noun):
    """Destructions that were done again, because an older backup was put back."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    lines = models.PositiveIntegerField(_("lines of the ledger"), default=0)
    destroyed = models.PositiveIntegerField(_("destroyed again"), default=0)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("destructions done again")
        verbose_name_plural = _("destructions done again")

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"
