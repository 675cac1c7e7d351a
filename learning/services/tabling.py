"""The figures of a report, made once: page, PDF, spreadsheets and API all show these and nothing else."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from deviations.models.deviations import Answer, Kind, Outcome
from learning.models import LearningReport
from learning.rules.lattice import ALL, ANSWERS, KINDS, OUTCOMES
from organisation import printing
from organisation.kernel.disclosure import Reason
from organisation.kernel.sheets import Sheet

from . import filing, illustrating
from .presenting import Figure, Shown, reason

Values = dict[Any, int | None]


def figures(report: LearningReport) -> list[Figure]:
    """Every figure of the report."""
    values = {tuple(key): value for key, value in report.figures["values"]}
    kinds = {
        Kind.MADE: pgettext("deviations", "Made"),
        Kind.CONSIDERED: pgettext("deviations", "Considered, routine followed"),
        Kind.BLOCKED: pgettext("deviations", "Wanted, but not possible"),
        ALL: _("Total"),
    }
    answers = {**dict(Answer.choices), "": _("No answer yet")}
    outcomes = {**dict(Outcome.choices), "": _("Not looked back on yet")}
    return [
        _by_team(report, values),
        _list("kinds", _("Made, considered and blocked"), _("Kind"), (*KINDS, ALL), kinds, values),
        _list("answers", _("Answers"), _("Answer"), ANSWERS, answers, values),
        _list("outcomes", _("Did it help?"), _("Outcome"), OUTCOMES, outcomes, values),
    ]


def sheets(report: LearningReport) -> list[Sheet]:
    """For a spreadsheet: what it is, and each figure."""
    return [Sheet(_("Learning report"), [[str(report)], [about(report)]]), *filing.sheets(figures(report))]


def stories(report: LearningReport) -> list[str]:
    """Those that a second person released."""
    return list(report.stories.filter(released_by__isnull=False).values_list("text", flat=True))


def about(report: LearningReport) -> str:
    """How the figures were made."""
    words = {
        "day": date_format(report.cut_off, "j F Y"),
        "k": report.figures["k"],
        "digest": report.digest[:12],
    }
    return (
        _(
            "Figures as of %(day)s, rounded to five. Hidden is what is about fewer than %(k)s households, or would "
            "give such a figure away. Digest %(digest)s."
        )
        % words
    )


def pdf(report: LearningReport) -> bytes:
    """The report on paper; in Dutch, whatever the language of the screen."""
    with override("nl"):
        data = {
            "title": f"{_('Learning report')}: {report}",
            "organisation": settings.ORGANISATION_NAME,
            "note": report.note,
            "about": about(report),
            "parts": [
                [_("Bottlenecks"), report.bottlenecks],
                [_("What we learnt"), report.lessons],
                [_("What was done with it"), report.done],
            ],
            "stories": [_("Stories"), stories(report)],
            "figures": [illustrating.on_paper(figure) for figure in illustrating.drawn(figures(report))],
        }
        return printing.pdf("report", data, at=report.published_at or report.cut_off)


def _by_team(report: LearningReport, values: Values) -> Figure:
    """Routines against teams, with the routines most departed from as a picture."""
    teams, total = report.figures["teams"], _("Total")
    columns = [*(key for key, _name in teams), ALL]
    routines = [(name, _row(values, routine, columns)) for routine, name in report.figures["routines"]]
    heads = [_("Routine"), *(name for _key, name in teams), total]
    return illustrating.in_column(
        "made", _("Departures from a routine, by team"), heads, [*routines, (total, _row(values, ALL, columns))],
        bars=illustrating.largest_first(routines), above=True,
    )  # fmt: skip


def _row(values: Values, routine: str, columns: Sequence[str]) -> list[Shown]:
    return [_cell(values["made", routine, column]) for column in columns]


def _list(table: str, title: str, head: str, codes: Sequence[str], names: dict[Any, Any], values: Values) -> Figure:
    rows = [(str(names[code]), [_cell(values[table, code, ALL])]) for code in codes]
    parts = [row for code, row in zip(codes, rows, strict=True) if code != ALL]
    return illustrating.in_column(table, title, [head, pgettext("count", "Number")], rows, bars=parts)


def _cell(value: int | None) -> Shown:
    """A rounded number, or hidden."""
    if value is None:
        return Shown(_("hidden"), reason(Reason.HIDDEN), None)
    return Shown(number_format(value, use_l10n=True, force_grouping=True), "", value)
