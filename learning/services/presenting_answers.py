"""Figures about what followed: answers, how long they took, whether it helped, and who heard what came of it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deviations.models.deviations import Answer, Kind, Outcome
from learning.rules.publishing import Json

from . import charting, charting_sums
from .charting import Mark
from .closing_the_loop import Loop
from .presenting import NOTHING, Figure, Line, Shown, Words, bar, both, named, number, says
from .presenting_routines import counted


def answers(published: Json, words: Words) -> Figure:
    """What was answered to deviations that were made."""
    labels = {**dict(Answer.choices), "": _("No answer yet")}
    rows = named(published["answers"], labels, words, by="answer", kind=Kind.MADE)
    return counted("answers", _("Answers"), _("Answer"), rows)


def outcomes(published: Json, words: Words) -> Figure:
    """Whether it helped."""
    labels = {**dict(Outcome.choices), "": _("Not looked back on yet")}
    rows = named(published["outcomes"], labels, words, by="outcome", kind=Kind.MADE)
    return counted("outcomes", _("Did it help?"), _("Outcome"), rows)


def times(published: Json, words: Words) -> Figure:
    """How long until a person answered; apart for what was already done."""
    labels = {
        "day": _("Within a day"), "week": _("Within a week"), "later": _("Later"), "open": _("No time is known"),
    }  # fmt: skip
    names = (_("Asked beforehand"), _("Already done"))
    urgency: tuple[dict[str, str], ...] = ({}, {"urgency": "already_done", "kind": Kind.MADE})
    rows, marks = [], []
    for speed, *flats in published["times"]:
        cells = [words.shown(flat, **filters) for flat, filters in zip(flats, urgency, strict=True)]
        label = labels[speed]
        rows.append(Line(label, cells))
        marks += [
            Mark(label, bar(label, name, cell).value, cell.text, says(label, name, cell), name)
            for name, cell in zip(names, cells, strict=True)
        ]
    by_space = words.shown(published["times_by_space"])
    note = _("From asking until a person answered. What was already done is counted apart.")
    if by_space.value:
        note += " " + _("Besides, %(number)s were agreed at once, by space.") % {"number": by_space.text}
    title, axis = _("Time until the answer"), pgettext("count", "Number")
    specs = both(charting_sums.pairs, title, marks, rows=[line.name for line in rows], series=names, axis=axis)
    return Figure("times", title, note, [title, *names], rows, specs)


def closed_loop(loop: Loop) -> Figure:
    """Who signalled something, and knows what came of it."""
    heard, waiting = loop.answered, loop.signalled - loop.answered
    title, axis = _("Know what came of their signal"), _("People and questions")
    rows = [
        Line(_("Heard what came of it"), [Shown(number(heard), "", heard)]),
        Line(_("Still waiting"), [Shown(number(waiting), "", waiting)]),
    ]
    marks = [bar(line.name, title, line.cells[0]) for line in rows]
    days = NOTHING if loop.median_days is None else Shown(number(loop.median_days), "", loop.median_days)
    rows.append(Line(_("Half of them within so many days"), [days]))
    note = _("Colleagues whose deviations became part of a learning question in the last year.")
    return Figure("loop", title, note, ["", axis], rows, both(charting.bars, title, marks, axis=axis))
