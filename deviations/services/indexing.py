"""Keeping the words of deviations for search and precedents, in the transaction that saves the deviation itself."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from deviations.models import Deviation, DeviationText
from deviations.models.texts import key_of
from deviations.rules.comparing import GROUND, LIFE_DOMAIN, features, packed
from organisation.kernel.dutch import tokens, words
from organisation.models import Errand

from .similar_text import similar_text

TEXTS = ("if_followed", "instead", "why_here")
BATCH = 500


def index(deviation: Deviation) -> None:
    """Write the words of this deviation as it is now; once it is answered also what makes it comparable."""
    _write([_row(deviation)])


def index_imported(made: Iterable[tuple[Deviation, Sequence[str]]]) -> None:
    """Write the words of rows of a register, each with what is ticked. Vectors are made afterwards, by an errand."""
    _write([_row(deviation, ticked, with_vector=False) for deviation, ticked in made])


def text_of(deviation: Deviation) -> str:
    """What is compared and searched: the three texts of the quick record."""
    return "\n".join(filter(None, (getattr(deviation, name) for name in TEXTS)))


def index_missing(errand: Errand | None = None, *, everything: bool = False) -> int:
    """Write the words, and the vectors of the extra, that are not there yet. Returns how many deviations it wrote.

    With `everything` also those that are there: after a change of the normalisation or of the extra.
    """
    done = 0
    missing = Q(text__isnull=True) | Q(text__features__isnull=True) & ~Q(answer="")
    if similar_text().has_vectors:
        missing |= Q(text__vector__isnull=True, text__routine__isnull=False)
    rows = Deviation.objects.prefetch_related("grounds", "life_domains").order_by("pk")
    keys = list((rows if everything else rows.filter(missing)).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            batch = list(rows.filter(pk__in=keys[start : start + BATCH]).select_for_update(of=("self",)))
            _write([_row(deviation) for deviation in batch])
        done += len(batch)
        if errand:
            errand.renew()
    return done


def _row(deviation: Deviation, ticked: Iterable[str] | None = None, *, with_vector: bool = True) -> DeviationText:
    text = text_of(deviation)
    row = DeviationText(id=key_of(deviation.created_at), deviation=deviation)
    row.words = " ".join([*_number(deviation), *words(text)])
    if deviation.answer:
        row.routine_id = deviation.routine_id
        row.features = packed(features(words(text), _ticked(deviation) if ticked is None else ticked))
        row.vector = similar_text().vector_of(text) if with_vector else None
    return row


def _number(deviation: Deviation) -> Iterable[str]:
    """A number is found whole, without its letter, and by its last part."""
    rest = deviation.number.partition("-")[2]
    return dict.fromkeys([*tokens(deviation.number), *tokens(rest), *tokens(rest.rpartition("-")[2])])


def _ticked(deviation: Deviation) -> list[str]:
    grounds = [GROUND + ground.code for ground in deviation.grounds.all()]
    return grounds + [LIFE_DOMAIN + domain.code for domain in deviation.life_domains.all()]


def _write(rows: list[DeviationText]) -> None:
    """Insert, or replace what changes; the key stays what it was."""
    DeviationText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["deviation"],
        update_fields=["routine", "words", "features", "vector"],
    )
