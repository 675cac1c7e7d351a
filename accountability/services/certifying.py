"""The certificate of a destruction: what went, in which classes, by whom, when and why; no word of what it said."""

import hashlib
import json
from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accountability.models import Certificate, DestructionLine, DestructionList, LedgerMark
from accountability.workflow.retention import LineState
from organisation import printing

from . import ledger

Content = dict[str, Any]


def certify(destruction: DestructionList) -> Certificate:
    """Make the certificate of a list that was carried out, once, and put a copy in the ledger outside."""
    content = content_of(destruction)
    fields = {
        "number": destruction.number,
        "made_at": destruction.finished_at,
        "cases": len(content["lines"]),
        "content": content,
        "digest": digest(content),
    }
    made, created = Certificate.objects.get_or_create(pk=destruction.pk, defaults=fields)
    if created:
        entry = {"what": ledger.CERTIFICATE, "list": str(made.pk), "number": made.number, "content": content}
        LedgerMark.move(ledger.write([entry])[-1].digest)
    return made


def put_back(entry: ledger.Entry) -> None:
    """The certificate as the ledger has it, for a database that is older."""
    content = entry["content"]
    fields = {"number": entry["number"], "made_at": content["finished_at"], "cases": len(content["lines"])}
    Certificate.objects.get_or_create(
        pk=entry["list"], defaults=fields | {"content": content, "digest": digest(content)}
    )


def digest(content: Content) -> str:
    """Of the certificate as plain data."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def content_of(destruction: DestructionList) -> Content:
    """Plain data: a certificate is read long after the names in this code have changed."""
    lines = list(destruction.lines.filter(state=LineState.DESTROYED))
    return {
        "organisation": settings.ORGANISATION_NAME,
        "number": destruction.number,
        "up_to": destruction.up_to.isoformat(),
        "made_by": destruction.made_by.name,
        "made_at": destruction.made_at.isoformat(),
        "approved_by": destruction.approved_by.name if destruction.approved_by else "",
        "approved_at": destruction.approved_at.isoformat() if destruction.approved_at else "",
        "finished_at": (destruction.finished_at or timezone.now()).isoformat(),
        "taken_off": destruction.lines.filter(state=LineState.TAKEN_OFF).count(),
        "rows": sum(line.rows for line in lines),
        "classes": _classes(lines),
        "lines": [_line(line) for line in lines],
    }


def pdf(certificate: Certificate) -> bytes:
    """On paper, to keep with the archive."""
    content = certificate.content
    day = date_format(timezone.localtime(certificate.made_at), "j F Y H:i")
    return printing.pdf(
        "certificate",
        {
            "title": _("Certificate of destruction %(number)s") % {"number": certificate.number},
            "organisation": content["organisation"],
            "intro": _("What is listed below was destroyed, with all that hung on it: rows, history, files and index."),
            "facts": [
                [_("Carried out"), day],
                [_("List made by"), content["made_by"]],
                [_("Approved by"), content["approved_by"]],
                [_("Due up to and including"), _day(content["up_to"])],
                [_("Destroyed"), str(certificate.cases)],
                [_("Taken off the list"), str(content["taken_off"])],
                [_("Digest of this certificate"), certificate.digest],
            ],
            "tables": [
                {
                    "title": _("By retention class"),
                    "heads": [_("Class"), _("Name"), pgettext("how many", "Number")],
                    "rows": [[each["code"], each["label"], str(each["count"])] for each in content["classes"]],
                },
                {
                    "title": _("What was destroyed"),
                    "heads": [_("Number"), _("Class"), _("Closed"), _("Due from"), _("Why")],
                    "rows": [
                        [each["label"], each["class"], _day(each["closed_on"]), _day(each["destroy_on"]), each["why"]]
                        for each in content["lines"]
                    ],
                },
            ],
        },
        at=certificate.made_at,
    )


def _day(kept: str) -> str:
    """A day that was kept as text."""
    return date_format(date.fromisoformat(kept), "SHORT_DATE_FORMAT")


def _classes(lines: list[DestructionLine]) -> list[Content]:
    counted = Counter((line.class_code, line.class_label) for line in lines)
    return [{"code": code, "label": label, "count": number} for (code, label), number in sorted(counted.items())]


def _line(line: DestructionLine) -> Content:
    return {
        "kind": line.kind, "label": line.label, "class": line.class_code, "why": line.why,
        "closed_on": line.closed_on.isoformat(), "destroy_on": line.destroy_on.isoformat(),
        "destroyed_at": line.destroyed_at.isoformat() if line.destroyed_at else "", "ledger": line.ledger,
    }  # fmt: skip
