"""The public register as rows for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accountability.models import RegisterLine
from accountability.models.register import RegisterLineQuerySet, label_of
from accountability.workflow.register import LineState

HEADS = ("year", "quarter", "domain", "routine", "kind", "answer", "weight", "ground", "amount")


def rows(lines: RegisterLineQuerySet) -> Iterator[list[Any]]:
    """A row for each line; what is not told is empty, and a line that was taken back says why."""
    yield [
        _("Number"), *(label_of(name) for name in HEADS), _("What happened"),
        _("In the register since"), _("Taken back on"), _("Why it was taken back"),
    ]  # fmt: skip
    for line in lines.iterator(chunk_size=500):
        yield [line.number, *_classes(line), line.summary, line.released_at, line.taken_back_at, line.reason]


def classes(line: RegisterLine) -> dict[str, Any]:
    """What a line tells, by the names of `HEADS`; None is not told, and nothing of a line that was taken back."""
    if line.state == LineState.TAKEN_BACK:
        return dict.fromkeys(HEADS)
    shown = (line.get_kind_display(), line.get_answer_display(), line.get_weight_display())
    more = (line.get_ground_display(), line.get_amount_display())
    about = (str(line.domain or ""), str(line.routine or ""))
    found = (line.year, line.quarter, *about, *shown, *more)
    return {name: value or None for name, value in zip(HEADS, found, strict=True)}


def _classes(line: RegisterLine) -> list[Any]:
    if line.state == LineState.TAKEN_BACK:
        return [pgettext("line of the register", "Taken back")] + [None] * (len(HEADS) - 1)
    return list(classes(line).values())
