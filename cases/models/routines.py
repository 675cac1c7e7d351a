"""Routines and their versions: what is usually done, and what it is meant to protect."""

import hashlib
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, PolicyDomain, User
from organisation.models.base import reads_english


class SourceType(models.TextChoices):
    """Where a routine comes from, from light to heavy; it decides how much is needed to depart from it."""

    HABIT = "habit", _("Habit")
    SYSTEM = "system", _("System")
    WORK_INSTRUCTION = "work_instruction", _("Work instruction")
    POLICY_RULE = "policy_rule", _("Policy rule")
    ORDINANCE = "ordinance", _("Ordinance")
    STATUTE = "statute", _("Statute")


# What a kind of source means for whoever departs from it; how heavy that makes a deviation is counted in `deviations`.
DEPARTING = {
    SourceType.HABIT: _("Nobody decided this: it grew. You may do otherwise on your own judgement. Note why."),
    SourceType.SYSTEM: _("A computer system asks for this, no rule does. You may do otherwise. Note why."),
    SourceType.WORK_INSTRUCTION: _("This is an agreement among ourselves. You may do otherwise. Note why."),
    SourceType.POLICY_RULE: _(
        "The executive board laid this down, and must depart from it where it does harm. Ask a colleague to look along."
    ),
    SourceType.ORDINANCE: _(
        "The council laid this down. Departing takes a clause in the ordinance or a legal ground, and your manager."
    ),
    SourceType.STATUTE: _(
        "This is the law. Look for the room that the law itself gives, and name that ground. Without it, "
        "legal advice and the executive board are needed."
    ),
}


def title_in_query(path: str = "") -> Coalesce:
    """The title in the language of the reader, for rows that are no routine: `path` leads to the routine."""
    dutch = F(f"{path}title_nl")
    return Coalesce(NullIf(f"{path}title_en", Value("")), dutch) if reads_english() else Coalesce(dutch, Value(""))


def _digest(*texts: str) -> str:
    return hashlib.sha256("|".join(texts).encode()).hexdigest()[:16]


class RoutineQuerySet(models.QuerySet["Routine"]):
    """Routines of the catalogue."""

    def visible_to(self, user: User) -> Self:
        """All of them: what we usually do is no secret inside the house."""
        return self.all() if user.is_active else self.none()

    def active(self) -> Self:
        """Routines with a version that holds today."""
        today = timezone.localdate()
        current = RoutineVersion.objects.filter(routine=models.OuterRef("pk")).valid(today)
        return self.filter(models.Exists(current))

    def search(self, text: str) -> Self:
        """Routines whose code, title or text of any version holds this."""
        said = RoutineVersion.objects.filter(Q(prescribes__icontains=text) | Q(purpose__icontains=text))
        return self.filter(
            Q(code__icontains=text)
            | Q(title_nl__icontains=text)
            | Q(title_en__icontains=text)
            | models.Exists(said.filter(routine=models.OuterRef("pk")))
        )

    def from_source(self, source_type: str) -> Self:
        """Routines whose version of today comes from this kind of source."""
        now = RoutineVersion.objects.filter(source_type=source_type).valid(timezone.localdate())
        return self.filter(models.Exists(now.filter(routine=models.OuterRef("pk"))))

    def with_current(self) -> Self:
        """Each with a list `current` that holds the version of today, if there is one."""
        now = RoutineVersion.objects.valid(timezone.localdate())
        return self.prefetch_related(models.Prefetch("versions", queryset=now, to_attr="current"))


class Routine(Noun):
    """A usual way of working, known by its code."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    policy_domain = models.ForeignKey(
        PolicyDomain, on_delete=models.PROTECT, related_name="routines", verbose_name=_("policy domain")
    )
    owner = models.CharField(_("owner"), max_length=120, blank=True)

    objects = RoutineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        verbose_name = _("routine")
        verbose_name_plural = _("routines")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of this routine."""
        return reverse("cases:routine", args=[self.code])

    @property
    def title(self) -> str:
        """The title in the language of the reader; in Dutch while there is no other."""
        return (reads_english() and self.title_en) or self.title_nl

    @property
    def fingerprint(self) -> str:
        """Tells whether title and owner are still those somebody read before changing them."""
        return _digest(self.title_nl, self.title_en, self.owner)

    def version_on(self, day: date | None = None) -> "RoutineVersion | None":
        """The version that holds on that day (default: today)."""
        return self.versions.valid(day or timezone.localdate()).first()


class RoutineVersionQuerySet(models.QuerySet["RoutineVersion"]):
    """Versions of routines."""

    def valid(self, on: date) -> Self:
        """Versions that hold on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


class RoutineVersion(Noun):
    """What a routine prescribes and why, from one day up to but not including another. Never edited once in use."""

    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="versions", verbose_name=_("routine"))
    number = models.PositiveSmallIntegerField(_("version"))
    prescribes = models.TextField(_("what it prescribes"))
    purpose = models.TextField(_("purpose"))
    source_type = models.CharField(_("kind of source"), max_length=20, choices=SourceType.choices)
    source_reference = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    reason = models.TextField(_("why it changed"), blank=True)

    objects = RoutineVersionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("routine__code", "-number")
        verbose_name = _("version of a routine")
        verbose_name_plural = _("versions of routines")
        constraints = (
            models.UniqueConstraint(fields=("routine", "number"), name="routine_version_number"),
            models.UniqueConstraint(
                fields=("routine",), condition=Q(valid_until__isnull=True), name="routine_version_open_once"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="routine_version_has_purpose"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="routine_version_dates",
            ),
            models.CheckConstraint(condition=Q(source_type__in=SourceType.values), name="routine_version_source"),
        )

    def __str__(self) -> str:
        return f"{self.routine.code} v{self.number}"

    @property
    def departing(self) -> str:
        """What its kind of source means for whoever departs from it."""
        return str(DEPARTING[SourceType(self.source_type)])

    @property
    def fingerprint(self) -> str:
        """Tells whether the text is still the one somebody read before changing it."""
        return _digest(self.prescribes, self.purpose, self.source_type, self.source_reference, self.source_url)

    def is_used(self) -> bool:
        """Whether anything at all points at this version, in this app or a higher one."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.related_objects
        )
