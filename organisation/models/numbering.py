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
    def next(cls, letter: str) -> str:
        """The next number, such as `A-2026-00017`."""
        return cls.reserve(letter, 1)[0]

    @classmethod
    @transaction.atomic
    def reserve(cls, letter: str, count: int) -> list[str]:
        """The next `count` numbers; the row is locked by its update until the transaction ends."""
        year = timezone.localdate().year
        counter, _created = cls.objects.get_or_create(letter=letter, year=year)
        cls.objects.filter(pk=counter.pk).update(last=F("last") + count)
        counter.refresh_from_db(fields=["last"])
        return [f"{letter}-{year}-{n:05d}" for n in range(counter.last - count + 1, counter.last + 1)]
