"""The frozen figures that an account is made of: those of the learning reports of its quarters, and no others."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accountability.rules.spans import Span
from learning.models import LearningReport
from learning.services import reporting
from organisation.kernel.periods import Quarter
from organisation.models import User

Json = dict[str, Any]


def digest(figures: object) -> str:
    """The same figures, the same sixty-four signs."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def newest(span: Span) -> list[LearningReport | None]:
    """The last learning report of each quarter, as far as there is one."""
    rows = LearningReport.objects.filter(year=span.year, quarter__in=[each.number for each in span.quarters])
    last = {report.quarter: report for report in rows.order_by("edition")}
    return [last.get(each.number) for each in span.quarters]


def provisional(span: Span) -> Json:
    """What can be shown before freezing: the figures that learning reports froze already. Empty when one lacks."""
    reports = newest(span)
    return dataset([report for report in reports if report]) if all(reports) else {}


def dataset(reports: Sequence[LearningReport]) -> Json:
    """The figures of these reports, as they are kept in an account."""
    return {
        "quarters": [
            {
                "quarter": str(Quarter(report.year, report.quarter)),
                "report": str(report.pk),
                "edition": report.edition,
                "digest": report.digest,
                "figures": report.figures,
            }
            for report in reports
        ]
    }


def counted_now(span: Span, *, by: User, note: str, watch: Callable[[float], None]) -> list[LearningReport]:
    """A learning report for each quarter whose figures are those of today.

    The last report is used again when counting anew gives the same. Otherwise there is a next edition of it, so that
    disclosure control knows all that was told before. `watch` hears which part of the work is done, from 0 to 1.
    Raises `Refused` when a quarter is not over or holds too little.
    """
    said, found = note or _("Counted anew for an account: figures were added or changed since."), []
    for place, quarter in enumerate(span.quarters):
        before = reporting.check(quarter=quarter, by=by, note=said)
        figures = reporting.freeze(quarter, before, watch=_part_of(watch, place, span.length))
        if before and digest(figures) == before[-1].digest:
            found.append(before[-1])
        else:
            edition, why = len(before) + 1, said if before else ""
            found.append(reporting.keep(quarter=quarter, figures=figures, edition=edition, by=by, note=why))
    watch(1)
    return found


def _part_of(watch: Callable[[float], None], place: int, parts: int) -> Callable[[float], None]:
    """Tells what a part of the work is of all of it."""
    return lambda share: watch((place + share) / parts)
