"""Bringing in the spreadsheet register that a municipality has today."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Noun, Role, User


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Imports of registers."""

    def visible_to(self, user: User) -> Self:
        """Imports are for policy officers and administrators."""
        return self if user.is_active and user.has_role(Role.POLICY_OFFICER, Role.ADMINISTRATOR) else self.none()

    def unfinished(self) -> Self:
        """Imports whose rows do not count (yet)."""
        return self.exclude(state=RegisterImport.State.DONE)


class RegisterImport(Noun):
    """One file: checked first, then brought in by a task in batches; its rows count from the moment it is done."""

    class State(models.TextChoices):
        """Where an import stands."""

        CHECKING = "checking", _("Being checked")
        REJECTED = "rejected", _("Has errors")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")

    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="registers/", max_length=200, blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    create_missing = models.BooleanField(_("create unknown teams, routines and domains"), default=False)
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.CHECKING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("requested by")
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_checked = models.PositiveIntegerField(_("rows checked"), default=0)
    rows_done = models.PositiveIntegerField(_("rows brought in"), default=0)
    deviations_done = models.PositiveIntegerField(_("deviations brought in"), default=0)
    # A list for each fault that was met: column, sentence, how often, on which lines (`rules.register_rows.Group`).
    faults = models.JSONField(_("errors"), default=list, blank=True)
    faults_total = models.PositiveIntegerField(_("number of errors"), default=0)
    missing = models.JSONField(_("unknown names"), default=dict, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        constraints = (
            models.UniqueConstraint(
                fields=("digest",), condition=Q(state__in=("running", "done")), name="register_import_once"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def faults_by_line(self) -> list[tuple[int, str, str]]:
        """Line, column and sentence of every fault that was kept, from top to bottom."""
        return sorted((line, column, message) for column, message, _times, lines in self.faults for line in lines)

    def get_absolute_url(self) -> str:
        """The page of this import."""
        return reverse("deviations:import", args=[self.pk])
