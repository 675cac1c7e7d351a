"""What a dossier holds: its items with their lines, whether each is there or missing, and who sees which lines.

Section 7 of the reference names the items: what objection, appeal and the accountant ask for. An item is there,
missing, not asked for here, or not due yet; there is no percentage, since one missing item can be the one that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.kernel.money import euros, from_cents

SHORT = 60  # characters
Words = str | Promise
Facts = Mapping[str, Any]


class Holds(Enum):
    """What kind of thing a line tells."""

    FACT = "fact"  # days, articles, amounts, answers
    NAME = "name"  # of a colleague
    CASE = "case"  # by which the case can be found
    CONTENT = "content"  # what was written about the resident


class Scope(TextChoices):
    """How much of a dossier somebody reads."""

    WHOLE = "whole", _("The whole dossier")
    REVIEW = "review", _("For a review: without names and without the number of the case")
    CONTROL = "control", _("For internal control: without what was written about the resident")
    ACCESS = "access", _("For whom it is about: without names of colleagues")


SEES: dict[Scope, frozenset[Holds]] = {
    Scope.WHOLE: frozenset(Holds),
    Scope.REVIEW: frozenset({Holds.FACT, Holds.CONTENT}),
    Scope.CONTROL: frozenset({Holds.FACT, Holds.NAME}),
    Scope.ACCESS: frozenset({Holds.FACT, Holds.CASE, Holds.CONTENT}),
}


class Status(TextChoices):
    """Whether an item is in the dossier."""

    PRESENT = "present", _("There")
    MISSING = "missing", _("Missing")
    NOT_ASKED = "not_asked", _("Not asked for here")
    NOT_DUE = "not_due", _("Not due yet")


@dataclass(frozen=True)
class Line:
    """One labelled value."""

    label: Words
    text: str
    holds: Holds = Holds.CONTENT

    @property
    def is_long(self) -> bool:
        """Whether it takes the whole width."""
        return self.holds == Holds.CONTENT or len(self.text) > SHORT


@dataclass(frozen=True)
class Item:
    """One thing that a dossier holds. `why` says why it is missing, or not asked for."""

    code: str
    label: Words
    article: str
    status: Status
    lines: tuple[Line, ...] = ()
    why: Words = ""
    hidden: bool = False

    @property
    def missing(self) -> bool:
        """Whether it should be there and is not."""
        return self.status == Status.MISSING


def seen(items: Iterable[Item], scope: Scope) -> list[Item]:
    """The items with the lines that this scope shows; `hidden` tells that there is more."""
    found = []
    for item in items:
        lines = tuple(line for line in item.lines if line.holds in SEES[scope])
        found.append(replace(item, lines=lines, hidden=len(lines) < len(item.lines)))
    return found


def missing(items: Iterable[Item]) -> tuple[str, ...]:
    """The codes of what is missing."""
    return tuple(item.code for item in items if item.missing)


def written(*lines: tuple[Words, Any, Holds]) -> tuple[Line, ...]:
    """The lines that say something."""
    return tuple(Line(label, str(text), holds) for label, text, holds in lines if text not in (None, "", []))


def status_of(lines: Sequence[Line], *, asked: bool) -> Status:
    """There when it says something, missing when it was asked for and does not."""
    if lines:
        return Status.PRESENT
    return Status.MISSING if asked else Status.NOT_ASKED


def day(text: str | None) -> str:
    """A kept day or moment as people read it; empty when there is none."""
    if not text:
        return ""
    if len(text) == len("2026-11-21"):
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")


def amount(cents: int | None) -> str:
    """Whole cents as people read them; empty when there are none."""
    return euros(from_cents(cents)) if cents else ""
