"""The spreadsheet register that municipalities have today: what a row may hold, and what is wrong with it.

Pure: text in, a `Row` or the faults out. Whether names are known is asked of a `Names`, filled by the caller.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.translation import gettext as _

from organisation.kernel.periods import Period

REQUIRED = ("date", "team", "policy_domain", "routine", "kind")
OPTIONAL = (
    "source_type",
    "answer",
    "outcome",
    "amount",
    "life_domains",
    "neighbourhood",
    "causes",
    "reasons",
    "case_reference",
    "routine_uses",
)
COLUMNS = (*REQUIRED, *OPTIONAL)
CHOICES = {
    "kind": ("made", "considered", "blocked"),
    "answer": ("agreed", "agreed_with_conditions", "refused", "by_space"),
    "outcome": ("yes", "partly", "no", "unknown"),
    "source_type": ("habit", "system", "work_instruction", "policy_rule", "ordinance", "statute"),
}
EARLIEST = date(2000, 1, 1)
MOST_CENTS = 10**11
MOST_USES = 10**7
MOST_GROUPS, MOST_LINES = 500, 2_000  # of the faults of one file
THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")  # 1.000 is a thousand euros: no amount has three decimals
Wrong = Callable[[str, str], None]  # how a check reports a fault: the column and the sentence
LONGEST = {"case_reference": 60, "reasons": 10_000, "team": 80, "policy_domain": 40, "routine": 20, "neighbourhood": 40}


class Fault(NamedTuple):
    """What is wrong, where: the line in the file (the heading is line 1), the column, and a sentence."""

    line: int
    column: str
    message: str


class Group(NamedTuple):
    """One fault that was met on many lines: how often, and the lines as far as they were kept."""

    column: str
    message: str
    times: int
    lines: list[int]


@dataclass(slots=True)
class Tally:
    """The faults of a file, alike ones together; however large the file, a page of them is kept."""

    total: int = 0
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = field(default_factory=dict)
    kept: int = 0

    def add(self, fault: Fault) -> None:
        """Count one fault. The first line of a group is always kept; others while there is room."""
        self.total += 1
        key = (fault.column, fault.message)
        if key not in self.groups and len(self.groups) == MOST_GROUPS:
            return
        times, lines = self.groups.setdefault(key, ([0], []))
        times[0] += 1
        if not lines or self.kept < MOST_LINES:
            lines.append(fault.line)
            self.kept += 1

    def report(self) -> list[Group]:
        """The groups, in the order in which the file shows them first."""
        return [Group(*key, times[0], lines) for key, (times, lines) in self.groups.items()]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, checked. `kind` is empty when it only reports how often a routine was applied."""

    line: int
    day: date
    team: str
    policy_domain: str
    routine: str
    source_type: str
    kind: str
    answer: str
    outcome: str
    cents: int
    life_domains: tuple[str, ...]
    neighbourhood: str
    causes: tuple[str, ...]
    reasons: str
    case_reference: str
    routine_uses: int | None

    @property
    def period(self) -> int:
        """The month in which this row counts, as yyyymm."""
        return int(Period.of_date(self.day))


@dataclass(slots=True)
class Names:
    """The names and codes that are known, by column and in small letters, and the unknown ones that were met."""

    known: Mapping[str, frozenset[str]]
    creatable: frozenset[str] = frozenset()
    met: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def fault(self, column: str, value: str) -> str:
        """Why this value cannot be used; empty when it is known or will be made."""
        if not value or value.casefold() in self.known[column]:
            return ""
        self.met[column].setdefault(value.casefold(), value)
        if column in self.creatable:
            return ""
        return _("“%(value)s” is not known here.") % {"value": value[:60]}


