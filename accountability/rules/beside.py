"""What published answers say: the share that was agreed, its interval, and whether that differs from what was expected.

Wilson's interval (1927; see Brown, Cai and DasGupta 2001), made wider in two ways: by what rounding to five may hide,
and for the number of places that are looked at together (Bonferroni), so that of places that answer alike one stands
out in one half-year of twenty, however many places there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from learning.rules.statistics import share_interval
from organisation.kernel.protecting import Bounds, known

from .equality import AGREED, ALL, REFUSED, Key

LEVEL = 0.95


class Verdict(TextChoices):
    """What can be said of a place."""

    ALIKE = "alike", _("About as expected")
    MORE = "more", _("Agreed more often than expected")
    LESS = "less", _("Agreed less often than expected")
    TOO_FEW = "too_few", _("Too few to say")
    NOTHING = "nothing", _("Nothing to compare it with")


@dataclass(frozen=True, slots=True)
class Beside:
    """One place beside what was expected of it; shares are of a hundred, None when hidden."""

    agreed: int | None
    refused: int | None
    share: int | None = None
    low: int | None = None
    high: int | None = None
    expected: int | None = None
    verdict: Verdict = Verdict.TOO_FEW


@dataclass(frozen=True, slots=True)
class Count:
    """A published number of answers, and between which numbers the true one lies."""

    value: int
    bounds: Bounds

    @classmethod
    def of(cls, value: int, k: int) -> "Count":
        """A number as it was published."""
        return cls(value, known(value, k))

    def without(self, part: "Count") -> "Count":
        """What is left when a part is taken off."""
        low = max(self.bounds.low - part.bounds.high, 0)
        return Count(max(self.value - part.value, 0), Bounds(low, self.bounds.high - part.bounds.low))


def beside(agreed: Count, refused: Count, expected: int | None, places: int) -> Beside:
    """The share, its interval, and what that says where something was expected."""
    if not agreed.value + refused.value:
        return Beside(agreed.value, refused.value)
    level = 1 - (1 - LEVEL) / max(places, 1)
    few, many = (agreed.bounds.low, refused.bounds.high), (agreed.bounds.high, refused.bounds.low)
    low = share_interval(round(few[0]), round(sum(few)), level)[0]
    high = share_interval(round(many[0]), round(sum(many)), level)[1]
    share = round(100 * agreed.value / (agreed.value + refused.value))
    ends = floor(100 * low), ceil(100 * high)
    return Beside(agreed.value, refused.value, share, *ends, expected, _verdict(ends, expected))


def of_place(values: Mapping[Key, int | None], where: tuple[str, str], expected: int | None, k: int, n: int) -> Beside:
    """A place of the published tables, one of n."""
    agreed, refused = values.get((*where, AGREED)), values.get((*where, REFUSED))
    if agreed is None or refused is None:
        return Beside(agreed, refused)
    return beside(Count.of(agreed, k), Count.of(refused, k), expected, n)


def of_the_rest(values: Mapping[Key, int | None], where: tuple[str, str], expected: int | None, k: int) -> Beside:
    """Everything in the dimension of a place, without that place: worked out from what is published, and no more."""
    dimension = where[0]
    numbers = [values.get((*at, answer)) for at in (where, (dimension, ALL)) for answer in (AGREED, REFUSED)]
    if any(number is None for number in numbers):
        return Beside(None, None)
    here = [Count.of(number or 0, k) for number in numbers[:2]]
    whole = [Count.of(number or 0, k) for number in numbers[2:]]
    agreed, refused = (all_of.without(part) for all_of, part in zip(whole, here, strict=True))
    left = agreed.value + refused.value
    if expected is None or not left:
        return beside(agreed, refused, None, 2)
    # What was expected of all together is what they agreed.
    usual = whole[0].value - expected / 100 * sum(count.value for count in here)
    return beside(agreed, refused, min(max(round(100 * usual / left), 0), 100), 2)


def _verdict(ends: tuple[int, int], expected: int | None) -> Verdict:
    if expected is None:
        return Verdict.NOTHING
    if expected > ends[1]:
        return Verdict.LESS
    return Verdict.MORE if expected < ends[0] else Verdict.ALIKE
