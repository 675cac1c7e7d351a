"""Numbers that belong to one person: citizen service number, bank account, telephone and number plate."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from stdnum import iban
from stdnum.nl import bsn

from .findings import Finding, Kind

_DIGITS = re.compile("[0-9]+")
_SPACES = " \N{NO-BREAK SPACE}"

# Ways in which people cut a citizen service number in groups; without its leading zero it has eight digits.
_GROUPINGS = frozenset(
    {(9,), (3, 3, 3), (4, 2, 3), (4, 3, 2), (3, 2, 4), (2, 3, 4), (3, 4, 2), (2, 4, 3)}
    | {(2, 2, 2, 3), (2, 2, 3, 2), (2, 3, 2, 2), (3, 2, 2, 2)}
    | {(8,), (2, 3, 3), (3, 3, 2), (3, 2, 3), (4, 2, 2)}
)
# With dashes only the usual ways: case numbers and plain dates have dashes too.
_DASHED = frozenset({(3, 3, 3), (4, 2, 3)})
_MOST_GROUPS = 4

_CURRENCY_BEFORE = re.compile("(?:€|eur|euro) ?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r"(?:,(?:[0-9]|-)| ?euro| ?€)", re.IGNORECASE)
_CHAMBER_BEFORE = re.compile(r"kvk(?:[- ]?nummer|[- ]?nr\.?)?[ :]{0,3}$", re.IGNORECASE)
_CONTEXT = 20
# Decades whose days are rather events than numbers; a wider range would let more citizen service numbers pass.
_RECENT = frozenset({"200", "201", "202", "203"})

# Two letters, two digits, then eleven to thirty letters or digits, by fours or not.
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ .-]?[A-Za-z0-9]){11,30}")

_PHONE = re.compile(
    r"(?<![0-9+])(?<![A-Z]{4})(?:(?:\+|00)31(?:[ .-]{0,2}\(?0\)?)?(?P<subscriber>(?:[ .()/-]{0,3}[0-9]){9})"
    r"|\(?0[1-9](?:[ .()/-]{0,3}[0-9]){8})(?![0-9])"
)
_DATE_SHAPED = re.compile(r"0[1-9]([-./ ])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9])")
_SERVICE_NUMBERS = ("0800", "0900", "0906", "0909")

_PLATE = re.compile(r"(?<![\w-])[A-Z0-9]{1,3}-[A-Z0-9]{1,3}-[A-Z0-9]{1,3}(?![\w-])")
_PLATE_NAMED = re.compile(
    r"(?<!\w)kenteken(?:nummer)?[ :]{1,3}(?:is[ ]|van[ ])?((?:[A-Z0-9][ -]?){5}[A-Z0-9])(?![\w-])", re.IGNORECASE
)
# The fourteen sidecodes of the vehicle register, letters as L and digits as D.
_SIDECODES = frozenset(
    {"LLDDDD", "DDDDLL", "DDLLDD", "LLDDLL", "LLLLDD", "DDLLLL", "DDLLLD"}
    | {"DLLLDD", "LLDDDL", "LDDDLL", "LLLDDL", "LDDLLL", "DLLDDD", "DDDLLD"}
)
# Laws people abbreviate to two letters: PW-41-11 is an article.
_LAWS = frozenset({"AW", "BW", "GW", "JW", "LV", "PW", "SR", "SV", "WW", "ZW"})


def find_bsns(text: str) -> Iterator[Finding]:
    """Runs of eight or nine digits, also in groups, that pass the eleven test; overlapping ones as one."""
    start = end = -1
    for candidate_start, candidate_end in _bsn_spans(text):
        if candidate_start < end:
            end = max(end, candidate_end)
            continue
        if start >= 0:
            yield Finding(Kind.BSN, start, end, text[start:end])
        start, end = candidate_start, candidate_end
    if start >= 0:
        yield Finding(Kind.BSN, start, end, text[start:end])


def _bsn_spans(text: str) -> Iterator[tuple[int, int]]:
    runs = [match.span() for match in _DIGITS.finditer(text)]
    for first in range(len(runs)):
        for last in range(first, min(first + _MOST_GROUPS, len(runs))):
            if last > first and runs[last][0] - runs[last - 1][1] != 1:
                break
            if _is_bsn(text, runs[first : last + 1]):
                yield runs[first][0], runs[last][1]


def _is_bsn(text: str, groups: list[tuple[int, int]]) -> bool:
    lengths = tuple(end - start for start, end in groups)
    if lengths not in _GROUPINGS or not _separators_fit(text, groups, lengths):
        return False
    digits = "".join(text[start:end] for start, end in groups)
    start, end = groups[0][0], groups[-1][1]
    if set(lengths[1:]) == {3} and _is_amount(text, start, end):
        return False
    if len(digits) == 8 and (
        _is_compact_date(digits) or _CHAMBER_BEFORE.search(text[max(0, start - _CONTEXT) : start])
    ):
        return False
    return bsn.is_valid(digits)


def _separators_fit(text: str, groups: list[tuple[int, int]], lengths: tuple[int, ...]) -> bool:
    separators = {text[before[1]] for before, _ in pairwise(groups)}
    if len(separators) > 1:
        return False
    return separators <= {".", *_SPACES} or (separators == {"-"} and lengths in _DASHED)


def _is_amount(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _CONTEXT) : start]
    return bool(_CURRENCY_BEFORE.search(before) or _AMOUNT_AFTER.match(text, end))


def _is_compact_date(digits: str) -> bool:
    """Whether eight digits are a day of recent years, such as 20261120 or 20112026."""
    for iso in (f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", f"{digits[4:]}-{digits[2:4]}-{digits[:2]}"):
        if iso[:3] in _RECENT:
            try:
                date.fromisoformat(iso)
            except ValueError:
                continue
            return True
    return False


def find_ibans(text: str) -> Iterator[Finding]:
    """Account numbers whose country, length and check digits agree."""
    for match in _IBAN.finditer(text):
        end = _end_of_iban(text, match.start(), match.end())
        if end:
            yield Finding(Kind.IBAN, match.start(), end, text[match.start() : end])


def _end_of_iban(text: str, start: int, longest: int) -> int | None:
    """Where the account number ends: what follows it may look like more of it."""
    for end in range(start + 15, longest + 1):
        if end == len(text) or not (text[end].isascii() and text[end].isalnum()):
            compact = re.sub("[ .-]", "", text[start:end])
            if iban.is_valid(compact):
                return end
    return None


def find_phones(text: str) -> Iterator[Finding]:
    """Dutch telephone numbers, but not the service numbers that everybody calls."""
    for match in _PHONE.finditer(text):
        if match["subscriber"] or _is_national(match[0]):
            # The bracket of (070) 123 45 67 belongs to it, that of a sentence between brackets does not.
            start = match.start() + (match[0][0] == "(" and ")" not in match[0])
            yield Finding(Kind.PHONE, start, match.end(), text[start : match.end()])


def _is_national(text: str) -> bool:
    """Whether ten digits are cut as people cut a telephone number: 06, or an area code of three or four first."""
    groups = _DIGITS.findall(text)
    if "".join(groups).startswith(_SERVICE_NUMBERS) or _DATE_SHAPED.match(text):
        return False
    return groups[0].startswith("06") or (len(groups[0]) in (3, 4, 10) and all(len(group) > 1 for group in groups))


def find_plates(text: str) -> Iterator[Finding]:
    """Dutch number plates in capitals with dashes, or in any form after the word kenteken."""
    for match in _PLATE_NAMED.finditer(text):
        if _sidecode(match[1].upper()) in _SIDECODES:
            yield Finding(Kind.NUMBER_PLATE, match.start(1), match.end(1), match[1])
    for match in _PLATE.finditer(text):
        if _sidecode(match[0]) in _SIDECODES and _is_cut_well(match[0]):
            yield Finding(Kind.NUMBER_PLATE, match.start(), match.end(), match[0])


def _sidecode(plate: str) -> str:
    return "".join("D" if sign in "0123456789" else "L" for sign in plate if sign not in " -")


def _is_cut_well(plate: str) -> bool:
    """Whether each part is all letters or all digits, and the first is no law with an article behind it."""
    parts = plate.split("-")
    return all(part.isdigit() or part.isalpha() for part in parts) and parts[0] not in _LAWS
