"""Figures about money, with what it could be off by; and the two practices side by side, never added up."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from learning.rules.lattice import PRACTICES
from learning.rules.publishing import Json

from . import charting, charting_sums
from .charting import Mark
from .presenting import NOTHING, Figure, Line, Shown, Words, bar, both, money


def costs(published: Json, words: Words) -> Figure:
    """Extra and avoided cost, each with an interval."""
    labels = {"extra": _("Extra cost"), "avoided": _("Avoided cost")}
    title, rows, marks = _("Costs"), [], []
    for name, found in published["costs"].items():
        total, low, high = (money(found[end]) for end in ("cents", "low", "high"))
        number = words.shown(found["number"])
        if found["cents"] is None and number.why:
            total = low = high = Shown(_("hidden"), number.why, None)
        rows.append(Line(labels[name], [number, total, low, high]))
        said = _("%(label)s: %(sum)s, between %(low)s and %(high)s") % {
            "label": labels[name], "sum": total.text, "low": low.text, "high": high.text,
        }  # fmt: skip
        if total.value is not None:
            mark = Mark(labels[name], total.value, total.text, said)
            marks.append((mark, low.value or 0.0, high.value or 0.0))
    note = _(
        "Amounts that colleagues wrote down. Between: what it could be if the same period came once more, with other "
        "chances (95%). Avoided cost is an estimate beforehand."
    )
    heads = ["", _("Deviations with an amount"), _("Together"), _("Between"), _("and")]
    specs = both(charting_sums.sums, title, [mark for mark, *_ends in marks], ends=[ends for _m, *ends in marks])
    return Figure("costs", title, note, heads, rows, specs if marks else None)


def real_costs(published: Json, words: Words) -> Figure:
    """What was planned beside what it really cost."""
    found = published["real_costs"]
    number = words.shown(found["number"])
    hidden = Shown(_("hidden"), number.why, None) if number.why else NOTHING
    sums = [money(found[name]) if found[name] is not None else hidden for name in ("planned", "real")]
    title = _("What it really cost")
    note = _("Of deviations that were looked back on, with the real cost written down.")
    if found["ratio"] is not None:
        ends = {name: number_format(100 * found[name], decimal_pos=0) for name in ("ratio", "low", "high")}
        said = _("It came to %(ratio)s%% of what was planned, between %(low)s%% and %(high)s%%.") % ends
        note = f"{note} {said}"
    rows = [Line(_("Planned"), [number, sums[0]]), Line(_("Really"), [number, sums[1]])]
    marks = [bar(line.name, title, line.cells[1]) for line in rows]
    specs = both(charting.bars, title, marks, axis=_("Euros")) if sums[0].value is not None else None
    return Figure("real_costs", title, note, ["", _("Deviations"), _("Together")], rows, specs)


def practice(published: Json, words: Words) -> Figure:
    """Routine and tailored work, each by its own measure."""
    labels = {
        "applied": _("Times applied, and departed from"),
        "closed": _("Cases closed"),
        "reached": _("Of which the result was reached"),
        "once": _("Right the first time"),
        "helped": _("It helped"),
    }
    shares = ("reached", "once", "helped")
    rows = [
        Line(labels[name], [words.shown(flat, "%" if name in shares else "") for flat in flats])
        for name, *flats in published["practice"]
    ]
    names = dict(zip(PRACTICES, (_("Practice by routine"), _("Tailored practice")), strict=True))
    note = _("Both practices count, each by its own measure. They are not added up.")
    return Figure("practice", _("Two practices"), note, ["", *names.values()], rows)
