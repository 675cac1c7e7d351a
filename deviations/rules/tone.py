"""How a text for a resident reads: where it says "ik" or speaks of the resident, is long, or sounds like an office.

About Dutch text only. It points and leaves the choice to who writes: "zij" may be somebody's daughter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 20  # words in a sentence that reads easily at level B1
SHOWN = 8  # words of a long sentence, enough to find it

FIRST = ("ik", "mij", "mijn", "me")
INFORMAL = ("je", "jij", "jou", "jouw", "jullie")
THIRD = (
    "hij", "zij", "haar", "hem", "zijn situatie", "mevrouw", "meneer", "de heer", "de inwoner", "inwoner", "de klant",
    "klant", "cliënt", "de cliënt", "belanghebbende", "betrokkene", "aanvrager", "verzoeker",
)  # fmt: skip
# What an office writes, and what people say.
STIFF = {
    "conform": "volgens", "middels": "met", "derhalve": "daarom", "dientengevolge": "daardoor", "indien": "als",
    "teneinde": "om", "aangaande": "over", "inzake": "over", "reeds": "al", "voornoemde": "deze",
    "onderhavige": "deze", "ingevolge": "volgens", "jegens": "tegenover", "thans": "nu", "tevens": "ook",
    "omtrent": "over", "dient te": "moet", "dienen te": "moeten", "alsmede": "en", "echter": "maar",
    "hetgeen": "wat", "krachtens": "volgens", "met betrekking tot": "over", "ten behoeve van": "voor",
    "in het kader van": "bij", "op grond waarvan": "waardoor", "zulks": "dit", "doch": "maar",
}  # fmt: skip

_BRACKETS = re.compile(r"\([^)]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý“‘\"'(])|\n+")


@dataclass(frozen=True)
class Tip:
    """One thing to look at: what stands there, and what could stand there instead."""

    code: str
    found: str
    sentence: Promise
    better: str = ""


def tips(text: str) -> list[Tip]:
    """What to read once more, in the order of importance; each word once. A reference in brackets is left alone."""
    text = _BRACKETS.sub("", text)
    return [
        *_words(text, "first_person", FIRST, _("A letter speaks for the municipality: write “wij”.")),
        *_words(text, "informal", INFORMAL, _("Address the resident with “u”.")),
        *_words(text, "third_person", THIRD, _("Is this the resident? Then write “u”.")),
        *_stiff(text),
        *_long(text),
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text, also those on lines of their own."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def length(sentence: str) -> int:
    """In words; what stands between brackets is a reference, not read along."""
    return len(re.findall(r"\w[\w'’.,:/-]*", _BRACKETS.sub("", sentence)))


def _words(text: str, code: str, words: tuple[str, ...], sentence: Promise) -> Iterator[Tip]:
    found = [word for word in words if _has(text, word)]
    # “de inwoner” says it already: “inwoner” need not be named again
    named = [word for word in found if not any(word != other and word in other.split() for other in found)]
    if named:
        yield Tip(code, ", ".join(named), sentence)


def _stiff(text: str) -> Iterator[Tip]:
    for word, better in STIFF.items():
        if _has(text, word):
            yield Tip("stiff", word, _("There is a plainer word."), better)


def _long(text: str) -> Iterator[Tip]:
    for sentence in sentences(text):
        if length(sentence) > LONGEST:
            start = " ".join(sentence.split()[:SHOWN]) + " …"
            yield Tip("long", start, _("This is a long sentence: make two of it."))


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None
