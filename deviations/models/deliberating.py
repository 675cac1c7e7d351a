"""What an author thinks through: two values, the reverse test, the value triangle and the next resident."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun

from .deviations import Deviation


class SameAgain(models.TextChoices):
    """Whether the next comparable resident is treated alike."""

    YES = "yes", _("Yes")
    IF_ALIKE = "if_alike", _("Only if the same things count there")
    NO = "no", _("No")


class Deliberation(Noun):
    """The weighing beside the quick record. There is one as soon as something of it is written."""

    deviation = models.OneToOneField(Deviation, on_delete=models.CASCADE, related_name="deliberation", editable=False)

    # Two values in tension; the words where it lands are `tension` of the deviation
    value_one = models.CharField(_("the one value"), max_length=80, blank=True)
    value_two = models.CharField(_("the other value"), max_length=80, blank=True)
    landed = models.PositiveSmallIntegerField(
        _("where does it land?"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )

    # The reverse test (omgekeerde toets), in its four steps
    effect_resident = models.TextField(_("what does the resident want to reach?"), blank=True)
    effect_municipality = models.TextField(_("what does the municipality want to reach?"), blank=True)
    core_value = models.TextField(_("what is the law at heart meant for?"), blank=True)
    effects_following = models.TextField(_("what happens when we follow the rule?"), blank=True)
    effects_deviating = models.TextField(_("what happens when we depart from it?"), blank=True)
    ethical_objection = models.TextField(_("is there an ethical objection?"), blank=True)
    legal_route = models.TextField(_("by which route in law can it be done?"), blank=True)
    conclusion = models.TextField(_("what is your conclusion?"), blank=True)

    # The value triangle (waardendriehoek)
    legitimacy = models.TextField(_("legitimacy: why is it right and allowed?"), blank=True)
    involvement = models.TextField(_("involvement: how does it fit the resident?"), blank=True)
    yields = models.TextField(_("yield: what does it bring, and what does it cost?"), blank=True)

    # Against arbitrariness
    same_again = models.CharField(
        _("would we do the same for the next comparable resident?"),
        max_length=10,
        choices=SameAgain.choices,
        blank=True,
    )
    same_again_why = models.TextField(_("why, or why not?"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deliberation")
        verbose_name_plural = _("deliberations")
        constraints = (
            models.CheckConstraint(condition=Q(landed__isnull=True) | Q(landed__lte=4), name="deliberation_landed"),
            models.CheckConstraint(condition=Q(same_again__in=("", *SameAgain.values)), name="deliberation_same_again"),
        )

    def __str__(self) -> str:
        return str(self.deviation)

    @property
    def is_written(self) -> bool:
        """Whether anything stands in it."""
        return any(getattr(self, name) not in ("", None) for name in DELIBERATED)


# What the author may write in it.
DELIBERATED = tuple(
    field.name for field in Deliberation._meta.concrete_fields if field.editable and not field.primary_key
)
