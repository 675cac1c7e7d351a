"""The reasons for the letter, from what was decided on: as text, and as a document."""

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deviations.models import Decision, Deviation, Ground
from deviations.models.deviations import Kind, Urgency
from deviations.rules import letter
from deviations.rules.letter import Basis, LetterFacts
from organisation import printing


def has_letter(deviation: Deviation, decision: Decision | None) -> bool:
    """Whether there is something to explain: a decision that counts, about departing from a routine."""
    return decision is not None and deviation.kind == Kind.MADE and deviation.routine_version is not None


def letter_of(deviation: Deviation, decision: Decision) -> str:
    """The text to begin with, from the record that was decided on; always in Dutch."""
    return letter.write(_facts(deviation, decision))


def document_of(deviation: Deviation, decision: Decision, text: str) -> bytes:
    """The text as PDF, with the name of the municipality, our numbers and the day of the decision."""
    with translation.override(letter.LANGUAGE):
        facts = [[_("Our reference"), deviation.number], [_("Day of the decision"), _day(decision)]]
        if deviation.case:
            facts.insert(1, [_("Case"), deviation.case.external_reference or deviation.case.number])
        data = {
            "title": _("Reasons for the decision"),
            "organisation": settings.ORGANISATION_NAME,
            "facts": facts,
            "text": text,
            "note": _("This text goes with the decision of the municipality. It is not a decision by itself."),
        }
    return printing.pdf("letter", data)


def _day(decision: Decision) -> str:
    return date_format(timezone.localtime(decision.at), "DATE_FORMAT")


def _facts(deviation: Deviation, decision: Decision) -> LetterFacts:
    frozen: dict[str, Any] = decision.snapshot
    version = deviation.routine_version
    words = {name: frozen.get(name) or getattr(deviation, name) for name in ("if_followed", "instead", "why_here")}
    more = ("purpose_served", "alternatives", "residents_view", "tension")
    words |= {name: frozen.get(name) or "" for name in more}
    done = frozen.get("acted_on") if frozen.get("urgency") == Urgency.ALREADY_DONE else None
    return LetterFacts(
        answer=decision.answer,
        source_type=deviation.source_type,
        prescribes=version.prescribes if version else "",
        purpose=version.purpose if version else "",
        source=version.source_reference if version else "",
        grounds=_grounds(frozen.get("grounds") or []),
        reasons=decision.reasons,
        conditions=decision.conditions,
        alternative=decision.alternative,
        done_on=_date(done),
        until=_date(frozen.get("lasts_until")),
        **words,
    )


def _grounds(codes: list[str]) -> tuple[Basis, ...]:
    """What gives room in law. Against the law is no ground: a letter cannot rest on it."""
    rows = cast("list[Ground]", list(Ground.objects.filter(code__in=codes)))
    return tuple(Basis(row.label_nl, row.article) for row in rows if row.kind != Ground.Kind.BEYOND_LAW)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
