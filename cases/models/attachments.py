"""Files that belong to a case ("bijlagen")."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisation.kernel.asking import ExistsByRow
from organisation.kernel.handed_in import KINDS, MOST_BYTES
from organisation.kernel.history import HistoricalRecords
from organisation.models import Basis, Noun, User

from .casefile import Case


def random_name(attachment: "Attachment", name: str) -> str:
    """Where it is kept: nothing of the name it came with, which may say who it is about."""
    return f"attachments/{uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files of cases."""

    def visible_to(self, user: User) -> Self:
        """Whoever reads the case reads its files."""
        return self.filter(ExistsByRow(Case.objects.visible_to(user).filter(pk=OuterRef("case"))))


class Attachment(Noun):
    """A file in a case: of an allowed kind, under a random name, only ever served as a download."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("what it is"), max_length=120)
    kind = models.CharField(_("kind of file"), max_length=4, choices=[(kind, kind) for kind in KINDS])
    file = models.FileField(upload_to=random_name, max_length=100, editable=False)
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = AttachmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-added_at", "-id")
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="attachment_kind"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=MOST_BYTES), name="attachment_size"),
            models.UniqueConstraint(fields=("case", "digest"), name="attachment_once"),
        )

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def bases_of(user: User, files: "Sequence[Attachment]") -> dict[UUID, Basis]:
        """Why this person could take each of these files along: what gave access to its case."""
        by_case = Case.bases_of(user, {file.case_id: file.case for file in files}.values())
        return {file.pk: by_case[file.case_id] for file in files if file.case_id in by_case}

    @property
    def download_name(self) -> str:
        """The name it gets on the machine of whoever downloads it."""
        return f"{slugify(self.title) or 'bijlage'}.{self.kind}"
