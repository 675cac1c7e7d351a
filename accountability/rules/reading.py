"""Whether a text reads easily: sentences that are short enough for most people (language level B1)."""

import re
from dataclasses import dataclass

MOST = 20  # words in a sentence; what is longer is shown to the writer
USUAL = 12  # words in a sentence on average, at most
# A full stop inside a number or after a single letter ends nothing.
_END = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-Ý0-9–-])|\n+")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\w’'-]*\w[\w’'-]*")
_MARK = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Ease:
    """How a text reads: how many sentences, how many words they have on average, and those that are too long."""

    sentences: int
    average: float
    long: tuple[str, ...]

    @property
    def easy(self) -> bool:
        """Nothing too long, and short on average."""
        return not self.long and self.average <= USUAL


def sentences(text: str) -> list[str]:
    """The sentences of a text; each line ends one, and so does a colon."""
    found = [_MARK.sub("", part).strip() for part in _END.split(text)]
    return [part for part in found if _WORD.search(part)]


def words(sentence: str) -> int:
    """How many words."""
    return len(_WORD.findall(sentence))


def ease(text: str, most: int = MOST) -> Ease:
    """How this text reads."""
    found = sentences(text)
    counts = [words(sentence) for sentence in found]
    long = tuple(sentence for sentence, count in zip(found, counts, strict=True) if count > most)
    return Ease(len(found), round(sum(counts) / len(counts), 1) if counts else 0.0, long)
