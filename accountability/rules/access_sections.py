"""What stands in the answer to an access request: what is told of every model that hangs on a case, and what is not.

A model or field that nobody put here makes tests/house/test_access_file.py fail. What is held back is told of in the
file itself, with the reason (ADR 0033).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Told:
    """How the rows of one model stand there: under which title, and which field dates them."""

    title: Words
    at: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the file."""

    title: Words
    models: dict[str, Told]


SECTIONS: tuple[Section, ...] = (
    Section(_("The case: facts and question"), {"cases.Case": Told(_("Case"), "opened_at")}),
    Section(_("Journal"), {"cases.JournalEntry": Told(_("Entry in the journal"), "occurred_at")}),
    Section(_("Agreements"), {"cases.Agreement": Told(_("Agreement"), "due_on")}),
    Section(_("Routines that were applied"), {"cases.RoutineUse": Told(_("Use of a routine"), "applied_on")}),
    Section(
        _("With whom it was shared"),
        {
            "cases.CaseGroupPermission": Told(_("Shared with a team"), "given_at"),
            "cases.CaseUserPermission": Told(_("Shared with a colleague"), "given_at"),
        },
    ),
    Section(_("Attachments"), {"cases.Attachment": Told(_("Attachment"), "added_at")}),
    Section(
        _("Deviations"),
        {
            "deviations.Deviation": Told(_("Deviation"), "created_at"),
            "deviations.Deliberation": Told(_("Deliberation")),
            "deviations.Distinction": Told(_("Compared with earlier deviations"), "said_at"),
            "deviations.Message": Told(_("Question or answer"), "at"),
            "deviations.Consultation": Told(_("Advice that was asked"), "at"),
            "deviations.Opinion": Told(_("Advice that was given"), "at"),
            "deviations.SecondRequest": Told(_("Asked again")),
            "deviations.Rung": Told(_("Reminder"), "at"),
            "deviations.SpaceStop": Told(_("Limit that stopped something")),
            "deviations.Spending": Told(_("Spending"), "at"),
            "deviations.GeneralAnswer": Told(_("Answered together with other requests")),
        },
    ),
    Section(
        _("Decisions and conditions"),
        {
            "deviations.Decision": Told(_("Decision"), "at"),
            "deviations.Objection": Told(_("Objection of a manager against the use of space"), "at"),
        },
    ),
    Section(
        _("What came of it"),
        {
            "deviations.Asked": Told(_("Asked whether it helped"), "at"),
            "deviations.Evaluation": Told(_("Looking back"), "at"),
        },
    ),
    Section(
        _("Dossiers"),
        {
            "accountability.FrozenDossier": Told(_("Dossier as it was at the decision"), "frozen_at"),
            "accountability.DossierNote": Told(_("Added to the dossier"), "at"),
        },
    ),
    Section(
        _("Learning and the public register"),
        {
            "learning.Link": Told(_("Used for a learning question"), "linked_at"),
            "learning.ReportStory": Told(_("Story in a learning report")),
            "accountability.EditionStory": Told(_("Story in an account")),
            "accountability.RegisterLine": Told(_("Line of the public register"), "proposed_at"),
        },
    ),
    Section(
        _("How long we keep it, and requests for access"),
        {
            "cases.RetentionHold": Told(_("Hold on destruction"), "placed_at"),
            "accountability.AccessRequest": Told(_("Access request"), "made_at"),
        },
    ),
)

_REVIEW = _("A review looks at the work of a colleague. It says nothing of the resident that does not stand here.")
_UNEASE = _("Here a colleague tells what felt wrong to them. It is theirs, and no part of the file.")
# Counted in the file, with this reason; their words are not in it.
HELD_BACK: dict[str, Words] = {
    "accountability.Review": _REVIEW,
    "learning.Signal": _REVIEW,
    "deviations.Unease": _UNEASE,
    "deviations.UneaseReply": _UNEASE,
    "learning.SignLink": _UNEASE,
    "accountability.Evidence": _("Evidence is made of lines of the logbook. Those lines stand here."),
    "deviations.SpaceRequest": _("A proposal is about a space for many cases, and says nothing of one."),
}
# That it was done stands in the file, without what was typed with it: that is about the same things.
WORDS_HELD_BACK = ("review.", "unease.", "logbook.evidence")
# Not data about anybody that does not stand elsewhere in the file.
MACHINERY = {
    "deviations.DeviationText": "the index of words, made of the deviation",
}

