"""Identifying data in Dutch free text: found while somebody types, and again before anything is released.

`find` gives the places, `blocking` those that must go before the text can be saved (a citizen service number),
`replace` the text with a neutral word at each place, `take_out` that for one of them. The detector knows eight
things by their form, and full names that begin with a first name that many people have; it does not know a first name
alone, streets or stories, so a text without findings can still identify somebody. Every pattern looks a bounded
distance ahead: the time grows with the length of the text, not faster.
"""

import re
from collections.abc import Iterator

from .findings import Finding, Kind, placeholder
from .full_names import find_full_names
from .numbers import find_bsns, find_ibans, find_phones, find_plates
from .words import find_birth_dates, find_emails, find_names, find_postcodes

__all__ = ("Finding", "Kind", "blocking", "find", "placeholder", "replace", "take_out")

# Where two kinds claim the same characters the first in this row wins; inside an IBAN, a telephone
# number or a birth date the digits of a citizen service number mean nothing.
_FINDERS = (
    find_ibans,
    find_phones,
    find_birth_dates,
    find_bsns,
    find_emails,
    find_postcodes,
    find_plates,
    find_names,
    find_full_names,
)
# Most text holds no digit, and then only these can find something.
_FINDERS_WITHOUT_DIGITS = (find_emails, find_names, find_full_names)
_DIGIT = re.compile("[0-9]")


def find(text: str) -> list[Finding]:
    """What identifies somebody in the text, from left to right, without overlap."""
    taken = bytearray(len(text))
    found: list[Finding] = []
    for finder in _FINDERS if _DIGIT.search(text) else _FINDERS_WITHOUT_DIGITS:
        for finding in finder(text):
            if not any(taken[finding.start : finding.end]):
                taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
                found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def blocking(text: str) -> list[Finding]:
    """What must be taken out before the text can be saved."""
    return [finding for finding in find(text) if finding.blocks]


def take_out(text: str, kind: Kind, words: str) -> str:
    """The text with a neutral Dutch word wherever exactly these words were found as this kind."""
    return "".join(_pieces(text, [each for each in find(text) if (each.kind, each.text) == (kind, words)]))


def replace(text: str) -> str:
    """The text with a neutral Dutch word in the place of each finding; nothing is found in the result."""
    # Taking something out can bring its neighbours together, hence again. Each round takes out digits,
    # at-signs or capitals and puts none back, so this ends.
    while found := find(text):
        text = "".join(_pieces(text, found))
    return text


def _pieces(text: str, found: list[Finding]) -> Iterator[str]:
    done = 0
    for finding in found:
        yield text[done : finding.start]
        yield placeholder(finding.kind)
        done = finding.end
    yield text[done:]
