"""What a signal says: where, since when, how many, how many were expected, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from organisation.kernel.periods import Period

# Deviations: about fewer a signal could point at people, and it is for a conversation.
FEWEST = 10
# Of the signals shown as found, at most this share may be chance.
FALSE_DISCOVERIES = 0.03


class Kind(TextChoices):
    """What was noticed."""

    THRESHOLD = "threshold", _("Often in one month")
    RISE = "rise", _("More often than before")
    DISPROPORTION = "disproportion", _("More often here than elsewhere")
    POOR_OUTCOME = "poor_outcome", _("Helps less often than elsewhere")
    UNEQUAL_ANSWERS = "unequal_answers", _("Answered differently elsewhere")
    SLOW_ANSWERS = "slow_answers", _("Answered late")
    # Not found in figures: somebody who reviewed a deviation says it.
    LESSON = "lesson", _("Lesson from a review")


class Confidence(TextChoices):
    """How sure we are, in words."""

    AGREED = "agreed", _("Agreed limit")
    SAID = "said", _("Said by a colleague")
    POSSIBLE = "possible", _("Possible: have a look")
    LIKELY = "likely", _("Likely")
    STRONG = "strong", _("Almost certain")


@dataclass(frozen=True, slots=True)
class Found:
    """One signal, before anybody looked at it. `team` and `routine` are keys as text, None for all of them.

    `observed` and `expected` are counts over the months from `since` to the month asked about; `effect` is observed
    over expected, or a ratio of odds for unequal answers; `interval` is its 95% interval. `chance` is the probability
    of this by accident, None where nothing was tested.
    """

    kind: Kind
    routine: str | None
    team: str | None
    since: Period
    observed: float
    expected: float
    effect: float
    interval: tuple[float, float]
    chance: float | None = None
    q_value: float | None = None
    dimension: str = ""
    value: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes two findings the same signal, in whichever month they were found."""
        return (self.kind, self.routine or "", self.team or "", self.dimension, self.value)

    @property
    def confidence(self) -> Confidence:
        """How sure, in a word: by false discoveries and by the careful end of the interval."""
        if self.q_value is None:
            return Confidence.AGREED
        if self.q_value <= 0.001 and self.interval[0] >= 1.5:
            return Confidence.STRONG
        return Confidence.LIKELY if self.q_value <= 0.01 else Confidence.POSSIBLE


def believed(found: Iterable[Found], discover: "list[float]", share: float = FALSE_DISCOVERIES) -> list[Found]:
    """Those whose q-value is small enough, with that value written in them."""
    return [replace(each, q_value=q) for each, q in zip(found, discover, strict=True) if q <= share]


def has_grown(effect: float, observed: float, effect_then: float, observed_then: float) -> bool:
    """Whether a dismissed signal is so much larger than when it was dismissed that it is worth another look."""
    return effect >= 1.5 * effect_then or observed >= 2 * observed_then
