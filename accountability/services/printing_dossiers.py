"""A dossier on paper: an accessible PDF with every item, what was added, what changed, and the logbook lines."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accountability.models import Review
from accountability.rules.dossiers import Item, Scope
from organisation import printing

from .reading_dossiers import Dossier

Json = dict[str, Any]


def document(dossier: Dossier) -> bytes:
    """PDF/UA-1, dated at the moment it is made."""
    now = timezone.now()
    return printing.pdf("dossier", _data(dossier, _moment(now)), at=now)


def _data(dossier: Dossier, made: str) -> Json:
    there = [str(item.label) for item in dossier.there]
    lacks = [f"{item.label}. {item.why}".strip() for item in dossier.missing]
    return {
        "title": _("Dossier of deviation %(number)s") % {"number": dossier.deviation.number},
        "organisation": settings.ORGANISATION_NAME,
        "language": (get_language() or "nl")[:2],
        "pages": [_("Page"), _("of")],
        "facts": _facts(dossier, made),
        "lists": [[_("What is missing"), lacks or [_("Nothing is missing.")]], [_("What is there"), there]],
        "items": [_item(number, item) for number, item in enumerate(dossier.items, 1)],
        "notes": {
            "title": _("Added after the decision"),
            "rows": [
                [f"{note.get_kind_display()}, {_moment(note.at)}, {note.by.name}", _note(note)]
                for note in dossier.notes
                if dossier.scope == Scope.WHOLE
            ],
        },
        "reviews": {
            "title": _("What a review said"),
            "rows": [
                [f"{row.get_answer_display()}, {_moment(row.answered_at)}", _reviewed(row)] for row in dossier.reviews
            ],
        },
        "changes": {
            "title": _("What changed since the decision"),
            "heads": [_("Then"), _("Now")],
            "rows": [[str(each.label), each.before or "–", each.after or "–"] for each in dossier.changes],
        },
        "log": {
            "title": _("Lines of the logbook"),
            "heads": [_("When"), _("What"), _("Who or in which role")],
            "rows": [[_moment(line.at), _said(line), line.who or "–"] for line in dossier.lines],
        },
    }


def _facts(dossier: Dossier, made: str) -> list[list[str]]:
    deviation, frozen = dossier.deviation, dossier.frozen
    rows = [
        [_("Deviation"), deviation.number],
        [_("Status"), str(deviation.get_state_display())],
        [_("In law"), str(deviation.get_lawfulness_display())],
        [_("Scope"), str(dossier.scope.label)],
        [_("Made"), made],
    ]
    if frozen and dossier.decision:
        rows += [[_("Frozen at the decision of"), _moment(dossier.decision.at)], ["SHA-256", frozen.digest]]
    return rows


def _item(number: int, item: Item) -> Json:
    article = f" ({item.article})" if item.article else ""
    hidden = _("There is more. It is not shown in this scope.") if item.hidden else ""
    return {
        "title": f"{number}. {item.label}{article}",
        "status": str(item.status.label),
        "why": str(item.why) or hidden,
        "lines": [[str(line.label), line.text] for line in item.lines],
    }


def _note(note: Any) -> str:
    return "\n".join(part for part in (note.reference, note.text) if part)


def _reviewed(row: Review) -> str:
    response = f"{_('Response of the author')}: {row.response}" if row.response else ""
    return "\n\n".join(part for part in (row.reasons, response) if part) or "–"


def _said(line: Any) -> str:
    return f"{line.what}\n{line.remark}" if line.remark else str(line.what)


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
