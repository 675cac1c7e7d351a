"""Requests of residents for their own data, and the file that answers one."""

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


def random_name(request: "AccessRequest", name: str) -> str:
    """Where a file is kept: nothing of what it is about."""
    return f"access/{uuid4().hex}"


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Access requests."""

    def visible_to(self, user: User) -> Self:
        """For the privacy officer."""
        return self if user.is_active and user.has_role(Role.PRIVACY_OFFICER) else self.none()

    def kept(self) -> Self:
        """Of which the file has not been taken away."""
        return self.filter(gone_at__isnull=True)

    def for_rows(self) -> Self:
        """With what a row shows beside it."""
        return self.select_related("case", "made_by")


class AccessRequest(Noun):
    """Everything about one case, brought together because somebody asked for it. It is destroyed with its case.

    Its files have their names from the start, so that whoever destroys the case knows them, also half way.
    """

    class Asker(models.TextChoices):
        """Who asks."""

        RESIDENT = "resident", _("The resident")
        REPRESENTATIVE = "representative", _("Somebody on behalf of the resident")
        HEIR = "heir", _("An heir or next of kin")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access_requests", verbose_name=_("case"))
    asker = models.CharField(_("who asks?"), max_length=16, choices=Asker.choices, default=Asker.RESIDENT)
    asked_on = models.DateField(_("day of the request"), default=timezone.localdate)
    reference = models.CharField(_("reference of the request"), max_length=60)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("begun"), default=timezone.now)
    page = models.FileField(upload_to=random_name, max_length=100, editable=False)
    paper = models.FileField(upload_to=random_name, max_length=100, editable=False)
    bundle = models.FileField(upload_to=random_name, max_length=100, editable=False)
    attachments = models.PositiveSmallIntegerField(_("number of attachments"), default=0)
    ready_at = models.DateTimeField(_("ready"), null=True)
    gone_at = models.DateTimeField(_("taken away"), null=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        constraints = (
            models.CheckConstraint(condition=~Q(reference=""), name="access_request_has_reference"),
            models.UniqueConstraint(fields=("case", "reference"), name="access_request_once"),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(ready_at__isnull=False), name="access_request_gone_after_ready"
            ),
        )
        indexes = (
            models.Index(fields=("ready_at",), condition=Q(gone_at__isnull=True), name="access_request_kept"),
            models.Index(fields=("-made_at", "-id"), name="access_request_newest"),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The page of this request."""
        return reverse("accountability:access-request", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        """Whether there is something to download."""
        return self.ready_at is not None and self.gone_at is None
