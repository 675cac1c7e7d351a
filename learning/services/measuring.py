"""The effect of what a learning question changed: the months of its routine around the day it held from."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from learning.models import Cube, CubeUse, LearningQuestion
from learning.rules.lattice import MADE
from learning.rules.measuring import Effect, Verdict, measure
from learning.rules.publishing import hide_row
from organisation.kernel.periods import Period

from .detecting import last_closed

LOOKED_BACK = 36  # months before the change


@dataclass(frozen=True, slots=True)
class Measured:
    """The effect with the months it was measured in: (yyyymm, number or None where hidden, uses known)."""

    effect: Effect
    months: list[tuple[int, int | None]]
    change: int
    per_use: bool

    @property
    def numbers(self) -> dict[str, Any]:
        """As kept with the question when somebody looked at it."""
        numbers = asdict(self.effect) | {"verdict": self.effect.verdict.value}
        numbers["high"] = min(numbers["high"], 1e6)
        return numbers | {"months": self.months, "change": self.change, "per_use": self.per_use}


def effect_of(question: LearningQuestion) -> Measured | None:
    """None when there is nothing to measure: no routine, no day, or nothing was counted before it."""
    if question.routine_id is None or question.changed_on is None:
        return None
    change, last = Period.of_date(question.changed_on), last_closed(timezone.localdate())
    rows = Cube.objects.current().filter(kind=MADE, routine=question.routine_id)
    earliest = rows.order_by("period").values_list("period", flat=True).first()
    if earliest is None or Period.from_int(earliest) > last:
        return None
    first = max(Period.from_int(earliest), change - LOOKED_BACK)
    counts = _monthly(rows, "deviations", first, last)
    uses = _monthly(CubeUse.objects.current().filter(routine=question.routine_id), "uses", first, last)
    per_use = bool((uses >= counts).all() and uses.any())
    place = min(max(change - first, 0), len(counts))
    effect = measure(counts, uses if per_use else np.ones_like(counts), place)
    shown = hide_row([int(number) for number in counts], settings.SMALL_CELL_K)
    months = [(int(first + n), cell.value) for n, cell in enumerate(shown)]
    return Measured(effect, months, place, per_use)


def in_words(measured: Measured) -> str:
    """What the figures say, in a sentence or two."""
    effect = measured.effect
    words = {
        "before": _number(effect.before), "after": _number(effect.after), "months": effect.months_after,
        "ratio": _number(effect.ratio, 2), "low": _number(effect.low, 2), "high": _number(effect.high, 2),
    }  # fmt: skip
    if effect.verdict == Verdict.TOO_EARLY:
        return _("It is too early to say: three months that are over, and enough cases, are needed after the change.")
    rates = _("Before: %(before)s per 100 times; after: %(after)s, over %(months)d months.") if measured.per_use else ""
    allowed = _("With trend and season taken out it is %(ratio)s times as often (between %(low)s and %(high)s).")
    return " ".join(part % words for part in (rates, allowed) if part)


def _monthly(rows: Any, of: str, first: Period, last: Period) -> Any:
    found = np.zeros(last - first + 1)
    grouped = rows.filter(period__gte=int(first), period__lte=int(last)).order_by().values_list("period")
    for period, number in grouped.annotate(n=Sum(of)):
        found[Period.from_int(period) - first] += number
    return found


def _number(value: float, decimals: int = 1) -> str:
    return number_format(min(value, 9999), decimal_pos=decimals, use_l10n=True)
