"""Figures in words: key figures, tables and charts of a page, from what is published and the names of things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Routine
from deviations.models.deviations import Answer, Kind, Outcome
from learning.rules.publishing import MORE_THAN_USES, NO_USES, Json
from organisation.kernel.disclosure import Reason
from organisation.kernel.periods import Period
from organisation.models import Team

from . import charting, drawing
from .charting import FULL, NARROW, WIDE, Mark, Spec

TOP = 8


class Shown(NamedTuple):
    """A figure as it is shown; `why` is the reason when it is not, and then `value` is None."""

    text: str
    why: str
    value: float | None


@dataclass(slots=True)
class Figure:
    """One chart with the table behind it; the table goes into the CSV as well."""

    name: str
    title: str
    note: str
    heads: list[str]
    rows: list[tuple[str, list[Shown]]]
    specs: tuple[Spec, Spec] | None = None
    svg: str = ""
    svg_narrow: str = ""
    pending: str = ""


@dataclass(slots=True)
class Words:
    """The names of routines and teams, and the threshold, so that every sentence can be made."""

    k: int
    routines: dict[str, Routine] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def shown(self, flat: list[Any]) -> Shown:
        """A published cell."""
        value, why = flat
        if value is None:
            text = f"<{self.k}" if why == Reason.TOO_FEW else _("hidden") if why else "–"
            return Shown(text, reason(why), None)
        return Shown(number(value), "", value)

    def routine(self, pk: str) -> str:
        """A routine by its code and title."""
        return str(self.routines.get(pk, pk))

    def team(self, pk: str) -> str:
        """A team by its name."""
        return str(self.teams.get(pk, pk))


def words_for(published: Json) -> Words:
    """The names that these figures need: two questions, however many rows."""
    routines = [row["routine"] for row in published["routines"]]
    teams = published["heat"]["teams"]
    return Words(
        published["k"],
        {str(pk): routine for pk, routine in Routine.objects.in_bulk(routines).items()},
        {str(pk): team for pk, team in Team.objects.in_bulk(teams).items()},
    )


def number(value: float) -> str:
    """A whole number, or one with a decimal, as people here write it."""
    return number_format(value, decimal_pos=1 if isinstance(value, float) else 0, use_l10n=True)


def with_sign(change: float) -> str:
    """A difference: +1,2 or −0,5."""
    return ("+" if change > 0 else "−" if change < 0 else "") + number(abs(change))


def reason(code: str) -> str:
    """Why a figure is not shown, in a sentence."""
    if code == NO_USES:
        return _("Not known: nobody reported how often this routine was applied.")
    if code == MORE_THAN_USES:
        return _("Not known: fewer uses of this routine were reported than departures from it.")
    return str(Reason(code).label) if code else ""


def figures(published: Json, words: Words) -> dict[str, Figure]:
    """Every figure of the page, by name, in the order of the page."""
    made: list[Callable[[Json, Words], Figure]] = [trend, routines, answers, outcomes, heat, kinds]
    return {figure.name: figure for figure in (make(published, words) for make in made)}


def with_drawings(found: Iterable[Figure]) -> None:
    """Put the drawings that are ready into the figures."""
    charts = [figure for figure in found if figure.specs]
    svgs = drawing.ready(spec for figure in charts for spec in figure.specs or ())
    for figure in charts:
        wide, narrow = (drawing.digest(spec) for spec in figure.specs or ())
        figure.svg, figure.svg_narrow = svgs.get(wide, ""), svgs.get(narrow, "")
        figure.pending = "" if figure.svg and figure.svg_narrow else figure.name


def trend(published: Json, words: Words) -> Figure:
    """Per month: what was made, beside what was considered or blocked."""
    names = (pgettext("deviations", "Made"), _("Considered or blocked"))
    rows, marks, months = [], [], []
    for month, *cells in published["trend"]:
        period = Period.from_int(month)
        short = f"{date_format(period.first_day, 'M').lower().strip('.')} ’{period.year % 100:02d}"
        months.append((short, period.month == 1))
        shown = [words.shown(cell) for cell in cells]
        rows.append((period.label, shown))
        marks += [
            Mark(short, cell.value, cell.text, _says(period.label, name, cell), name)
            for name, cell in zip(names, shown, strict=True)
        ]
    labels, januaries = [m for m, _j in months], [m for m, january in months if january]
    title = _("Deviations per month")
    axis = _("Number per month")
    specs = _both(charting.line, title, marks, months=labels, januaries=januaries, axis=axis)
    note = _("Considered or blocked: the routine was followed after all, by choice or because it had to be.")
    return Figure("trend", title, note, [_("Month"), *names], rows, specs)


def routines(published: Json, words: Words) -> Figure:
    """Per routine: how often applied, how often departed from, and how often that is per hundred."""
    rows, marks = [], []
    for row in published["routines"]:
        name = words.routine(row["routine"])
        rate = _rate(row)
        change = row["change"]
        signed = NOTHING if change is None else Shown(with_sign(change), "", change)
        rows.append((name, [words.shown(row["uses"]), words.shown(row["made"]), rate, signed]))
        if rate.value:
            said = _("%(routine)s: %(rate)s deviations per 100 times") % {"routine": name, "rate": rate.text}
            marks.append(Mark(name, rate.value, rate.text, said))
    title = _("How often we depart from a routine")
    axis = _("Deviations per 100 times")
    return Figure(
        "routines",
        title,
        _("Deviations per 100 times that the routine was applied, the highest first."),
        [_("Routine"), _("Times applied"), _("Deviations"), _("Per 100 times"), pgettext("of a rate", "Change")],
        rows,
        _both(charting.bars, title, marks[:TOP], axis=axis, above=True) if marks else None,
    )


NOTHING = Shown("–", "", None)


def _rate(row: Json) -> Shown:
    if row["rate"] is not None:
        return Shown(number(row["rate"]), "", row["rate"])
    return Shown("–", reason(row["why"]), None)


def answers(published: Json, words: Words) -> Figure:
    """What was answered to deviations that were made."""
    labels = {**dict(Answer.choices), "": _("No answer yet")}
    return _counted("answers", _("Answers"), _("Answer"), published["answers"], labels, words)


def outcomes(published: Json, words: Words) -> Figure:
    """Whether it helped."""
    labels = {**dict(Outcome.choices), "": _("Not looked back on yet")}
    return _counted("outcomes", _("Did it help?"), _("Outcome"), published["outcomes"], labels, words)


def kinds(published: Json, words: Words) -> Figure:
    """Made beside considered and blocked."""
    labels = {
        Kind.MADE: pgettext("deviations", "Made"),
        Kind.CONSIDERED: pgettext("deviations", "Considered, routine followed"),
        Kind.BLOCKED: pgettext("deviations", "Wanted, but not possible"),
    }
    return _counted("kinds", _("Made, considered and blocked"), _("Kind"), published["kinds"], labels, words)


def heat(published: Json, words: Words) -> Figure:
    """Routines against teams."""
    teams = [words.team(pk) for pk in published["heat"]["teams"]]
    rows, marks, narrow, codes = [], [], [], []
    for pk, cells in published["heat"]["rows"]:
        name, shown = words.routine(pk), [words.shown(cell) for cell in cells]
        code = words.routines[pk].code if pk in words.routines else name
        codes.append(code)
        rows.append((name, shown))
        for team, cell in zip(teams, shown, strict=True):
            says = _says(name, team, cell)
            marks.append(Mark(name, cell.value, cell.text, says, team))
            narrow.append(Mark(code, cell.value, cell.text, says, team))
    title, note = _("Where deviations are made"), _("Number of deviations per routine and team.")
    specs = None
    if len(teams) > 1 and rows:
        wide = charting.heat(title, marks, rows=[name for name, _cells in rows], columns=teams, width=FULL)
        specs = (wide, charting.heat(title, narrow, rows=codes, columns=teams, width=NARROW))
    return Figure("heat", title, note, [_("Routine"), *teams], rows, specs)


def _counted(name: str, title: str, head: str, cells: Any, labels: dict[Any, Any], words: Words) -> Figure:
    rows = [(str(labels[code]), words.shown([value, why])) for code, value, why in cells]
    marks = [Mark(label, cell.value, cell.text, _says(label, title, cell)) for label, cell in rows]
    axis = pgettext("count", "Number")
    specs = _both(charting.bars, title, marks, axis=axis)
    return Figure(name, title, "", [head, axis], [(label, [cell]) for label, cell in rows], specs)


def _both(make: Callable[..., Spec], title: str, marks: list[Mark], **options: Any) -> tuple[Spec, Spec]:
    return make(title, marks, width=WIDE, **options), make(title, marks, width=NARROW, **options)


def _says(what: str, where: str, cell: Shown) -> str:
    return f"{what}, {where}: {cell.text}" if cell.value is not None else f"{what}, {where}: {cell.why or cell.text}"
