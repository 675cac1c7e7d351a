"""How alike two texts are: by the words they share, or better with the optional extra `[similarity]`."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from django.conf import settings

from deviations.rules.comparing import Numbers


class SimilarText(Protocol):
    """Both ways answer the same questions; the setting `SIMILAR_TEXT` chooses one."""

    has_vectors: bool

    def vector_of(self, text: str) -> bytes | None:
        """What is kept beside a text to compare it later; None when nothing is."""

    def likeness(self, text: str, by_words: Numbers, vectors: Sequence[bytes | None]) -> Numbers:
        """From 0 to 1 how alike each earlier text is, given the share of telling words and what was kept of it."""


class SharedWords:
    """The base: nothing but the words."""

    has_vectors = False

    def vector_of(self, text: str) -> bytes | None:
        """Nothing is kept."""
        return None

    def likeness(self, text: str, by_words: Numbers, vectors: Sequence[bytes | None]) -> Numbers:
        """The share of telling words."""
        return by_words


@cache
def similar_text() -> SimilarText:
    """The one that this municipality chose."""
    if settings.SIMILAR_TEXT == "sentences":
        from deviations.sentence_vectors import SentenceVectors

        return SentenceVectors()
    return SharedWords()
