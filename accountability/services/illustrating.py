"""The figures and pictures of an account, for one audience: every form of the account shows these and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accountability.rules.audiences import Audience, shows, together
from accountability.rules.spans import Span
from deviations.models.deviations import Answer, Kind, Outcome
from learning.rules.lattice import ALL, ANSWERS, KINDS, MADE, OUTCOMES, Key
from learning.services import illustrating
from learning.services.presenting import Figure, Shown, number

GRID = "grid-"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What was published about each quarter, as far as an audience sees it."""

    audience: str
    names: tuple[str, ...]  # of the quarters
    numbers: tuple[int, ...]
    values: tuple[dict[Key, int | None], ...]
    rows: tuple[tuple[str, str], ...]  # routines: key, name
    teams: tuple[tuple[str, str], ...]
    k: int

    def of(self, key: Key) -> list[int | None]:
        """A figure in each quarter. Raises `ValueError` for one that is not for this audience."""
        if not shows(self.audience, key):
            raise ValueError(f"{key!r} is not for {self.audience}.")
        # What a release does not name did not happen, unless it left out a whole dimension.
        return [values[key] if key in values else 0 if _has_room(values, key) else None for values in self.values]

    def cells(self, key: Key) -> list[Shown]:
        """A figure in each quarter, and of more quarters together."""
        found = self.of(key)
        return [self.cell(each) for each in (found if len(found) == 1 else [*found, together(found)])]

    def cell(self, value: int | None) -> Shown:
        """As it is shown; hidden it says why."""
        if value is None:
            return Shown(_("hidden"), _hidden(self.k), None)
        return Shown(number(value), "", value)

    @property
    def heads(self) -> list[str]:
        """Of the columns of a table by quarter."""
        if len(self.names) == 1:
            return [pgettext("count", "Number")]
        return [*(_("Quarter %(number)d") % {"number": each} for each in self.numbers), _("Together")]


def told(span: Span, figures: Json, audience: str) -> Told:
    """The frozen figures of these quarters for this audience."""
    frozen = [each["figures"] for each in figures["quarters"]]
    values = [{tuple(key): value for key, value in each["values"] if shows(audience, tuple(key))} for each in frozen]
    return Told(
        audience=audience,
        names=tuple(quarter.label for quarter in span.quarters),
        numbers=tuple(quarter.number for quarter in span.quarters),
        values=tuple(values),
        rows=_named(each["routines"] for each in frozen),
        teams=_named(each["teams"] for each in frozen),
        k=max(each["k"] for each in frozen),
    )


def figures(span: Span, frozen: Json, audience: str) -> list[Figure]:
    """Every figure of an account for this audience, in order; none when nothing was frozen yet."""
    if not frozen:
        return []
    seen = told(span, frozen, audience)
    found = [_quarters(seen)] if len(seen.names) > 1 else []
    found += [_kinds(seen), _routines(seen), _answers(seen), _outcomes(seen)]
    if audience != Audience.COUNCIL and seen.teams:
        found.append(_teams(seen))
    if audience == Audience.MANAGEMENT and seen.teams:
        found += [_grid(seen, place) for place in range(len(seen.names))]
    return found


def key_figures(span: Span, frozen: Json, audience: str) -> list[tuple[str, Shown, str]]:
    """The few figures to begin with: what is counted, how often, and what that means."""
    if not frozen:
        return []
    seen = told(span, frozen, audience)
    others = together(each for kind in KINDS if kind != MADE for each in seen.of(("kinds", kind, ALL)))
    return [
        (_("Departed from a routine"), seen.cells(("made", ALL, ALL))[-1], ""),
        (_("Agreed beforehand, by space"), seen.cells(("answers", Answer.BY_SPACE, ALL))[-1], ""),
        (_("It helped"), seen.cells(("outcomes", Outcome.YES, ALL))[-1], _("as far as we looked back")),
        (_("Considered or not possible"), seen.cell(others), _("the routine was followed")),
    ]


