"""What every noun has: a key that tells nothing, and for lists of terms a code that never changes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisation.kernel.ids import new_id


class Noun(models.Model):
    """A thing with a UUID as key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


def reads_english() -> bool:
    """Whether the reader chose English; Dutch is the language of the house."""
    return (get_language() or "nl").startswith("en")


class TermQuerySet(models.QuerySet["Term"]):
    """Terms of a list."""

    def valid(self, on: date | None = None) -> Self:
        """Terms in use on that day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Term(Noun):
    """One row of reviewed reference data: closed by date, never deleted."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    label_nl = models.CharField(_("label in Dutch"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200)
    valid_from = models.DateField(_("valid from"), default=date(2020, 1, 1))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("label_nl",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the reader."""
        return self.label_en if reads_english() else self.label_nl
