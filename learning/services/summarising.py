"""The key figures at the top of the page, each beside what it was before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.rules.publishing import Json

from .presenting import Shown, Words, with_sign


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure with its comparison; `why` says why it is not shown."""

    label: str
    value: str
    note: str
    why: str = ""


def key_figures(published: Json, words: Words) -> list[KeyFigure]:
    """Made, agreed by space, time until the answer, and whether it helped."""
    made, before = words.shown(published["made"]), words.shown(published["made_before"])
    days = _("%(days)s days")
    return [
        KeyFigure(_("Deviations made"), made.text, _growth(made, before), made.why),
        _key(_("Agreed by space"), published, "by_space", words, "%s%%", _("percentage points")),
        _key(_("Time until the answer, on average"), published, "lead_days", words, days, _("days")),
        _key(pgettext("share", "It helped"), published, "helped", words, "%s%%", _("percentage points")),
    ]


def _key(label: str, published: Json, name: str, words: Words, pattern: str, unit: str) -> KeyFigure:
    now, before = words.shown(published[name]), words.shown(published[f"{name}_before"])
    if now.value is None:
        return KeyFigure(label, "–", _no_value(now), now.why)
    value = pattern % {"days": now.text} if "(days)" in pattern else pattern % now.text
    return KeyFigure(label, value, _difference(now, before, unit))


def _no_value(cell: Shown) -> str:
    return "" if cell.why else _("Nothing to count yet")


def _difference(now: Shown, before: Shown, unit: str) -> str:
    if now.value is None or before.value is None:
        return _("No earlier period to compare with")
    change = round(now.value - before.value, 1) if isinstance(now.value, float) else now.value - before.value
    if not change:
        return _("As in the period before")
    return _("%(change)s %(unit)s compared with the period before") % {"change": with_sign(change), "unit": unit}


def _growth(now: Shown, before: Shown) -> str:
    if now.value is None:
        return _no_value(now)
    if not before.value:
        return _("No earlier period to compare with")
    change = round(100 * (now.value - before.value) / before.value)
    if not change:
        return _("As in the period before")
    return _("%(change)s%% compared with the period before") % {"change": with_sign(change)}
