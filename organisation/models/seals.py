"""The seal of the logbook: checkpoints over lines, and the place that each line got when it was sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.kernel.digests import moment
from organisation.kernel.seals import Body

from .logbook import AccessEvent, Event, LogLine

# The letter of each book, as it stands beside a sealed line.
BOOKS: dict[str, type[LogLine]] = {"e": Event, "a": AccessEvent}


class Checkpoint(models.Model):
    """One moment at which new lines were sealed. Rows are only added; the same is written outside the database."""

    number = models.PositiveBigIntegerField(_("checkpoint"), primary_key=True)
    sealed_at = models.DateTimeField(_("sealed"))
    first = models.PositiveBigIntegerField(_("first line"))
    lines = models.PositiveIntegerField(_("lines"))
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    brought_in = models.BooleanField(default=False)
    signature = models.CharField(max_length=128)
    signer = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return str(self.number)

    @property
    def body(self) -> Body:
        """What was signed."""
        return Body(
            self.number, moment(self.sealed_at), self.first, self.lines, self.root, self.previous, self.brought_in
        )


class SealedLine(models.Model):
    """The place of one line in the whole logbook. It is given when the line is sealed, not when it is written: a
    transaction that ends late gets a later place, and none is missed."""

    position = models.PositiveBigIntegerField(primary_key=True)
    book = models.CharField(max_length=1)
    line = models.UUIDField(unique=True)
    leaf = models.BinaryField(max_length=32)
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="sealed", db_index=False, verbose_name=_("checkpoint")
    )

    class Meta:
        ordering = ("position",)
        verbose_name = _("sealed line")
        verbose_name_plural = _("sealed lines")

    def __str__(self) -> str:
        return str(self.position)
