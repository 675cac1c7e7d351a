"""Running numbers per year, such as Z-2026-00042, without gaps that anybody could count on and without doubles."""

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone


class Counter(models.Model):
    """The last number given out for a letter in a year."""

    letter = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("letter", "year"), name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.letter}-{self.year}"

    @classmethod
    @transaction.atomic
    def next(cls, letter: str) -> str:
        """The next number, such as `A-2026-00017`; the row is locked by its update until the transaction ends."""
        year = timezone.localdate().year
        counter, _created = cls.objects.get_or_create(letter=letter, year=year)
        cls.objects.filter(pk=counter.pk).update(last=F("last") + 1)
        counter.refresh_from_db(fields=["last"])
        return f"{letter}-{year}-{counter.last:05d}"
