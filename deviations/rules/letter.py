"""The reasons for the letter: from the record a clear text in Dutch, at level B1, addressed to the resident as "u".

Facts, the ground with its article, the weighing, the decision, the conditions and until when, in that order; what is
not in the record is left out. Our own sentences introduce what was written in the record, which stays as it is: it
tells of the resident in the third person, and whoever sends the letter makes "u" of that (`rules.tone` points at it).
The result is always in Dutch, whatever the language of the screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

REFUSED, BY_SPACE, WITH_CONDITIONS = "refused", "by_space", "agreed_with_conditions"
LANGUAGE = "nl"
ENDS = (".", "!", "?", "…", ":", ";", "”", '"', "’")

# Where the usual way of working stands, and the sentence for it without and with the place.
SOURCES: dict[str, tuple[Promise, Promise]] = {
    "statute": (
        gettext_lazy("Our usual way of working is in the law."),
        gettext_lazy("Our usual way of working is in the law (%(source)s)."),
    ),
    "ordinance": (
        gettext_lazy("Our usual way of working is in an ordinance of the municipality."),
        gettext_lazy("Our usual way of working is in an ordinance of the municipality (%(source)s)."),
    ),
    "policy_rule": (
        gettext_lazy("Our usual way of working is in a policy rule of the municipality."),
        gettext_lazy("Our usual way of working is in a policy rule of the municipality (%(source)s)."),
    ),
    "work_instruction": (
        gettext_lazy("Our usual way of working is in a work instruction of the municipality."),
        gettext_lazy("Our usual way of working is in a work instruction of the municipality (%(source)s)."),
    ),
    "system": (
        gettext_lazy("Our usual way of working comes from the computer system that we use."),
        gettext_lazy("Our usual way of working comes from the computer system that we use (%(source)s)."),
    ),
    "habit": (
        gettext_lazy("This is how we usually work."),
        gettext_lazy("This is how we usually work (%(source)s)."),
    ),
}
# No rule for residents: an agreement of the municipality with itself.
OURS = frozenset({"work_instruction", "system", "habit"})


@dataclass(frozen=True)
class Basis:
    """A ground in Dutch: what it is called, and the article of law, if there is one."""

    label: str
    article: str = ""

    def __str__(self) -> str:
        name = self.label[:1].lower() + self.label[1:] if self.label[1:2].islower() else self.label
        return f"{name} ({self.article})" if self.article else name


@dataclass(frozen=True)
class LetterFacts:
    """What was decided on, and how. `source` names the place of the routine; `done_on` is for what was done already."""

    answer: str
    source_type: str
    prescribes: str
    purpose: str
    if_followed: str
    instead: str
    why_here: str
    source: str = ""
    grounds: tuple[Basis, ...] = ()
    purpose_served: str = ""
    alternatives: str = ""
    residents_view: str = ""
    tension: str = ""
    reasons: str = ""
    conditions: str = ""
    alternative: str = ""
    done_on: date | None = None
    until: date | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the usual way is followed after all."""
        return self.answer == REFUSED


def write(facts: LetterFacts) -> str:
    """The text: paragraphs with an empty line between them."""
    with translation.override(LANGUAGE):
        parts = (
            _routine(facts),
            _situation(facts),
            _ground(facts),
            _weighing(facts),
            _decision(facts),
            _conditions(facts),
        )
        paragraphs = (" ".join(part) for part in parts)
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _routine(facts: LetterFacts) -> Iterator[str]:
    bare, named = SOURCES[facts.source_type]
    yield str(named) % {"source": facts.source.strip().rstrip(".")} if facts.source.strip() else str(bare)
    yield from _said(_("It comes down to this."), facts.prescribes)


def _situation(facts: LetterFacts) -> Iterator[str]:
    yield from _said(_("In your situation the following is the case."), facts.why_here)
    yield from _said(_("When we follow our usual way of working, this happens."), facts.if_followed)


def _ground(facts: LetterFacts) -> Iterator[str]:
    grounds = [basis for basis in facts.grounds if basis.article or facts.source_type not in OURS]
    count, named = len(grounds), {"grounds": "; ".join(str(basis) for basis in grounds)}
    if facts.answer == BY_SPACE:
        yield _(
            "The municipality has laid down beforehand that its staff may work differently in situations like yours."
        )
    if facts.is_refused and count:
        yield _("We looked at whether we may depart from our usual way of working.")
        looked = ngettext("We looked at this ground: %(grounds)s.", "We looked at these grounds: %(grounds)s.", count)
        yield looked % named
    elif count:
        yield _("We may depart from our usual way of working here.")
        rests = ngettext("The ground for this is: %(grounds)s.", "The grounds for this are: %(grounds)s.", count)
        yield rests % named
    elif facts.source_type in OURS and not facts.is_refused:
        yield _("Our usual way of working is an agreement that we made ourselves.")
        yield _("We may depart from it when that is needed.")


def _weighing(facts: LetterFacts) -> Iterator[str]:
    yield from _said(_("Our usual way of working has a purpose."), facts.purpose)
    yield from _said(_("We looked at what fits that purpose in your situation."), facts.purpose_served)
    yield from _said(_("We also looked at other possibilities."), facts.alternatives)
    yield from _said(_("We asked what you think of it."), facts.residents_view)
    yield from _said(_("We weighed different interests against each other."), facts.tension)
    if facts.is_refused:
        yield from _said(_("Still, we follow our usual way of working. We have this reason for it."), facts.reasons)


def _decision(facts: LetterFacts) -> Iterator[str]:
    if facts.is_refused:
        yield _("That is why we do not depart from our usual way of working in your situation.")
        yield from _said(_("So we do not do what was proposed. This was the proposal."), facts.instead)
        yield from _said(_("There is something else that we can do for you."), facts.alternative)
    elif facts.done_on:
        lead = _("That is why we did the following for you on %(day)s.")
        yield from _said(lead % {"day": date_format(facts.done_on, "DATE_FORMAT")}, facts.instead)
    else:
        yield from _said(_("That is why we do the following in your situation."), facts.instead)


def _conditions(facts: LetterFacts) -> Iterator[str]:
    if facts.answer == WITH_CONDITIONS:
        yield from _said(_("Conditions apply to this."), facts.conditions)
    if facts.until and not facts.is_refused:
        yield _("This applies up to and including %(day)s.") % {"day": date_format(facts.until, "DATE_FORMAT")}


def _said(lead: str, words: str) -> Iterator[str]:
    """A sentence of ours and then what was written in the record; neither, when nothing was written."""
    text = words.strip()
    if text:
        yield lead
        yield text[:1].upper() + text[1:] + ("" if text.endswith(ENDS) else ".")
