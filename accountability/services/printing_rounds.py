"""The report of a round made once: page, PDF and CSV all show these words and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accountability.models import ReviewRound
from accountability.models.reviewing import Verdict
from accountability.rules.drawing import EVERY
from accountability.rules.round_report import ANSWERS, Json
from deviations.rules.sliders import SLIDERS
from organisation import printing
from organisation.kernel.sheets import HIDDEN

HIDDEN_MARK = "–"


@dataclass(frozen=True)
class Share:
    """An estimate in words, and its three numbers in whole percentages."""

    label: str
    words: str
    numbers: tuple[int, int, int] | None


def key_figures(report: Json) -> list[tuple[str, Any]]:
    """What stands on top."""
    return [
        (_("Agreed by space"), report["decided"]),
        (_("Drawn"), report["drawn"]),
        (_("Reviewed"), report["answered"]),
        *((str(Verdict(name).label), (report["answers"] or {}).get(name)) for name in ANSWERS),
    ]


def shares(report: Json) -> list[Share]:
    """What the sample says about all, each with its interval."""
    labels = {"not_sound": _("Not sound"), "remarks": _("Not sound, or sound with a lesson")}
    return [_share(labels[name], found) for name, found in (report["estimates"] or {}).items()]


def team_rows(report: Json) -> list[list[Any]]:
    """Of each team: drawn, reviewed, and the answers; None where they are hidden. Nothing when all of them are."""
    if all(row["answers"] is None for row in report["teams"]):
        return []
    return [[row["team"], row["drawn"], row["answered"], *_answers(row["answers"])] for row in report["teams"]]


def team_heads() -> list[str]:
    """The names of its columns."""
    return [_("Team"), _("Drawn"), _("Reviewed"), *(str(Verdict(name).label) for name in ANSWERS)]


def sight_rows(made: ReviewRound) -> list[list[Any]]:
    """How much was drawn at each position of the slider sight: position in words, agreed, drawn."""
    found: dict[int, list[int]] = {}
    for row in made.frame:
        counts = found.setdefault(row["sight"], [0, 0])
        counts[0] += row["decided"]
        counts[1] += row["drawn"]
    return [[str(SLIDERS["sight"].positions[sight]), *found[sight]] for sight in sorted(found)]


def sight_heads() -> list[str]:
    """The names of its columns."""
    return [_("Sight"), _("Agreed by space"), _("Drawn")]


def strata(made: ReviewRound) -> list[list[Any]]:
    """For who follows the round: team, weight, sight in words, agreed, drawn."""
    return frame_rows(made.frame)


def frame_rows(frame: Iterable[Json]) -> list[list[Any]]:
    """The same for a frame that is not kept yet."""
    return [
        [row["team_name"], row["weight"], str(SLIDERS["sight"].positions[row["sight"]]), row["decided"], row["drawn"]]
        for row in frame
    ]


def rows(made: ReviewRound) -> Iterator[list[Any]]:
    """For a spreadsheet: what the round is, the figures, the estimates, and two tables."""
    yield [_("Round"), made.number]
    yield [_("From"), made.since]
    yield [_("Up to and including"), made.until]
    yield [_("Seed"), made.seed]
    yield ["SHA-256", made.digest]
    yield []
    report: Json = made.report or {}
    yield from ([label, value] for label, value in key_figures(report))
    yield []
    yield [_("Of all uses, in per cent"), _("Estimate"), _("From"), _("To")]
    yield from ([share.label, *(share.numbers or (HIDDEN,) * 3)] for share in shares(report))
    for heads, table in ((team_heads(), team_rows(report)), (sight_heads(), sight_rows(made))):
        if table:
            yield []
            yield heads
            yield from ([HIDDEN if value is None else value for value in row] for row in table)


def document(made: ReviewRound) -> bytes:
    """The report on paper."""
    return printing.pdf("review_round", _data(made), at=made.closed_at)


def method(made: ReviewRound) -> str:
    """How it was drawn and reckoned, in plain words."""
    every = sorted({EVERY[row["sight"]] or 0 for row in made.frame} - {0, 1})
    rates = ", ".join(_("one in %(every)d") % {"every": each} for each in every)
    parts = [
        _("Chance drew from everything that spaces agreed to, per team and weight, as often as the space says."),
        _("That was %(rates)s, or each of them.") % {"rates": rates} if rates else _("That was each of them."),
        _("The reviewer had no part in it, worked in another team where that was possible, and saw no names."),
        _("Behind each share stands between which two numbers it lies for all uses, with 95 per cent certainty."),
        _("Answers are shown of five authors or more together, also per team, so that they point at nobody."),
    ]
    return " ".join(parts)


def _share(label: str, found: Json | None) -> Share:
    if found is None:
        return Share(label, HIDDEN_MARK, None)
    share, low, high = (round(100 * found[name]) for name in ("share", "low", "high"))
    words = _("%(share)d%% of all uses, between %(low)d%% and %(high)d%%") % {"share": share, "low": low, "high": high}
    return Share(label, words, (share, low, high))


def _answers(answers: Json | None) -> list[Any]:
    return [(answers or {}).get(name) for name in ANSWERS]


def _data(made: ReviewRound) -> Json:
    report: Json = made.report or {}
    return {
        "title": _("Report of round of reviews %(number)s") % {"number": made.number},
        "organisation": settings.ORGANISATION_NAME,
        "language": (get_language() or "nl")[:2],
        "pages": [_("Page"), pgettext("page 1 of 2", "of")],
        "facts": [
            [_("Agreed to"), f"{date_format(made.since)} – {date_format(made.until)}"],
            [_("Drawn"), date_format(timezone.localtime(made.drawn_at))],
            [_("Closed"), date_format(timezone.localtime(made.closed_at)) if made.closed_at else HIDDEN_MARK],
            [_("Seed"), made.seed],
            ["SHA-256", made.digest],
        ],
        "figures": [[label, _number(value)] for label, value in key_figures(report)],
        "shares": {"title": _("What this says about all uses"), "rows": [[s.label, s.words] for s in shares(report)]},
        "tables": [
            {"title": title, "heads": heads, "rows": in_words(table)}
            for title, heads, table in (
                (_("By team"), team_heads(), team_rows(report)),
                (_("What was drawn from"), sight_heads(), sight_rows(made)),
            )
            if table
        ],
        "method": {"title": _("How this was done"), "text": method(made)},
    }


def in_words(table: list[list[Any]]) -> list[list[str]]:
    """As people read it: what may not be shown is called hidden."""
    return [[_number(value) for value in row] for row in table]


def _number(value: Any) -> str:
    if value is None:
        return _("hidden")
    return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else str(value)
