"""The building blocks of doing what is needed, and what the figures said of them in a half-year."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.kernel.periods import HalfYear
from organisation.models import Noun, Term


class BuildingBlock(Term):
    """What an organisation needs to do what is needed. Editable reference data."""

    order = models.PositiveSmallIntegerField(_("place in the row"))
    question = models.TextField(_("question"))
    asks = models.TextField(_("what it asks of us"))
    is_reconstruction = models.BooleanField(
        _("a reconstruction"), default=False, help_text=_("Not found in a source: our own reading.")
    )

    history = HistoricalRecords()

    class Meta(Term.Meta):
        ordering = ("order",)
        verbose_name = _("building block")
        verbose_name_plural = _("building blocks")


class Stock(Noun):
    """What each indicator said of a half-year that is over; counted once."""

    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half"))
    readings = models.JSONField(_("readings"))  # value by the code of the indicator; None when there is too little
    made_at = models.DateTimeField(_("counted"), default=timezone.now)

    class Meta:
        ordering = ("-year", "-half")
        verbose_name = _("readings of the building blocks")
        verbose_name_plural = _("readings of the building blocks")
        constraints = (
            models.UniqueConstraint(fields=("year", "half"), name="stock_once"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="stock_half"),
        )

    def __str__(self) -> str:
        return str(self.period.label)

    @property
    def period(self) -> HalfYear:
        """The half-year it is about."""
        return HalfYear(self.year, self.half)
