"""The dossier of a deviation as it was at a decision, and what was added later. Both are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Decision, Deviation
from deviations.models.reach import read_to_answer
from deviations.workflow import State
from organisation.models import Noun, Role, User

from .reviewing import Review

BESIDE = (
    "case", "author", "team", "routine__policy_domain", "routine_version", "policy_domain", "space", "decided_by",
)  # fmt: skip


def dossiers_for(user: User) -> "QuerySet[Deviation]":
    """Deviations that were sent in, whose dossier this person reads: wholly, or as far as their task asks.

    Wholly: the author, the handler of the case, and who answers. Without names: who is asked to review it. Without
    what was written: internal control.
    """
    if not user.is_active:
        return Deviation.objects.none()
    asked = Exists(Review.objects.waiting().filter(reviewer=user, deviation=OuterRef("pk")))
    rows = Deviation.objects.filter(submitted_at__isnull=False, register=None).annotate(asked_to_review=asked)
    # A draft is being written anew, and only its author reads along.
    sent_in: QuerySet[Deviation] = rows.filter(
        Q(author=user) | Q(asked_to_review=True) | ~Q(state=State.DRAFT)
    ).select_related(*BESIDE)
    if user.has_role(Role.CONTROLLER):
        return sent_in
    gives_account = Q(author=user) | Q(case__handler=user) | Q(decided_by=user) | read_to_answer(user)
    mine: QuerySet[Deviation] = sent_in.filter(gives_account | Q(asked_to_review=True))
    return mine


class FrozenDossier(Noun):
    """All that the dossier held at the moment of a decision, as plain data. A trigger refuses any change."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="dossier")
    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="dossiers")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    missing = models.JSONField(default=list, help_text="codes of items that were missing at the decision")
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("frozen_at", "id")
        verbose_name = _("frozen dossier")
        verbose_name_plural = _("frozen dossiers")
        constraints = (models.CheckConstraint(condition=~Q(digest=""), name="frozen_dossier_has_digest"),)

    def __str__(self) -> str:
        return str(self.deviation)


class DossierNote(Noun):
    """What somebody added after the decision. Never changed: a mistake is put right by a next note."""

    class Kind(models.TextChoices):
        """What it is."""

        REMARK = "remark", _("Remark")
        LETTER = "letter", _("Letter that was sent")
        BUDGET_LINE = "budget_line", _("Budget line it was paid from")

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="dossier_notes")
    kind = models.CharField(_("what do you add?"), max_length=12, choices=Kind.choices, default=Kind.REMARK)
    text = models.TextField(_("note"), blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    dated = models.DateField(_("day"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("note in a dossier")
        verbose_name_plural = _("notes in dossiers")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="remark") & ~Q(text="") | Q(kind__in=("letter", "budget_line")) & ~Q(reference=""),
                name="dossier_note_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deviation}: {self.get_kind_display()}"
