"""The cover of evidence, for people: who asked for it and why, what is in it, and how to check it."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accountability.models import Evidence
from organisation import printing
from organisation.models import Checkpoint
from organisation.services import sealing

from .reading_log import who_looked

if TYPE_CHECKING:
    from .packing_evidence import Packed


def pdf(evidence: Evidence, packed: "Packed", lines: dict[str, QuerySet[Any]]) -> bytes:
    """On paper, and readable for everybody."""
    now = timezone.now()
    data = {
        "title": _("Evidence from the logbook about %(about)s") % {"about": evidence.about},
        "organisation": settings.ORGANISATION_NAME,
        "intro": _("This file shows what the logbook says, and proves that it was not changed since it was sealed."),
        "facts": _facts(evidence, packed, now),
        "warning": _("These lines do not fit their seal. Verify the whole logbook first.") if packed.faults else "",
        "parts": {"title": _("What is in this file"), "rows": _parts()},
        "check": {"title": _("How to check it"), "text": _check()},
        "people": _people(lines["a"]) if evidence.case else None,
        "keep": {"title": _("Keep it no longer than needed"), "text": _keep()},
    }
    return printing.pdf("evidence", data, at=now)


def period(evidence: Evidence) -> str:
    """The days it is about, in words."""
    since, until = (date_format(day) if day else "" for day in (evidence.since, evidence.until))
    if since and until:
        return f"{since} – {until}"
    if since:
        return _("from %(day)s") % {"day": since}
    return _("up to and including %(day)s") % {"day": until} if until else _("everything")


def _facts(evidence: Evidence, packed: "Packed", now: Any) -> list[list[str]]:
    last = Checkpoint.objects.order_by("-number").first()
    return [
        [_("About"), str(evidence.about)],
        [_("Asked by"), evidence.requested_by.name],
        [_("What for"), evidence.reason],
        [_("Asked"), _moment(evidence.requested_at)],
        [_("Made"), _moment(now)],
        [_("Period"), period(evidence)],
        [_("Lines about what was done"), _number(packed.lines["e"])],
        [_("Lines about what was opened"), _number(packed.lines["a"])],
        [_("Not sealed yet"), _number(packed.unsealed)],
        [_("Do not fit their seal"), _number(packed.faults)],
        [_("Last checkpoint"), f"{last.number}, {_moment(last.sealed_at)}" if last else "–"],
        [_("Public key of the seal"), _grouped(sealing.signer().public)],
    ]


def _parts() -> list[list[str]]:
    return [
        ["gedaan.csv", _("who did what, for a spreadsheet")],
        ["geopend.csv", _("who opened what, how and why they could, for a spreadsheet")],
        ["gedaan.jsonl, geopend.jsonl", _("the same lines with their proof, for a machine")],
        ["verwerkingen.jsonl", _("the lines with the field names of the standard Logboek Dataverwerkingen")],
        ["checkpoints.jsonl", _("the signed seals that the lines stand under")],
        ["LEESMIJ.md, README.md", _("how to check it without our software, in Dutch and English")],
        ["manifest.json", _("the digest of each of these files, signed")],
    ]


def _check() -> str:
    told = _("Everybody who has the public key can check this file; LEESMIJ.md says how, step by step.")
    more = _("Ask internal control of the municipality for the public key; do not take it from this file alone.")
    return f"{told} {more} manage.py verify_evidence"


def _keep() -> str:
    told = _("Names of colleagues stand in it. What somebody typed as a remark does not; only its digest.")
    more = _("When the case is destroyed, this file must go too.")
    return f"{told} {more}"


def _people(lines: QuerySet[Any]) -> dict[str, Any]:
    return {
        "title": _("Who opened it or read its log, last first"),
        "heads": [_("Who"), _("Why"), _("Times"), _("First"), _("Last")],
        "rows": [
            [f"{each.name} ({each.roles})" if each.roles else each.name, "; ".join(each.why), _number(each.times),
             _moment(each.first), _moment(each.last)]
            for each in who_looked(lines)
        ],
    }  # fmt: skip


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "j F Y H:i")


def _grouped(key: str) -> str:
    """In parts that fit on a line."""
    return " ".join(key[start : start + 16] for start in range(0, len(key), 16))


def _number(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)
