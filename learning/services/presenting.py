"""Figures in words: what a figure and its cells are, and the names of things; each figure is made by its own module."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.models import Routine
from deviations.models import Cause
from learning.rules.publishing import MORE_THAN_USES, NO_USES, Json
from organisation.kernel.disclosure import Reason
from organisation.kernel.money import euros, from_cents
from organisation.models import LifeDomain, Team

from . import drawing
from .charting import NARROW, WIDE, Mark, Spec

Filters = dict[str, str]


class Shown(NamedTuple):
    """A figure as it is shown; `why` is the reason when it is not, and then `value` is None.

    `least` is the part of a hidden sum that was told. `filters` are those of the list of deviations behind it.
    """

    text: str
    why: str
    value: float | None
    least: int = 0
    filters: Filters | None = None
    href: str = ""
    is_words: bool = False  # a sentence, not a number


NOTHING = Shown("–", "", None)
SLIM = 3  # columns


class Linked(str):
    """A name that leads to a page."""

    __slots__ = ("href",)
    href: str

    @classmethod
    def to(cls, name: str, href: str) -> "Linked":
        """This name, with where it leads; nowhere when that is empty."""
        made = cls(name)
        made.href = href
        return made


class Line(NamedTuple):
    """A row of a figure: its name and its cells."""

    name: str
    cells: list[Shown]


@dataclass(slots=True)
class Figure:
    """One chart with the table behind it; the table goes into the files as well."""

    name: str
    title: str
    note: str
    heads: list[str]
    rows: Sequence[tuple[str, list[Shown]]]
    specs: tuple[Spec, Spec] | None = None
    missing: str = ""  # why there is no such figure here
    svg: str = ""
    svg_narrow: str = ""
    pending: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not any(cell.value or cell.why or cell.least for _name, cells in self.rows for cell in cells)

    @property
    def is_slim(self) -> bool:
        """Whether its few columns stay a table in a narrow place; more of them become cards."""
        return len(self.heads) <= SLIM

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads, each with whether words stand below it and not numbers."""
        first = self.rows[0][1] if self.rows else [NOTHING] * (len(self.heads) - 1)
        return list(zip(self.heads, (True, *(cell.is_words for cell in first)), strict=True))

    @property
    def labelled(self) -> list[tuple[str, list[tuple[str, Shown]]]]:
        """The rows, with beside each cell the head of its column."""
        return [(name, list(zip(self.heads[1:], cells, strict=True))) for name, cells in self.rows]


@dataclass(slots=True)
class Words:
    """The names of routines, teams and terms, so that every sentence can be made."""

    k: int
    routines: dict[str, Routine] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    life_domains: dict[str, str] = field(default_factory=dict)

    def shown(self, flat: list[Any] | None, unit: str = "", **filters: str) -> Shown:
        """A published cell; `unit` comes behind it, and `filters` lead to the deviations it is about."""
        if flat is None:
            return NOTHING
        value, why, least = flat
        if value is not None:
            return Shown(number(value) + unit, "", value, filters=filters or None)
        if not why:
            return NOTHING
        text = _("at least %(number)s") % {"number": number(least)} if least else _("hidden")
        return Shown(text, reason(why), None, least, filters or None)

    def routine(self, pk: str) -> Linked:
        """A routine by its code and title, leading to where it is described."""
        known = self.routines.get(pk)
        return Linked.to(str(known), known.get_absolute_url()) if known else Linked.to(pk, "")

    def code(self, pk: str) -> str:
        """A routine by its code."""
        return self.routines[pk].code if pk in self.routines else pk

    def team(self, pk: str) -> str:
        """A team by its name."""
        return str(self.teams.get(pk, pk))


def words_for(published: Json) -> Words:
    """The names that these figures need: four questions, however many rows."""
    routines = [row["routine"] for row in published["routines"]]
    return Words(
        published["k"],
        {str(pk): routine for pk, routine in Routine.objects.in_bulk(routines).items()},
        {str(pk): team for pk, team in Team.objects.in_bulk(published["heat"]["teams"]).items()},
        {cause.code: str(cause) for cause in Cause.objects.all()},
        {life.code: str(life) for life in LifeDomain.objects.all()},
    )


def number(value: float) -> str:
    """A whole number, or one with a decimal, as people here write it."""
    return number_format(value, decimal_pos=1 if isinstance(value, float) else 0, use_l10n=True)


def with_sign(change: float) -> str:
    """A difference: +1,2 or −0,5."""
    return ("+" if change > 0 else "−" if change < 0 else "") + number(abs(change))


def money(cents: int | None) -> Shown:
    """A sum in whole euros."""
    if cents is None:
        return NOTHING
    return Shown(euros(from_cents(cents)).removesuffix(",00").removesuffix(".00"), "", float(from_cents(cents)))


def reason(code: str) -> str:
    """Why a figure is not shown, in a sentence."""
    if code == NO_USES:
        return _("Not known: nobody reported how often this routine was applied.")
    if code == MORE_THAN_USES:
        return _("Not known: fewer uses of this routine were reported than departures from it.")
    return str(Reason(code).label) if code else ""


def with_drawings(found: Iterable[Figure]) -> None:
    """Put the drawings that are ready into the figures."""
    charts = [figure for figure in found if figure.specs]
    svgs = drawing.ready(spec for figure in charts for spec in figure.specs or ())
    for figure in charts:
        wide, narrow = (drawing.digest(spec) for spec in figure.specs or ())
        figure.svg, figure.svg_narrow = svgs.get(wide, ""), svgs.get(narrow, "")
        figure.pending = "" if figure.svg and figure.svg_narrow else figure.name


def both(make: Callable[..., Spec], title: str, marks: list[Mark], **options: Any) -> tuple[Spec, Spec]:
    """A chart for a wide screen and for a phone."""
    return make(title, marks, width=WIDE, **options), make(title, marks, width=NARROW, **options)


def says(what: str, where: str, cell: Shown) -> str:
    """What a mark of a chart says aloud."""
    return f"{what}, {where}: {cell.text}" + (f". {cell.why}" if cell.why else "")


def bar(label: str, title: str, cell: Shown) -> Mark:
    """One bar: what is hidden has no length, or that of the part that was told."""
    return Mark(
        label, cell.value if cell.value is not None else cell.least or None, cell.text, says(label, title, cell)
    )


def named(codes: Iterable[Any], labels: Mapping[Any, Any], words: Words, **filters: str) -> list[Line]:
    """Lines of published cells under their names; a filter named `by` gets the code of its line."""
    by = filters.pop("by", "")
    found = []
    for code, flat in codes:
        own = {by: code or "none"} if by else {}
        found.append(Line(str(labels.get(code, code)), [words.shown(flat, **filters, **own)]))
    return found
