"""Legal grounds, and causes: what in the system made a routine misfire."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deviations.rules.weighing import Weight
from organisation.kernel.history import HistoricalRecords
from organisation.models import PolicyDomain, Term


class Ground(Term):
    """A legal ground for departing from a routine. Editable reference data, to be checked by a lawyer."""

    class Kind(models.TextChoices):
        """How a ground relates to the rule."""

        INTERPRETATION = "interpretation", _("Interpretation")
        DEVIATION = "deviation", _("Deviation")
        BEYOND_LAW = "beyond_law", _("Beyond the law")
        PRINCIPLE = "principle", _("Principle")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    weight = models.CharField(_("weight"), max_length=1, choices=Weight.choices)
    article = models.CharField(_("article"), max_length=160, blank=True)
    when_applies = models.TextField(_("when it applies"))
    to_show = models.TextField(_("what has to be shown"), blank=True)
    policy_domains = models.ManyToManyField(PolicyDomain, blank=True, verbose_name=_("policy domains"))
    source_types = models.JSONField(_("kinds of source"), default=list, blank=True)

    history = HistoricalRecords()

    class Meta(Term.Meta):
        ordering = ("code",)
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        constraints = (models.CheckConstraint(condition=Q(weight__in=Weight.values), name="ground_weight"),)


class Cause(Term):
    """What in the system made a routine misfire."""

    class Meta(Term.Meta):
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
