"""Gathering what a dossier holds at one moment, as plain data: what was known at the decision and nothing later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from cases.models import Case, JournalEntry
from deviations.models import Decision, Deviation, Ground, Opinion
from deviations.models.deviations import Answer
from deviations.rules import advising, weighing
from deviations.rules.advising import Kind
from deviations.rules.answering import ActingAs
from deviations.rules.weighing import Advice, GroundFacts, RiskFlag, WeighedFacts, Weighing
from deviations.services import freezing, hearing
from organisation.kernel.money import from_cents

Json = dict[str, Any]
VERSION = 1
BY_SPACE = ("space", "sliders", "limits")
# What a conversation or a visit brought to light; what was agreed and decided stands elsewhere.
GATHERED = (JournalEntry.Kind.CONTACT, JournalEntry.Kind.OBSERVATION, JournalEntry.Kind.CONSULTATION)


def at_decision(decision: Decision) -> Json:
    """What the dossier held at the decision. Later the same, as long as nobody touches what is never changed."""
    return _facts(decision.deviation, decision.snapshot, decision.at, decision)


def as_it_is(deviation: Deviation, decision: Decision | None, now: datetime) -> Json:
    """What it would hold if it were made up now."""
    # What the space said at the moment itself stays what it was.
    kept = {name: decision.snapshot[name] for name in BY_SPACE if name in decision.snapshot} if decision else {}
    return _facts(deviation, freezing.snapshot(deviation) | kept, now, decision)


def _facts(deviation: Deviation, text: Json, at: datetime, decision: Decision | None) -> Json:
    rows = Ground.objects.filter(code__in=text.get("grounds") or ()).order_by("code")
    grounds = cast("list[Ground]", list(rows))
    weighed = _weigh(deviation, text, grounds)
    return {
        "version": VERSION,
        "number": deviation.number,
        "kind": deviation.kind,
        "author": deviation.author.name if deviation.author else "",
        "team": deviation.team.name,
        "lawfulness": deviation.lawfulness,
        "text": text,
        "required": sorted(weighed.required),
        "case": _case(deviation.case, at),
        "facts": _gathered(deviation.case, at),
        "conversation": [
            {"kind": said.kind, "at": said.at.isoformat(), "text": said.text}
            for said in deviation.messages.filter(at__lte=at)
        ],
        "routine": _routine(deviation),
        "grounds": [{"code": row.code, "label": row.label_nl, "article": row.article} for row in grounds],
        "distinctions": [
            {"side": row.side, "text": row.text, "agreed": row.agreed, "refused": row.refused}
            for row in deviation.distinctions.filter(said_at__lte=at)
        ],
        "decision": _decision(decision) if decision else None,
        "advice": (advice := _advice(deviation, at)),
        "advice_lacks": _lacks(weighed, advice, decision),
    }


def _weigh(deviation: Deviation, text: Mapping[str, Any], grounds: list[Ground]) -> Weighing:
    """Of the text itself, so that it stays what it was."""
    return weighing.weigh(
        WeighedFacts(
            kind=deviation.kind,
            source_type=text.get("source_type") or "",
            grounds=tuple(GroundFacts(row.code, row.weight, row.kind, frozenset(row.source_types)) for row in grounds),
            amount=from_cents(text.get("amount_cents") or 0),
            risk_flags=frozenset(flag.value for flag in RiskFlag if text.get(f"risk_{flag.value}")),
        )
    )


def _case(case: Case | None, at: datetime) -> Json:
    if case is None:
        return {}
    then = case.history.filter(history_date__lte=at).order_by("-history_date").first() or case
    return {
        "number": then.number,
        "reference": then.external_reference,
        "question": then.question,
        "needed": then.needed,
        "opened_at": then.opened_at.isoformat(),
    }


def _gathered(case: Case | None, at: datetime) -> list[Json]:
    if case is None:
        return []
    entries = case.journal.filter(kind__in=GATHERED, written_at__lte=at).order_by("occurred_at", "id")
    return [{"kind": entry.kind, "at": entry.occurred_at.isoformat(), "text": entry.text} for entry in entries]


def _routine(deviation: Deviation) -> Json:
    version = deviation.routine_version
    if version is None:
        return {}
    names = ("source_type", "source_reference", "prescribes", "purpose")
    told = {name: getattr(version, name) for name in names}
    return {"name": str(version), "title": version.routine.title_nl, **told}


def _decision(decision: Decision) -> Json:
    space = decision.space
    return {
        "answer": decision.answer,
        "by": decision.by.name if decision.by else "",
        "role": decision.role or (ActingAs.MANAGER if decision.by else ""),
        "on_behalf_of": decision.on_behalf_of.name if decision.on_behalf_of else "",
        "space": str(space) if space else "",
        "space_given_by": space.granted_by.name if space else "",
        "at": decision.at.isoformat(),
        "board_on": decision.board_on.isoformat() if decision.board_on else "",
        "board_reference": decision.board_reference,
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "alternative": decision.alternative,
        "digest": decision.digest,
    }


def _advice(deviation: Deviation, at: datetime) -> list[Json]:
    return [
        {
            "kind": one.kind,
            "at": one.at.isoformat(),
            "whom": ", ".join(name for name in (one.whom, *_names(given)) if name),
            "question": one.question,
            "views": [opinion.view for opinion in given],
            "texts": [opinion.text for opinion in given if opinion.text],
            "followed": one.followed if one.followed_at and one.followed_at <= at else None,
            "followed_why": one.followed_why if one.followed_at and one.followed_at <= at else "",
        }
        for one in hearing.consultations_of(deviation)
        if one.at <= at and (given := [opinion for opinion in one.opinions.all() if opinion.at <= at])
    ]


def _names(given: list[Opinion]) -> list[str]:
    """Who answered for a team."""
    return [opinion.by.name for opinion in given if opinion.by and opinion.consultation.team_id]


def _lacks(weighed: Weighing, advice: list[Json], decision: Decision | None) -> list[str]:
    """Codes of what had to be heard first and was not. A space is given beforehand, and refusing asks for nothing."""
    if decision is None or decision.by is None or decision.answer == Answer.REFUSED:
        return []

    def heard(kinds: set[str], views: frozenset[advising.View]) -> bool:
        return any(each["kind"] in kinds and views & set(each["views"]) for each in advice)

    there = {
        Advice.PEER: heard({Kind.PEER, Kind.TEAM}, advising.YES),
        Advice.LEGAL: heard({Kind.LEGAL}, advising.JUDGED),
        Advice.BOARD: decision.board_on is not None,
    }
    return [need.value for need in weighed.advice if not there[need]]
