"""A first name that many people here have, with a surname behind it: the name of somebody, without a title.

The first names are those often given in the Netherlands, by families from here, Turkey, Morocco, Suriname, the
Antilles, Poland, Syria, Eritrea, Somalia, Ukraine, China and Vietnam. Streets, schools and firms are named after
people too; what stands round a name tells them apart.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .findings import Finding, Kind
from .words import PLACES, name_span, set_of

FIRST_NAMES = set_of((Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8"))

_CAPITAL = re.compile(r"(?<![^\W\d_])(?<![-'’.@/])[^\W\d_a-z][^\W\d_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)[.,]?[ \u00a0]$")
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]+)")
_PART = re.compile(r"[^\W\d_]+")
# Before a street, a school or a regulation stands an article, before a firm what kind of thing it is.
_BEFORE = set_of(
    "de het een den sint st koning koningin prins prinses paus huize stichting vereniging bewindvoerderskantoor "
    "advocatenkantoor notariskantoor kantoor apotheek basisschool school scholengemeenschap college gymnasium lyceum "
    "ziekenhuis verpleeghuis woonzorgcentrum zorgcentrum buurthuis wijkcentrum centrum kliniek fonds winkel kringloop "
    "restaurant bakkerij slagerij garage firma hotel buurt wijk team"
)
_AFTER = set_of(
    "college school basisschool lyceum gymnasium universiteit instituut academie ziekenhuis kliniek huis huizen "
    "stichting fonds bv nv vof beheer groep regeling wet straat laan plein weg kade markt park stadion arena "
    "centrum kringloop optiek energie bouw apotheek bakkerij slagerij supermarkt kapsalon restaurant garage taxi team"
)
_NO_SURNAMES = _AFTER | set_of("noord zuid oost west midden nederland jeugd inkomen schuldhulp i ii iii iv pan")
_PUBLIC = (
    "Albert Heijn", "Alexander Graham Bell", "Anna Paulowna", "Anne Frank", "Hans Anders", "Hugo de Groot",
    "Jan Linders", "Jan Steen", "Jan van Galen", "Johan Cruijff", "Johan de Witt", "Karel de Grote", "Leo Kanner",
    "Maria Montessori", "Marco Polo", "Mark Rutte", "Martin Luther King", "Max Havelaar", "Thomas Cook",
    "Vincent van Gogh", "Willem Alexander", "Willem van Oranje", "Willem de Zwijger",
)  # fmt: skip


def find_full_names(text: str) -> Iterator[Finding]:
    """A first name of the list with a capital, and a surname with a capital; infixes may stand between."""
    end = 0
    for first in _CAPITAL.finditer(text):
        if first.start() < end or first[0] not in FIRST_NAMES:
            continue
        span = name_span(text, first.start(), titled=False)
        if span and _is_somebody(text, first.end(), *span):
            end = span[1]
            yield Finding(Kind.NAME, *span, text[slice(*span)])


def _is_somebody(text: str, first_end: int, start: int, end: int) -> bool:
    surnames = [part.lower() for part in _PART.findall(text[first_end:end])]
    if " " not in text[start:end] or not surnames or _NO_SURNAMES & set(surnames):
        return False
    before = _LAST_WORD.search(text, max(0, start - 40), start)
    after = _NEXT_WORD.match(text, end)
    return not (
        before and before[1].lower() in _BEFORE
        or after and after[1].lower() in _AFTER
        or _is_place(surnames[-1])
        or text.startswith(_PUBLIC, start)
    )  # fmt: skip


def _is_place(surname: str) -> bool:
    """Jan Steenstraat, but not Jan van der Laan or Els Verlaan."""
    return surname.endswith(PLACES) and surname not in PLACES and not surname.startswith("ver")
