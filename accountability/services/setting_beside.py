"""Comparisons as people see them: a picture and its table for teams, neighbourhoods and half-years."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accountability.models import Comparison
from accountability.rules.beside import Beside, Verdict, of_place, of_the_rest
from accountability.rules.equality import ALL, NEIGHBOURHOOD, OTHER, TEAM, WHOLE, Key
from learning.services import charting, filing
from learning.services.charting import FULL, NARROW, Range
from learning.services.presenting import Figure, Shown, number

Sentence = str | Promise
HALVES_SHOWN = 8
TITLES: dict[str, Sentence] = {
    TEAM: gettext_lazy("By team"),
    NEIGHBOURHOOD: gettext_lazy("By neighbourhood"),
    WHOLE: gettext_lazy("By half-year"),
}
HIDDEN: Sentence = gettext_lazy("Hidden: so few that people could be recognised, or another figure would give it away.")
Rows = list[tuple[str, Beside]]


@dataclass(slots=True)
class Compared(Figure):
    """A picture with its table, and how a learning question about it begins (as an address has it)."""

    begin: str = ""


class Read:
    """One frozen comparison, ready to be asked."""

    def __init__(self, made: Comparison) -> None:
        self.made, figures = made, made.figures
        self.k: int = figures["k"]
        self.values: dict[Key, int | None] = {tuple(key): value for key, value in figures["values"]}
        self.expected = {(dimension, place): share for (dimension, place), share in figures["expected"]}
        self.usual: int | None = figures["usual"]

    def places(self, dimension: str) -> list[str]:
        """Every place of a dimension."""
        return sorted({key[1] for key in self.values if key[0] == dimension} - {ALL, OTHER}, key=self.name)

    def name(self, place: str) -> str:
        """What a place was called then."""
        return str(self.made.figures["names"].get(place, _("Unknown")))

    def rows(self, dimension: str) -> Rows:
        """Every place by its name: never by its share."""
        places = self.places(dimension)
        return [(self.name(place), self._one(dimension, place, len(places))) for place in places]

    def own(self, team: str, name: str) -> Rows:
        """A team beside the rest of the municipality."""
        expected = self.expected.get((TEAM, team))
        rest = of_the_rest(self.values, (TEAM, team), expected, self.k)
        return [(name, self._one(TEAM, team, 2)), (_("All other teams together"), rest)]

    def whole(self) -> Beside:
        """All requests of the half-year, beside what was usual in the half-year before."""
        return of_place(self.values, (WHOLE, ALL), self.usual, self.k, HALVES_SHOWN)

    def part(self, dimension: str) -> int | None:
        """Of a hundred requests, how many could be compared in this dimension."""
        of = [self._sum(WHOLE), self._sum(dimension)]
        return round(100 * of[1] / of[0]) if of[0] and of[1] is not None else None

    def _one(self, dimension: str, place: str, places: int) -> Beside:
        return of_place(self.values, (dimension, place), self.expected.get((dimension, place)), self.k, places)

    def _sum(self, dimension: str) -> int | None:
        both = [self.values.get((dimension, ALL, answer)) for answer in ("agreed", "refused")]
        return None if None in both else sum(both)  # type: ignore[arg-type]


def figures(chosen: Comparison, all_of: Iterable[Comparison], own: Sequence[tuple[str, str]] | None) -> list[Compared]:
    """The pictures of a half-year: for the whole municipality, or for the teams that somebody leads."""
    read = Read(chosen)
    if own is not None:
        return [_figure(chosen, f"team-{place}", name, read.own(place, name), _note(read, TEAM)) for place, name in own]
    halves = [(str(each), Read(each).whole()) for each in sorted(all_of, key=lambda each: each.period)]
    over_time = _("All requests together, beside the half-year before.")
    return [
        *(
            _figure(chosen, name, str(TITLES[name]), read.rows(name), _note(read, name))
            for name in chosen.figures["dimensions"]
        ),
        _figure(chosen, WHOLE, str(TITLES[WHOLE]), halves[-HALVES_SHOWN:], over_time),
    ]


def standing_out(chosen: Comparison) -> list[tuple[str, str]]:
    """The places that differ from what was expected, with what that says; in the order of their names."""
    read = Read(chosen)
    rows = [row for dimension in chosen.figures["dimensions"] for row in read.rows(dimension)]
    return [(name, str(one.verdict.label)) for name, one in rows if one.verdict in (Verdict.LESS, Verdict.MORE)]


def table(chosen: Comparison, found: Iterable[Figure]) -> Iterator[list[object]]:
    """For a spreadsheet: the tables one under another; what is hidden is empty, marked, and says why."""
    yield [_("Equal treatment"), str(chosen), about(chosen)]
    for figure in found:
        yield []
        yield [figure.title, figure.note]
        yield [*figure.heads, _("Why a number is missing")]
        for label, cells in figure.rows:
            why = " ".join(dict.fromkeys(cell.why for cell in cells if cell.why))
            yield [label, *(_in_file(cell) for cell in cells), why]


def _in_file(cell: Shown) -> object:
    return cell.text if cell.value is None and not cell.why else filing.cell_of(cell)


def about(chosen: Comparison) -> str:
    """How the figures were made."""
    words = {
        "day": date_format(timezone.localtime(chosen.cut_off), "j F Y"), "k": chosen.figures["k"],
        "digest": chosen.digest[:12],
    }  # fmt: skip
    return (
        _(
            "Figures as of %(day)s, rounded to five. Hidden is what is about fewer than %(k)s households, or would "
            "give such a figure away. Digest %(digest)s."
        )
        % words
    )


def _note(read: Read, dimension: str) -> str:
    part = read.part(dimension)
    if part is None:
        return ""
    return _("%(part)s of every 100 requests could be compared.") % {"part": part}


def _figure(chosen: Comparison, name: str, title: str, rows: Rows, note: str) -> Compared:
    heads = [
        _("Half-year") if name == WHOLE else _("Place"), _("Agreed"), pgettext("of a request", "Refused"),
        _("Agreed of every 100"), _("Between"), _("Expected"), _("What that says"),
    ]  # fmt: skip
    told = [(label, _cells(one)) for label, one in rows]
    specs = _specs(title, [_mark(label, one) for label, one in rows])
    return Compared(name, title, note, heads, told, specs, begin=urlencode(_question(chosen, title, rows)))


def _question(chosen: Comparison, title: str, rows: Rows) -> dict[str, str]:
    """How a learning question about this picture could begin: what is seen, and nothing about why."""
    seen = [f"{label}: {str(one.verdict.label).lower()}." for label, one in rows if one.share is not None]
    words = {"figure": title.lower(), "half": str(chosen).lower()}
    return {
        "title": _("Equal treatment: %(figure)s, %(half)s") % words,
        "problem": "\n".join([_("How comparable requests were answered:"), *seen]),
    }


def _specs(title: str, marks: list[Range]) -> Any:
    if all(mark.share is None for mark in marks):
        return None
    axis = _("Agreed of every 100 requests")
    return tuple(charting.ranges(title, marks, axis=axis, width=width) for width in (FULL, NARROW))


def _cells(one: Beside) -> list[Shown]:
    between = Shown("–", "", None) if one.low is None else Shown(f"{one.low} – {one.high}", "", None)
    return [
        _count(one.agreed), _count(one.refused), _plain(one.share), between, _plain(one.expected),
        Shown(str(one.verdict.label), "", None, is_words=True),
    ]  # fmt: skip


def _count(value: int | None) -> Shown:
    return Shown(_("hidden"), str(HIDDEN), None) if value is None else _plain(value)


def _plain(value: int | None) -> Shown:
    return Shown("–", "", None) if value is None else Shown(number(value), "", value)


def _mark(label: str, one: Beside) -> Range:
    said = str(one.verdict.label)
    if one.share is not None:
        words = {"share": one.share, "low": one.low, "high": one.high, "verdict": said}
        said = _("%(share)s of 100 agreed, between %(low)s and %(high)s: %(verdict)s") % words
    return Range(label, one.share, one.low, one.high, one.expected, str(one.verdict.label).lower(), f"{label}: {said}")
