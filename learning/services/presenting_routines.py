"""Figures about routines: how often we depart from each, where, through time, and from what kind of rule."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import SourceType
from deviations.models.deviations import Kind
from learning.rules.publishing import Json
from organisation.kernel.periods import Period, Quarter

from . import charting
from .charting import FULL, NARROW, Mark
from .presenting import NOTHING, Figure, Line, Shown, Words, bar, both, named, number, reason, says, with_sign

TOP = 8


def trend(published: Json, words: Words) -> Figure:
    """Month by month, or quarter by quarter: what was made, beside what was considered or blocked."""
    names = (pgettext("deviations", "Made"), _("Considered or blocked"))
    rows, marks, steps = [], [], []
    for at, *flats in published["trend"]:
        label, short, begins_year, filters = _when(at)
        steps.append((short, begins_year))
        cells = [words.shown(flats[0], kind=Kind.MADE, **filters), words.shown(flats[1], **filters)]
        rows.append(Line(label, cells))
        marks += [
            Mark(short, cell.value, "–" if cell.value is None else cell.text, says(label, name, cell), name)
            for name, cell in zip(names, cells, strict=True)
        ]
    by_month = bool(published["trend"]) and isinstance(published["trend"][0][0], int)
    title = _("Deviations per month") if by_month else _("Deviations per quarter")
    axis = _("Number per month") if by_month else _("Number per quarter")
    options = {"months": [short for short, _y in steps], "januaries": [short for short, first in steps if first]}
    specs = both(charting.line, title, marks, axis=axis, **options) if rows else None
    note = _("Considered or blocked: the routine was followed after all, by choice or because it had to be.")
    return Figure("trend", title, note, [_("Month") if by_month else _("Quarter"), *names], rows, specs)


def _when(at: int | str) -> tuple[str, str, bool, dict[str, str]]:
    """How a month or quarter is called in full and in short, whether a year begins there, and its filters."""
    if isinstance(at, int):
        month = Period.from_int(at)
        short = f"{date_format(month.first_day, 'M').lower().strip('.')} ’{month.year % 100:02d}"
        return month.label, short, month.month == 1, {"first": str(month), "last": str(month)}
    year, number_of = at.split("-Q")
    quarter = Quarter(int(year), int(number_of))
    short = pgettext("quarter in short", "Q%(number)d") % {"number": quarter.number} + f" ’{quarter.year % 100:02d}"
    return quarter.label, short, quarter.number == 1, {"first": str(quarter.first), "last": str(quarter.last)}


def routines(published: Json, words: Words) -> Figure:
    """Per routine: how often applied, how often departed from, and how often that is per hundred."""
    rows, marks = [], []
    for row in published["routines"]:
        pk = row["routine"]
        name, rate, change = words.routine(pk), _rate(row), row["change"]
        signed = NOTHING if change is None else Shown(with_sign(change), "", change)
        made = words.shown(row["made"], routine=words.code(pk), kind=Kind.MADE)
        rows.append(Line(name, [words.shown(row["uses"]), made, rate, signed]))
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
        both(charting.bars, title, marks[:TOP], axis=axis, above=True) if marks else None,
    )


def _rate(row: Json) -> Shown:
    if row["rate"] is not None:
        return Shown(number(row["rate"]), "", row["rate"])
    return Shown("–", reason(row["why"]), None)


def heat(published: Json, words: Words) -> Figure:
    """Routines against teams."""
    pks = published["heat"]["teams"]
    teams = [words.team(pk) for pk in pks]
    rows, marks, narrow, codes = [], [], [], []
    for pk, flats in published["heat"]["rows"]:
        name, code = words.routine(pk), words.code(pk)
        cells = [
            words.shown(flat, routine=code, team=team, kind=Kind.MADE) for team, flat in zip(pks, flats, strict=True)
        ]
        codes.append(code)
        rows.append(Line(name, cells))
        for team, cell in zip(teams, cells, strict=True):
            text = cell.text if cell.value is not None else "≥ " + number(cell.least) if cell.least else "–"
            marks.append(Mark(name, cell.value, text, says(name, team, cell), team))
            narrow.append(Mark(code, cell.value, text, says(name, team, cell), team))
    title, note = _("Where deviations are made"), _("Number of deviations per routine and team.")
    specs = None
    if len(teams) > 1 and rows:
        wide = charting.heat(title, marks, rows=[line.name for line in rows], columns=teams, width=FULL)
        specs = (wide, charting.heat(title, narrow, rows=codes, columns=teams, width=NARROW))
    return Figure("heat", title, note, [_("Routine"), *teams], rows, specs)


def kinds(published: Json, words: Words) -> Figure:
    """Made beside considered and blocked."""
    labels = {
        Kind.MADE: pgettext("deviations", "Made"),
        Kind.CONSIDERED: pgettext("deviations", "Considered, routine followed"),
        Kind.BLOCKED: pgettext("deviations", "Wanted, but not possible"),
    }
    rows = named(published["kinds"], labels, words, by="kind")
    return counted("kinds", _("Made, considered and blocked"), _("Kind"), rows)


def sources(published: Json, words: Words) -> Figure:
    """From what kind of rule was departed."""
    labels = dict(SourceType.choices)
    rows = named(published["sources"], labels, words, by="source_type", kind=Kind.MADE)
    note = _("The lighter the rule, the easier it can be changed: a habit today, a statute only in The Hague.")
    return counted("sources", _("From what kind of rule we depart"), _("Kind of source"), rows, note=note)


def counted(name: str, title: str, head: str, rows: list[Line], *, note: str = "", above: bool = False) -> Figure:
    """A list with a number behind each name."""
    marks = [bar(line.name, title, line.cells[0]) for line in rows]
    axis = pgettext("count", "Number")
    specs = both(charting.bars, title, marks, axis=axis, above=above) if rows else None
    return Figure(name, title, note, [head, axis], rows, specs)