# Fields of no meaning to a reader, in every model.
NEVER = frozenset({"id", "version", "digest", "period", "size", "file", "page", "paper", "bundle"})
# Fields that are not told, with the reason.
NOT_TOLD = {
    "cases.RoutineUse.routine": "the version names it",
    "deviations.Consultation.snapshot": "the text of the deviation as it was then stands under its earlier versions",
    "deviations.Consultation.state": "what was answered stands beside it",
    "deviations.Decision.snapshot": "the dossier of the decision holds it",
    "deviations.Decision.sight": "how often a space is looked at, the same for everybody",
    "deviations.Decision.weight": "the deviation says it",
    "deviations.Deviation.passed_on": "the reminders say it",
    "deviations.Deviation.routine": "the version names it",
    "deviations.Deviation.register": "what came from a register hangs on no case",
    "deviations.Deviation.register_line": "what came from a register hangs on no case",
    "deviations.Deviation.register_reference": "what came from a register hangs on no case",
    "deviations.Distinction.precedents": "other people's deviations",
    "deviations.GeneralAnswer.generalisation": "it is about requests of others too",
    "deviations.Decision.author": "the deviation says it",
    "deviations.Opinion.author": "the question says who asked",
    "deviations.Rung.names": "names of colleagues",
    "deviations.SpaceStop.limit": "a code; the deviation itself shows what did not fit",
    "deviations.Asked.time": "the row itself says that it was asked",
    "accountability.FrozenDossier.content": "told item by item",
    "accountability.FrozenDossier.missing": "each item says whether it is there",
    "accountability.AccessRequest.attachments": "this file says it",
    "learning.Link.question": "about many deviations",
    "learning.ReportStory.report": "a report is about everybody",
    "accountability.EditionStory.edition": "an account is about everybody",
}

# What a field is called, where the model does not say it in words for people.
LABELS: dict[str, Words] = {
    "subject": _("Subject"),
    "team": _("Team"),
    "handler": _("Handler"),
    "policy_domain": _("Policy domain"),
    "neighbourhood": _("Neighbourhood"),
    "life_domains": _("Life domains"),
    "practice": _("Practice"),
    "result": _("Result"),
    "retention_class": _("Retention class"),
    "done_on": _("Done on"),
    "made_by": _("By"),
    "added_by": _("By"),
    "kind": _("Kind"),
    "author": _("By"),
    "by": _("By"),
    "user": _("With whom"),
    "group": _("With which team"),
    "permission": _("What they may do"),
    "reason": _("Why"),
    "applied_on": _("Applied on"),
    "outcome": _("Outcome"),
    "lifted_by": _("Lifted by"),
    "number": _("Number"),
    "routine_version": _("Routine"),
    "grounds": _("Grounds"),
    "causes": _("Causes"),
    "answer": _("Answer"),
    "weight": _("Weight"),
    "lawfulness": _("In law"),
    "source_type": _("Source"),
    "decided_by": _("Answered by"),
    "routine": _("Routine"),
    "space": _("Space"),
    "side": _("Who says it"),
    "said_at": _("When"),
    "agreed": _("Comparable ones that were agreed"),
    "refused": _("Comparable ones that were refused"),
    "text": _("Text"),
    "at": _("When"),
    "ended_at": _("Ended"),
    "followed": _("Followed"),
    "followed_at": _("Followed or not, since"),
    "received_on": _("Received on"),
    "reference": _("Reference"),
    "cents": _("Amount"),
    "returned_at": _("Given back"),
    "reasons": _("Reasons"),
    "conditions": _("Conditions"),
    "on_behalf_of": _("On behalf of"),
    "objection_until": _("Objection possible until"),
    "frozen_at": _("Frozen"),
    "linked_at": _("Linked"),
    "story": _("Story"),
    "chosen_by": _("Chosen by"),
    "released_by": _("Released by"),
    "released_at": _("Released"),
    "written_at": _("Written"),
    "taken_back_by": _("Taken back by"),
    "signaller": _("Signalled by"),
}
MAY = {"view_case": _("Read"), "work_on_case": _("Read and work along")}
