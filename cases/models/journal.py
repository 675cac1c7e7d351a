"""What is written in a case: journal entries and agreements."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun

from .casefile import Case

EDITABLE_FOR = timedelta(hours=24)
ICONS = {
    "contact": "phone",
    "observation": "eye",
    "agreement": "handshake",
    "consultation": "users",
    "decision": "gavel",
    "note": "pencil",
}


class JournalEntry(Noun):
    """Something that happened or was noticed. After a day it is corrected by an addendum only."""

    class Kind(models.TextChoices):
        """What an entry is about."""

        CONTACT = "contact", _("Contact")
        OBSERVATION = "observation", _("Observation")
        AGREEMENT = "agreement", _("Agreement")
        CONSULTATION = "consultation", _("Consultation")
        DECISION = "decision", _("Decision")
        NOTE = "note", _("Note")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="journal")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.CONTACT)
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.TextField(_("what happened"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="addenda", editable=False
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("-occurred_at", "-id")
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="journal_has_text"),)
        indexes = (models.Index(fields=("case", "-occurred_at"), name="journal_case"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"

    @property
    def icon(self) -> str:
        """The picture beside this kind of entry."""
        return ICONS[self.kind]

    @property
    def fingerprint(self) -> str:
        """Tells whether the text is still the one somebody read before changing it."""
        return hashlib.sha256(f"{self.kind}|{self.occurred_at.isoformat()}|{self.text}".encode()).hexdigest()[:16]

    @property
    def is_fresh(self) -> bool:
        """Whether the author may still change the text itself."""
        return timezone.now() - self.written_at < EDITABLE_FOR


class Agreement(Noun):
    """What was agreed: who does what by when."""

    class Party(models.TextChoices):
        """Who is to do it."""

        RESIDENT = "resident", _("The resident")
        MUNICIPALITY = "municipality", _("The municipality")
        PARTNER = "partner", _("A partner")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agreements")
    what = models.CharField(_("what was agreed"), max_length=300)
    party = models.CharField(_("who does it"), max_length=14, choices=Party.choices, default=Party.MUNICIPALITY)
    due_on = models.DateField(_("by when"))
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = (F("done_on").asc(nulls_first=True), "due_on")
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes = (models.Index(fields=("due_on",), condition=Q(done_on__isnull=True), name="agreement_open"),)

    def __str__(self) -> str:
        return self.what

    @property
    def is_overdue(self) -> bool:
        """Past its date and not done."""
        return self.done_on is None and self.due_on < timezone.localdate()