def _has_room(values: dict[Key, int | None], key: Key) -> bool:
    """Whether this release has figures by team at all, when the figure is one of a team."""
    return key[0] != "made" or key[2] == ALL or any(each[0] == "made" and each[2] != ALL for each in values)


def _named(lists: Iterable[Iterable[Sequence[str]]]) -> tuple[tuple[str, str], ...]:
    once = {key: name for each in lists for key, name in each}
    return tuple(sorted(once.items(), key=lambda pair: pair[1]))


def _hidden(k: int) -> str:
    return _("Hidden: this is about fewer than %(k)s households, or would give such a figure away.") % {"k": k}


def _quarters(seen: Told) -> Figure:
    found = seen.of(("made", ALL, ALL))
    rows = [(name, [seen.cell(value)]) for name, value in zip(seen.names, found, strict=True)]
    heads = [pgettext("count", "Number")]
    return _drawn(seen, "quarters", _("Departures from a routine, by quarter"), _("Quarter"), rows, heads=heads)


def _kinds(seen: Told) -> Figure:
    names = {
        Kind.MADE: pgettext("deviations", "Made"),
        Kind.CONSIDERED: pgettext("deviations", "Considered, routine followed"),
        Kind.BLOCKED: pgettext("deviations", "Wanted, but not possible"),
    }
    return _listed(seen, "kinds", _("Made, considered and not possible"), _("Kind"), KINDS, names)


def _answers(seen: Told) -> Figure:
    names = {**dict(Answer.choices), "": _("No answer yet")}
    return _listed(seen, "answers", _("What was answered"), _("Answer"), ANSWERS, names)


def _outcomes(seen: Told) -> Figure:
    names = {**dict(Outcome.choices), "": _("Not looked back on yet")}
    return _listed(seen, "outcomes", _("Did it help?"), _("Outcome"), OUTCOMES, names)


def _routines(seen: Told) -> Figure:
    rows = illustrating.largest_first([(name, seen.cells(("made", key, ALL))) for key, name in seen.rows])
    # A list of what is hidden says nothing to who reads it once.
    shown = [row for row in rows if seen.audience != Audience.COUNCIL or row[1][-1].value is not None]
    figure = _drawn(seen, "routines", _("From which routines we departed"), _("Routine"), shown, above=True)
    if dark := len(rows) - len(shown):
        hidden = ngettext("One more routine is hidden.", "%(count)s more routines are hidden.", dark) % {"count": dark}
        figure.note = f"{figure.note} {hidden}".strip()
    return figure


def _teams(seen: Told) -> Figure:
    rows = [(name, seen.cells(("made", ALL, key))) for key, name in seen.teams]
    return _drawn(seen, "teams", _("Departures by team"), _("Team"), rows)


def _grid(seen: Told, place: int) -> Figure:
    """Routines against teams in one quarter: a table without a picture."""
    total = _("Total")
    columns = [*seen.teams, (ALL, total)]
    rows = [
        (name, [seen.cell(seen.of(("made", routine, team))[place]) for team, _name in columns])
        for routine, name in [*seen.rows, (ALL, total)]
    ]
    title = _("Routines and teams, %(quarter)s") % {"quarter": seen.names[place].lower()}
    return Figure(f"{GRID}{place + 1}", title, "", [_("Routine"), *(name for _key, name in columns)], rows)


def is_grid(figure: Figure) -> bool:
    """Whether it is one of the large tables."""
    return figure.name.startswith(GRID)


def _listed(seen: Told, table: str, title: str, head: str, codes: Sequence[str], names: dict[Any, Any]) -> Figure:
    rows = [(str(names[code]), seen.cells((table, code, ALL))) for code in codes]
    return _drawn(seen, table, title, head, rows)


def _drawn(
    seen: Told, name: str, title: str, head: str, rows: list[tuple[str, list[Shown]]], *,
    heads: list[str] | None = None, above: bool = False,
) -> Figure:  # fmt: skip
    return illustrating.in_column(name, title, [head, *(heads or seen.heads)], rows, above=above)
