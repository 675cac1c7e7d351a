"""The items of a dossier, one function for each: from plain facts to lines, and whether something is missing.

`frozen` is what `services/compiling.py` kept at the decision; `later` is what came after it: notes, and looking back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import JournalEntry, SourceType
from deviations.models.deliberating import SameAgain
from deviations.models.deviations import Answer, Outcome
from deviations.rules import advising
from deviations.rules.answering import ActingAs
from deviations.rules.lawfulness import TAKES_GROUND
from deviations.rules.parts import NAMES
from deviations.rules.weighing import MADE, RISK_SENTENCES, Advice, RiskFlag

from .dossiers import Facts, Holds, Item, Line, Status, Words, amount, day, status_of, written

FACT, NAME, CASE, CONTENT = Holds.FACT, Holds.NAME, Holds.CASE, Holds.CONTENT
LETTER, BUDGET_LINE = "letter", "budget_line"
REFUSED = "refused"
NOT_AT_THIS_WEIGHT = gettext_lazy("At this weight it is not asked for.")
FOLLOWED = gettext_lazy("The routine was followed.")


@dataclass(frozen=True)
class Later:
    """What came after the decision: notes by kind with their references, and the evaluation if there is one."""

    notes: tuple[Facts, ...] = ()
    evaluation: Facts | None = None
    evaluation_overdue: bool = False

    def references(self, kind: str) -> list[str]:
        """What was noted of this kind."""
        return [f"{note['reference']} ({day(note['on'])})" for note in self.notes if note["kind"] == kind]


class Said(NamedTuple):
    """The lines of an item, its status, and why it is not there."""

    lines: tuple[Line, ...]
    status: Status
    why: Words = ""


def items(frozen: Facts, later: Later) -> list[Item]:
    """Every item, in the order of the dossier."""
    found = []
    for code, (label, article, say) in ITEMS.items():
        said = say(frozen, later)
        found.append(Item(code, label, article, said.status, said.lines, said.why))
    return found


def _of_text(frozen: Facts, *names: str, asked_for: str = "") -> Said:
    """Fields of the record. Asked for when the weight asks for the field `asked_for`."""
    lines = written(*((NAMES[name], frozen["text"].get(name), CONTENT) for name in names))
    status = status_of(lines, asked=asked_for in frozen["required"])
    return Said(lines, status, NOT_AT_THIS_WEIGHT if status == Status.NOT_ASKED else "")


def _request(frozen: Facts, later: Later) -> Said:
    case = frozen["case"]
    lines = written(
        (_("Case number"), case.get("number"), CASE),
        (_("Number in the case system"), case.get("reference"), CASE),
        (_("Question in the resident's own words"), case.get("question"), CONTENT),
        (_("What is needed"), case.get("needed"), CONTENT),
        (_("Case opened"), day(case.get("opened_at")), FACT),
        (_("Sent in"), day(frozen["text"].get("submitted_at")), FACT),
        (_("Already done on"), day(frozen["text"].get("acted_on")), FACT),
    )
    return Said(lines, status_of(lines, asked=True))


def _facts(frozen: Facts, later: Later) -> Said:
    kinds = dict(JournalEntry.Kind.choices)
    told = [
        (f"{kinds.get(entry['kind'], entry['kind'])}, {day(entry['at'])}", entry["text"], CONTENT)
        for entry in frozen["facts"]
    ]
    asked = [(f"{talk['kind']}, {day(talk['at'])}", talk["text"], CONTENT) for talk in _talk(frozen)]
    count = len(frozen["facts"])
    how = ngettext("%(count)d entry in the journal", "%(count)d entries in the journal", count) % {"count": count}
    lines = written((_("How they were gathered"), how if count else "", FACT), *told, *asked)
    why = _("The journal of the case holds no contact, observation or consultation before the decision.")
    status = status_of(lines, asked=True)
    return Said(lines, status, why if status == Status.MISSING else "")


def _talk(frozen: Facts) -> list[dict[str, Any]]:
    titles = {"question": _("Question of who answers"), "answer": _("Answer of the author")}
    return [{**said, "kind": titles.get(said["kind"], said["kind"])} for said in frozen["conversation"]]


def _routine(frozen: Facts, later: Later) -> Said:
    routine = frozen["routine"]
    sources = dict(SourceType.choices)
    lines = written(
        (_("Routine"), routine.get("title"), FACT),
        (_("Version"), routine.get("name"), FACT),
        (_("Source"), sources.get(routine.get("source_type", ""), ""), FACT),
        (_("Where it stands"), routine.get("source_reference"), FACT),
        (_("What it prescribes"), routine.get("prescribes"), FACT),
        (_("What it is meant for"), routine.get("purpose"), FACT),
    )
    return Said(lines, status_of(lines, asked=True))


def _consequences(frozen: Facts, later: Later) -> Said:
    return _of_text(frozen, "if_followed", "effects_following", "effects_deviating", asked_for="if_followed")


def _circumstances(frozen: Facts, later: Later) -> Said:
    said = _of_text(frozen, "instead", "why_here", asked_for="why_here")
    risks = [RISK_SENTENCES[flag] for flag in RiskFlag if frozen["text"].get(f"risk_{flag.value}")]
    return said._replace(lines=(*said.lines, *written(*((_("Looked at with care"), risk, CONTENT) for risk in risks))))


def _interests(frozen: Facts, later: Later) -> Said:
    names = (
        "alternatives", "value_one", "value_two", "tension", "effect_resident", "effect_municipality",
        "ethical_objection", "legitimacy", "involvement", "yields",
    )  # fmt: skip
    return _of_text(frozen, *names, asked_for="alternatives")


def _ground(frozen: Facts, later: Later) -> Said:
    kept = [(ground["label"], ground["article"] or ground["code"], FACT) for ground in frozen["grounds"]]
    lines = written(*kept, (NAMES["legal_route"], frozen["text"].get("legal_route"), CONTENT))
    if lines:
        return Said(lines, Status.PRESENT)
    if frozen["kind"] != MADE:
        return Said((), Status.NOT_ASKED, FOLLOWED)
    if frozen["text"].get("source_type") in TAKES_GROUND:
        return Said((), Status.MISSING, _("Departing from this kind of source takes a ground in law."))
    return Said((), Status.NOT_ASKED, _("No rule of law stands in the way, only our way of working."))


def _purpose(frozen: Facts, later: Later) -> Said:
    return _of_text(frozen, "purpose_served", "core_value", "conclusion", asked_for="purpose_served")


def _equality(frozen: Facts, later: Later) -> Said:
    text, same = frozen["text"], dict(SameAgain.choices)
    sides = {"author": _("What makes this one different, says the author"), "decider": _("And says who decided")}
    compared = [
        (
            _("Comparable earlier deviations"),
            _("%(agreed)d agreed, %(refused)d refused") % each,
            FACT,
        )
        for each in frozen["distinctions"][-1:]
    ]
    lines = written(
        (NAMES["same_again"], same.get(text.get("same_again", ""), ""), FACT),
        (NAMES["same_again_why"], text.get("same_again_why"), CONTENT),
        *compared,
        *((sides[each["side"]], each["text"], CONTENT) for each in frozen["distinctions"]),
    )
    status = status_of(lines, asked="same_again" in frozen["required"])
    why = _("At this weight it is not asked for, and the precedents did not go the other way.")
    return Said(lines, status, why if status == Status.NOT_ASKED else "")


def _mandate(frozen: Facts, later: Later) -> Said:
    made = frozen["decision"]
    if not made:
        if frozen["kind"] != MADE:
            return Said((), Status.NOT_ASKED, FOLLOWED)
        return Said((), Status.MISSING, _("Nobody has decided yet."))
    lines = written(
        (_("Answer"), dict(Answer.choices).get(made["answer"], made["answer"]), FACT),
        (_("Decided by"), made["by"], NAME),
        (_("In the role of"), dict(ActingAs.choices).get(made["role"], made["role"]), FACT),
        (_("On behalf of"), made["on_behalf_of"], NAME),
        (_("By space"), made["space"], FACT),
        (_("Space given by"), made["space_given_by"], NAME),
        (_("Limits that it passed"), "\n".join(frozen["text"].get("limits") or ()), FACT),
        (_("Decided on"), day(made["at"]), FACT),
        (_("Decision of the executive board"), day(made["board_on"]), FACT),
        (_("Reference of the board"), made["board_reference"], FACT),
    )
    return Said(lines, Status.PRESENT)


def _advice(frozen: Facts, later: Later) -> Said:
    lines = tuple(line for each in frozen["advice"] for line in _one_advice(each))
    status = status_of(lines, asked=bool(frozen["advice_lacks"]))
    if lacks := [str(Advice(code).label) for code in frozen["advice_lacks"]]:
        return Said(lines, Status.MISSING, _("Not there: %(what)s.") % {"what": ", ".join(lacks)})
    return Said(lines, status, _("No advice comes first at this weight.") if status == Status.NOT_ASKED else "")


def _one_advice(each: Facts) -> Iterable[Line]:
    kinds, views = dict(advising.Kind.choices), dict(advising.View.choices)
    title = f"{kinds.get(each['kind'], each['kind'])}, {day(each['at'])}"
    opinions = [_("“%(text)s”") % {"text": views.get(view, view)} for view in each["views"]]
    followed = {True: _("yes"), False: _("no"), None: ""}[each["followed"]]
    return written(
        (title, ", ".join(opinions) or _("no answer"), FACT),
        (_("Asked of"), each["whom"], NAME),
        (_("Question"), each["question"], CONTENT),
        *((_("Advice"), text, CONTENT) for text in each["texts"]),
        (_("Followed"), followed, FACT),
        (_("Why"), each["followed_why"], CONTENT),
    )


def _letter(frozen: Facts, later: Later) -> Said:
    made = frozen["decision"] or {}
    told = written(*((_("Letter"), reference, FACT) for reference in later.references(LETTER)))
    reasons = written(
        (_("Reasons of the decision"), made.get("reasons"), CONTENT),
        (_("What can be done instead"), made.get("alternative"), CONTENT),
    )
    if told:
        return Said((*told, *reasons), Status.PRESENT)
    if frozen["kind"] != MADE or frozen["text"].get("source_type") not in TAKES_GROUND:
        return Said(reasons, Status.NOT_ASKED, _("This is no decision in law, so there need not be a letter."))
    if not made:
        return Said(reasons, Status.NOT_DUE, _("Nobody has decided yet."))
    return Said(reasons, Status.MISSING, _("Nobody noted under which reference the letter was sent."))


def _money(frozen: Facts, later: Later) -> Said:
    text, made = frozen["text"], frozen["decision"] or {}
    lines = written(
        (NAMES["amount_cents"], amount(text.get("amount_cents")), FACT),
        (NAMES["avoided_cents"], amount(text.get("avoided_cents")), FACT),
        (NAMES["avoided_source"], text.get("avoided_source"), FACT),
        (_("Paid from the budget of space"), made.get("space") if text.get("amount_cents") else "", FACT),
        *((_("Budget line"), reference, FACT) for reference in later.references(BUDGET_LINE)),
    )
    if not text.get("amount_cents"):
        return Said(lines, Status.PRESENT if lines else Status.NOT_ASKED, _("It cost nothing extra."))
    if made.get("answer") in (None, REFUSED) or made.get("space") or later.references(BUDGET_LINE):
        return Said(lines, Status.PRESENT)
    return Said(lines, Status.MISSING, _("Nobody noted from which budget line it was paid."))


def _term(frozen: Facts, later: Later) -> Said:
    made, seen = frozen["decision"] or {}, later.evaluation or {}
    outcome = dict(Outcome.choices).get(seen.get("helped", ""), "")
    lines = written(
        (NAMES["lasts_until"], day(frozen["text"].get("lasts_until")), FACT),
        (_("Conditions"), made.get("conditions"), CONTENT),
        (_("Looked back on"), day(seen.get("at")), FACT),
        (_("Did it help?"), outcome, FACT),
        (_("What it really cost"), amount(seen.get("real_cents")), FACT),
        (_("What would have happened otherwise"), seen.get("otherwise"), CONTENT),
    )
    if later.evaluation_overdue:
        return Said(lines, Status.MISSING, _("Nobody looked back on it in time."))
    agreed = made.get("answer") not in (None, REFUSED)
    return Said(lines, Status.PRESENT if lines else Status.NOT_DUE if agreed else Status.NOT_ASKED)


def _resident(frozen: Facts, later: Later) -> Said:
    said = _of_text(frozen, "residents_view", asked_for="residents_view")
    after = written((_("Afterwards"), (later.evaluation or {}).get("residents_opinion"), CONTENT))
    return said._replace(lines=(*said.lines, *after)) if after else said


Say = Callable[[Facts, Later], Said]
ITEMS: dict[str, tuple[Words, str, Say]] = {
    # code          what it is, the article that asks for it
    "request":       (gettext_lazy("Request and date"), "Awb 4:1", _request),
    "facts":         (gettext_lazy("Facts, and how they were gathered"), "Awb 3:2", _facts),
    "routine":       (gettext_lazy("Routine and version"), "", _routine),
    "consequences":  (gettext_lazy("What following it would do"), "Awb 3:4", _consequences),
    "circumstances": (gettext_lazy("Special circumstances"), "Awb 4:84", _circumstances),
    "interests":     (gettext_lazy("Interests weighed, and alternatives"), "Awb 3:4", _interests),
    "ground":        (gettext_lazy("Ground in law"), "", _ground),
    "purpose":       (gettext_lazy("Purpose served"), "", _purpose),
    "equality":      (gettext_lazy("Equality check"), "", _equality),
    "mandate":       (gettext_lazy("Who decided, under which mandate"), "Awb 10:1–10:12", _mandate),
    "advice":        (gettext_lazy("Advice of a colleague or a lawyer"), "Awb 3:5", _advice),
    "letter":        (gettext_lazy("Letter, with reasons that can be understood"), "Awb 3:46–3:47", _letter),
    "money":         (gettext_lazy("Money and budget line"), "", _money),
    "term":          (gettext_lazy("Term, conditions and looking back"), "", _term),
    "resident":      (gettext_lazy("What the resident thinks of it"), "Awb 4:8", _resident),
}  # fmt: skip
