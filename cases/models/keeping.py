"""How long cases are kept: the classes of the selection list, and holds on what would be destroyed."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.rules.keeping import Duration, HoldKind, Reckoning, Starts, reckon
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, PolicyDomain, Term

if TYPE_CHECKING:
    from .casefile import Case


class RetentionClass(Term):
    """One line of the selection list: how long what falls under it is kept, and from which day."""

    keep = models.CharField(
        _("keep for"), max_length=12, blank=True, help_text=_("P10Y is ten years, P6M six months, P42D 42 days.")
    )
    starts = models.CharField(_("the period runs from"), max_length=20, choices=Starts.choices, default=Starts.CLOSURE)
    permanent = models.BooleanField(_("kept for ever"), default=False)
    source = models.CharField(_("where it stands"), max_length=200)
    policy_domains = models.ManyToManyField(
        PolicyDomain, blank=True, related_name="+", verbose_name=_("proposed for cases in these policy domains")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords(m2m_fields=[policy_domains])

    class Meta(Term.Meta):
        ordering = ("code",)
        verbose_name = _("retention class")
        verbose_name_plural = _("retention classes")
        constraints = (
            models.CheckConstraint(
                condition=Q(permanent=True, keep="") | Q(permanent=False) & ~Q(keep=""), name="retention_class_period"
            ),
            models.CheckConstraint(condition=Q(starts__in=Starts.values), name="retention_class_starts"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def duration(self) -> Duration | None:
        """How long; nothing when it is kept for ever."""
        return None if self.permanent else Duration.parse(self.keep)

    def reckon(self, *, closed_on: date, provision_until: date | None) -> Reckoning:
        """What follows from these days."""
        return reckon(
            keep=self.keep, permanent=self.permanent, starts=self.starts, source=self.source,
            closed_on=closed_on, provision_until=provision_until,
        )  # fmt: skip


class HoldQuerySet(models.QuerySet["RetentionHold"]):
    """Holds."""

    def active(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at__isnull=True)


class RetentionHold(Noun):
    """A case may not be destroyed for now, until somebody lifts this.

    The destruction of a case leaves holds that are not lifted where they are, so that the foreign key itself keeps
    the case: no code can destroy it, also not code that forgot to look.
    """

    case: "models.ForeignKey[Case, Case]" = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="retention_holds", verbose_name=_("case")
    )
    kind = models.CharField(_("why"), max_length=20, choices=HoldKind.choices)
    reason = models.CharField(_("explanation"), max_length=300)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    placed_at = models.DateTimeField(_("since"), default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_why = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("-placed_at", "-id")
        verbose_name = _("hold on destruction")
        verbose_name_plural = _("holds on destruction")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=HoldKind.values), name="retention_hold_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="retention_hold_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True, lifted_why="")
                | Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_why=""),
                name="retention_hold_lifted_whole",
            ),
            models.UniqueConstraint(
                fields=("case", "kind"), condition=Q(lifted_at__isnull=True), name="retention_hold_once"
            ),
        )
        indexes = (models.Index(fields=("-placed_at",), condition=Q(lifted_at__isnull=True), name="retention_hold_on"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"
