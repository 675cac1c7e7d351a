"""What was decided on, in words: the frozen record of a decision, and how the deviation differs from it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from deviations.models import Decision, Deliberation, Deviation, SecondRequest
from deviations.models.deliberating import DELIBERATED
from deviations.rules import changing, parts
from deviations.services import freezing
from deviations.services.recording import TICKED
from deviations.workflow import State
from organisation.kernel.differences import Difference
from organisation.kernel.money import euros, from_cents
from organisation.models import Event, User

# What is set between two ends, and the words of each position.
POSITIONS = {"belongs_or_helps": dict(parts.BELONGS_OR_HELPS), "landed": dict(parts.LANDED)}

Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """A decision on an earlier text, and what the deviation says now instead.

    Voided, because the text was changed; or the refusal that this request comes after, which stands.
    """

    decision: Decision
    differences: list[Difference]
    reasons: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether this is a second request, after that refusal."""
        return self.decision.voided_at is None


def record(frozen: Frozen) -> list[tuple[str, str]]:
    """Every line of a frozen record that says something, with its label."""
    labels = _labels([frozen])
    lines = ((_label(name), _words(name, frozen[name], labels)) for name in _in_order(frozen))
    return [(label, text) for label, text in lines if text]


def differences(before: Frozen, after: Frozen) -> list[Difference]:
    """What the author changed between two records, field by field."""
    labels = _labels([before, after])
    names = [name for name in _in_order({**before, **after}) if name in changing.changed(before, after)]
    return [
        Difference(_label(name), _words(name, before.get(name), labels), _words(name, after.get(name), labels), name)
        for name in names
    ]


def earlier(deviation: Deviation) -> list[Earlier]:
    """The decisions that no longer count, the last one first; and behind them the refusal this comes after."""
    voided = list(deviation.decisions.voided().select_related("by", "space", "objection__by"))
    second = (
        SecondRequest.objects.filter(deviation=deviation).select_related("refusal__by", "refusal__deviation").first()
    )
    now = freezing.snapshot(deviation) if voided or second else {}
    found = [Earlier(row, differences(row.snapshot, now), why) for row, why in _with_reasons(deviation, voided)]
    if second:
        found.append(Earlier(second.refusal, differences(second.refusal.snapshot, now), second.reasons))
    return found


def asked_again(refused: Deviation, reader: User) -> Deviation | None:
    """The request that was made anew after this refusal, if this person may see it."""
    rows = Deviation.objects.visible_to(reader).exclude(state=State.WITHDRAWN)
    return rows.filter(second_request__refusal__deviation=refused).first()


def _with_reasons(deviation: Deviation, voided: list[Decision]) -> list[tuple[Decision, str]]:
    """With why the author changed the text: it stands in the line of the logbook of that moment."""
    lines = Event.objects.about(deviation).filter(verb="deviation.revise").order_by("at") if voided else ()
    said = [(event.at, event.remark) for event in lines]
    return [(row, next((remark for at, remark in said if row.voided_at and at >= row.voided_at), "")) for row in voided]


def is_untouched(decision: Decision) -> bool:
    """Whether the kept record is still the one that was decided on."""
    return freezing.digest(decision.snapshot) == decision.digest


def _in_order(frozen: Frozen) -> list[str]:
    names = [name for name in frozen if name not in changing.FOLLOWS]
    return sorted(names, key=lambda name: parts.ORDER.get(name, -1 if name == "kind" else len(parts.ORDER)))


def _label(name: str) -> str:
    return str(parts.NAMES.get(name) or capfirst(_field(name).verbose_name))


def _field(name: str) -> Any:
    model = Deliberation if name in DELIBERATED else Deviation
    return model._meta.get_field(name)


def _labels(records: Iterable[Frozen]) -> dict[str, str]:
    """The terms behind the codes: one query for each list of terms."""
    found: dict[str, str] = {}
    for name in TICKED:
        codes = {code for frozen in records for code in frozen.get(name) or ()}
        if codes:
            found |= {term.code: str(term) for term in _field(name).related_model.objects.filter(code__in=codes)}
    return found


def _words(name: str, value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        # Only grounds are known by their code.
        shown = "{} ({})" if name == "grounds" else "{}"
        return "; ".join(shown.format(labels[code], code) if code in labels else str(code) for code in value)
    if name.endswith("_cents"):
        return euros(from_cents(int(value))) if value else ""
    if name in POSITIONS:
        return str(POSITIONS[name].get(value, value))
    if name in ("acted_on", "lasts_until"):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    choices = {} if name == "routine" else dict(_field(name).flatchoices)
    return str(choices.get(value, value))