@dataclass(slots=True)
class Reader:
    """Checks the rows of one file; remembers the monthly uses, which must not contradict each other."""

    names: Names
    today: date
    uses: dict[tuple[int, str, str], tuple[int, int]] = field(default_factory=dict)

    def read(self, line: int, cells: Mapping[str, str | None]) -> tuple[Row | None, list[Fault]]:
        """The row, or everything that is wrong with it."""
        text = {column: (cells.get(column) or "").strip() for column in COLUMNS}
        faults: list[Fault] = []

        def wrong(column: str, message: str) -> None:
            faults.append(Fault(line, column, message))

        for column in ("date", "team", "policy_domain", "routine"):
            if not text[column]:
                wrong(column, _("This may not be empty."))
        day = self._day(text["date"], wrong)
        cents = self._cents(text["amount"], wrong)
        uses = self._uses(text["routine_uses"], wrong)
        lists = {column: self._codes(column, text[column], wrong) for column in ("life_domains", "causes")}
        self._check_choices(text, uses, wrong)
        self._check_names(text, wrong)
        if faults or day is None:
            return None, faults
        row = Row(
            line=line,
            day=day,
            team=text["team"],
            policy_domain=text["policy_domain"],
            routine=text["routine"],
            source_type=text["source_type"],
            kind=text["kind"],
            answer=text["answer"],
            outcome=text["outcome"],
            cents=cents,
            life_domains=lists["life_domains"],
            neighbourhood=text["neighbourhood"],
            causes=lists["causes"],
            reasons=text["reasons"],
            case_reference=text["case_reference"],
            routine_uses=uses,
        )
        return (None, faults) if self._contradicts(row, wrong) else (row, [])

    def _day(self, text: str, wrong: Wrong) -> date | None:
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            wrong("date", _("“%(value)s” is not a date. Write it as 2026-11-21.") % {"value": text[:60]})
            return None
        if not EARLIEST <= day <= self.today:
            wrong("date", _("The date lies before the year 2000 or in the future."))
            return None
        return day

    def _cents(self, text: str, wrong: Wrong) -> int:
        if not text:
            return 0
        plain = text.removeprefix("€").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if "," in plain or THOUSANDS.fullmatch(plain):
            plain = plain.replace(".", "").replace(",", ".")
        try:
            amount = Decimal(plain) * 100
            whole = amount == amount.to_integral_value()
        except InvalidOperation:
            whole = False
        if not whole or not 0 <= amount <= MOST_CENTS:
            wrong("amount", _("“%(value)s” is not an amount in euros, such as 1250.00.") % {"value": text[:60]})
            return 0
        return int(amount)

    def _uses(self, text: str, wrong: Wrong) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or int(text[:9]) > MOST_USES:
            wrong("routine_uses", _("“%(value)s” is not a whole number.") % {"value": text[:60]})
            return None
        return int(text)

    def _codes(self, column: str, text: str, wrong: Wrong) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(code.strip() for code in text.split("|") if code.strip()))
        for code in codes:
            if fault := self.names.fault(column, code):
                wrong(column, fault)
        return codes

    def _check_choices(self, text: Mapping[str, str], uses: int | None, wrong: Wrong) -> None:
        for column, choices in CHOICES.items():
            if text[column] and text[column] not in choices:
                words = {"value": text[column][:60], "choices": ", ".join(choices)}
                wrong(column, _("“%(value)s” is not one of: %(choices)s.") % words)
        if not text["kind"] and uses is None:
            wrong("kind", _("Fill in the kind, or how often the routine was applied this month."))

    def _check_names(self, text: Mapping[str, str], wrong: Wrong) -> None:
        for column in ("team", "policy_domain", "routine", "neighbourhood"):
            if fault := self.names.fault(column, text[column]):
                wrong(column, fault)
        for column, longest in LONGEST.items():
            if len(text[column]) > longest:
                wrong(column, _("This is longer than %(longest)d characters.") % {"longest": longest})

    def _contradicts(self, row: Row, wrong: Wrong) -> bool:
        if row.routine_uses is None:
            return False
        key = (row.period, row.routine.casefold(), row.team.casefold())
        uses, line = self.uses.setdefault(key, (row.routine_uses, row.line))
        if uses == row.routine_uses:
            return False
        words = {"uses": uses, "line": line}
        wrong("routine_uses", _("Line %(line)d says %(uses)d for this routine, team and month.") % words)
        return True


def missing_columns(header: list[str] | None) -> list[str]:
    """The required columns that the heading lacks."""
    return [column for column in REQUIRED if column not in (header or [])]
