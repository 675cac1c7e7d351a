"""The words of a deviation as search and precedents use them: one row each, made by our own code on both databases."""

from collections.abc import Iterable
from datetime import datetime
from secrets import randbits
from typing import Any

from django.db import connection, models
from django.db.models import Lookup, Q

from cases.models import Routine

from .deviations import Deviation


def key_of(moment: datetime) -> int:
    """A key that sorts by the moment to the millisecond, with chance behind it; a bare day gets more chance."""
    rest = moment.microsecond // 1000 << 22 | randbits(22) if moment.microsecond else randbits(32)
    return int(moment.timestamp()) << 32 | rest


def with_all(beginnings: Iterable[str]) -> str:
    """For `words__holds`: words that begin like each of these; empty when there is none to look for."""
    return _match(" & " if connection.vendor == "postgresql" else " AND ", beginnings)


def with_any(beginnings: Iterable[str]) -> str:
    """For `words__holds`: a word that begins like one of these; empty when there is none to look for."""
    return _match(" | " if connection.vendor == "postgresql" else " OR ", beginnings)


def _match(between: str, beginnings: Iterable[str]) -> str:
    # Letters and digits only, from our own normalisation, so that no sign means anything to either notation.
    terms = [term for term in dict.fromkeys(beginnings) if term.isascii() and term.isalnum()]
    return between.join(f"'{term}':*" if connection.vendor == "postgresql" else f'"{term}"*' for term in terms)


class DeviationText(models.Model):
    """The words of one deviation, and what makes it comparable once it is answered. It goes when the deviation goes.

    The key sorts by the moment of the deviation, not a UUID as elsewhere: the full text index of SQLite gives its
    rows in the order of whole numbers, so the newest hits come first without sorting all of them.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    deviation = models.OneToOneField(Deviation, on_delete=models.CASCADE, related_name="text")
    # Empty for what is not answered: only an answer makes a precedent.
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    words = models.TextField(blank=True)
    features = models.BinaryField(null=True, help_text="packed by deviations.rules.comparing")
    vector = models.BinaryField(null=True, help_text="of the optional extra for similar text")

    class Meta:
        verbose_name = "words of a deviation"
        verbose_name_plural = "words of deviations"
        indexes = (
            models.Index(fields=("routine", "-id"), condition=Q(routine__isnull=False), name="deviationtext_precedent"),
        )

    def __str__(self) -> str:
        return str(self.deviation_id)


@models.TextField.register_lookup
class Holds(Lookup):
    """`words__holds=…`: the full text index of the database; `…` comes from `with_all` or `with_any`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The expression of the index `deviationtext_words`."""
        column, params = self.process_lhs(compiler, connection)
        return f"deviations_words({column}) @@ %s::tsquery", [*params, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The table `deviations_words`, which triggers keep equal to this one."""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM deviations_words WHERE deviations_words MATCH %s"
        return f"{table}.id IN ({found})", [self.rhs]
