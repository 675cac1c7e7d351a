"""What the figures can show of each building block: two indicators each, with what they count and when that is enough.

None of them is a target, up or down: they are something to talk about in the self-scan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEWEST_COLLEAGUES = 5  # behind a figure about what colleagues did
STEP = 5  # of every hundred
MIDDLE, ENDS = 0.5, (1.5, 4.5)  # a mean is told in halves, and never that everybody gave the same outermost answer


class Unit(TextChoices):
    """How a reading is told."""

    PERCENT = "percent", _("of every 100")
    DAYS = "days", _("days, half of them sooner")
    NUMBER = "number", _("number")
    GRADE = "grade", _("on a scale of 1 to 5")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that says something about a block; `definition` says what is counted."""

    code: str
    block: str
    label: Promise
    definition: Promise
    unit: Unit = Unit.PERCENT


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "purpose_in_words", "meaning", _("Deviations that say how they serve the purpose"),
        _("Of the deviations of weight B, C or D recorded here: those that put the purpose in words."),
    ),
    Indicator(
        "routines_kept", "meaning", _("Routines with a text that was renewed lately"),
        _("Of the routines in use at the end of the half-year: those whose text holds for less than two years."),
    ),
    Indicator(
        "unease_answered", "signalling", _("Days until an answer to what does not feel right"),
        _("From a sign that something does not feel right to the first answer. Half of them were answered sooner."),
        Unit.DAYS,
    ),
    Indicator(
        "said_without_acting", "signalling", _("Recorded although the routine was followed"),
        _("Of everything that was recorded: what was considered or blocked, so before somebody departed."),
    ),
    Indicator(
        "answered_in_time", "space", _("Requests answered in time"),
        _("Of the requests recorded here that had to be answered: those answered before their day."),
    ),
    Indicator(
        "spaces_used", "space", _("Spaces that are used"),
        _("Of the spaces that held in the half-year: those by which something was agreed."),
    ),
    Indicator(
        "reasons_complete", "account", _("Deviations with everything that has to be there"),
        _("Of the answered deviations recorded here: those in which nothing is missing in law."),
    ),
    Indicator(
        "looked_back", "account", _("Agreed, and looked back on"),
        _("Of what was agreed in the half-year: that of which is known whether it helped."),
    ),
    Indicator(
        "room_before", "trust", _("Room given beforehand"),
        _("Of what was agreed: what a space agreed to in advance, so that nobody had to ask."),
    ),
    Indicator(
        "pulse", "trust", _("Trust pulse"),
        _("The mean of both questions of the trust pulse, in halves, from five answers up."),
        Unit.GRADE,
    ),
    Indicator(
        "loop_closed", "learning", _("Heard what came of their signal"),
        _("Of the colleagues whose deviation became part of a learning question: those who got an answer."),
    ),
    Indicator(
        "rules_changed", "learning", _("Learning questions that changed something"),
        _("The learning questions of which what was decided was carried out in the half-year."),
        Unit.NUMBER,
    ),
    Indicator(
        "peers_asked", "craft", _("Deviations talked over with a colleague"),
        _("Of the deviations recorded here: those about which a colleague or adviser was asked."),
    ),
    Indicator(
        "across_teams", "craft", _("Advice from another team"),
        _("Of the times that advice was given: those in which it came from outside the own team."),
    ),
)  # fmt: skip
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def of_block(code: str) -> tuple[Indicator, ...]:
    """The indicators of a block; a block that a municipality added has none."""
    return tuple(indicator for indicator in INDICATORS if indicator.block == code)


def share(part: int, whole: int, fewest: int) -> int | None:
    """Of every hundred, in steps of five, so that nobody counts back; None when they are fewer than `fewest`."""
    return STEP * round(100 * part / whole / STEP) if whole >= max(fewest, 1) else None


def halfway(values: Sequence[float]) -> int | None:
    """The median in whole numbers; None for fewer than five."""
    return round(median(values)) if len(values) >= FEWEST_COLLEAGUES else None


def mean_of_tally(tally: Sequence[int]) -> float | None:
    """The mean of a tally of answers 1, 2, 3 …, in halves and never at the ends; None for fewer than five answers."""
    answers = sum(tally)
    if answers < FEWEST_COLLEAGUES:
        return None
    mean = sum(value * times for value, times in enumerate(tally, start=1)) / answers
    return min(max(round(mean / MIDDLE) * MIDDLE, ENDS[0]), ENDS[1])
