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
    href: str = ""


def key_figures(published: Json, words: Words, href: str = "") -> list[KeyFigure]:
    """Made, how often that is, agreed by space, and whether it helped; `href` leads to what was made."""
    made, before = (words.shown(flat) for flat in published["keys"]["made"])
    points = _("percentage points")
    return [
        KeyFigure(_("Deviations made"), made.text, _growth(made, before), made.why, href if made.value else ""),
        _key(_("Per 100 times a routine was applied"), published, "rate", words, "%s", ""),
        _key(_("Agreed by space"), published, "by_space", words, "%s%%", points),
        _key(pgettext("share", "It helped"), published, "helped", words, "%s%%", points),
    ]


def _key(label: str, published: Json, name: str, words: Words, pattern: str, unit: str) -> KeyFigure:
    now, before = (words.shown(flat) for flat in published["keys"][name])
    if now.value is None:
        return KeyFigure(label, "–", _no_value(now), now.why)
    return KeyFigure(label, pattern % now.text, _difference(now, before, unit))


def _no_value(cell: Shown) -> str:
    return "" if cell.why else _("Nothing to count yet")


def _difference(now: Shown, before: Shown, unit: str) -> str:
    if now.value is None or before.value is None:
        return _("No earlier period to compare with")
    change = round(now.value - before.value, 1) if isinstance(now.value, float) else now.value - before.value
    if not change:
        return _("As in the period before")
    said = _("%(change)s %(unit)s compared with the period before") % {"change": with_sign(change), "unit": unit}
    return " ".join(said.split())


def _growth(now: Shown, before: Shown) -> str:
    if now.value is None:
        return _no_value(now)
    if not before.value:
        return _("No earlier period to compare with")
    change = round(100 * (now.value - before.value) / before.value)
    if not change:
        return _("As in the period before")
    return _("%(change)s%% compared with the period before") % {"change": with_sign(change)}
