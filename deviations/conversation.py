"""The conversation about a deviation in one thread: what was asked, advised, answered and pulled back, in order.

Each source below gives its own lines; a new kind of line is a new source.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from deviations.models import Consultation, Deviation, Message, Opinion, Unease
from deviations.rules.advising import Kind
from deviations.rules.answering import acting_as
from deviations.services import hearing
from deviations.workflow import AdviceState
from organisation.models import Event, User


@dataclass(frozen=True)
class Line:
    """One line of the thread. `state` gives a badge its look, with `label` in it; `remark` is small print."""

    at: datetime
    title: Any
    who: str = ""
    text: str = ""
    icon: str = "message-square"
    state: str = ""
    label: Any = ""
    remark: Any = ""
    url: str = ""
    link: Any = ""


# Lines of the logbook that belong in the conversation, with their icon; why it was done stands in the remark.
TOLD: dict[str, tuple[Any, str]] = {
    "deviation.take_back": (_("Taken back by the author"), "undo-2"),
    "deviation.withdraw": (_("Withdrawn"), "undo-2"),
    "deviation.revise": (_("Changed after the decision, which no longer counts"), "pencil"),
    "deviation.object": (_("Objection to the use of the space"), "hand"),
    "deviation.ask_again": (_("Asked again with another text"), "pencil"),
}
MESSAGES = {Message.Kind.QUESTION: "circle-question-mark", Message.Kind.ANSWER: "reply"}


def thread(deviation: Deviation, reader: User) -> list[Line]:
    """Every line, the oldest first."""
    lines = [line for source in SOURCES for line in source(deviation, reader)]
    return sorted(lines, key=lambda line: line.at)


def _messages(deviation: Deviation, reader: User) -> Iterator[Line]:
    for message in deviation.messages.select_related("by"):
        kind = Message.Kind(message.kind)
        yield Line(message.at, kind.label, message.by.name, message.text, MESSAGES[kind])


def _told(deviation: Deviation, reader: User) -> Iterator[Line]:
    for event in Event.objects.about(deviation).filter(verb__in=TOLD):
        title, icon = TOLD[event.verb]
        yield Line(event.at, title, event.actor_name, event.remark, icon)


def _answers(deviation: Deviation, reader: User) -> Iterator[Line]:
    for decision in deviation.decisions.select_related("by", "space"):
        said = [decision.conditions, decision.reasons, decision.alternative]
        yield Line(
            decision.at,
            pgettext("line of a conversation", "Answer"),
            decision.by.name if decision.by else str(decision.space),
            "\n\n".join(text for text in said if text),
            "gavel" if decision.by else "compass",
            decision.answer,
            decision.get_answer_display(),
            _("No longer counts") if decision.voided_at else "",
            decision.get_absolute_url(),
            _("What was decided on"),
        )


def _advice(deviation: Deviation, reader: User) -> Iterator[Line]:
    found = hearing.with_changes(deviation)
    for consultation, changed in found:
        yield from _asked(consultation)
        if _may_read(consultation, reader):
            for opinion in consultation.opinions.all():
                yield _opinion(consultation, opinion, is_outdated=bool(changed))
        yield from _ended(consultation)


def _asked(one: Consultation) -> Iterator[Line]:
    if one.asked is None and one.team is None:
        return
    words = {"name": one.whom}
    title = gettext("Legal advice asked of %(name)s") if one.kind == Kind.LEGAL else gettext("Advice asked of %(name)s")
    remark = _("without case number, author and neighbourhood") if one.anonymous else ""
    yield Line(one.at, title % words, one.author.name, one.question, "users", remark=remark)


def _opinion(one: Consultation, opinion: Opinion, *, is_outdated: bool) -> Line:
    title = gettext("Legal advice") if one.kind == Kind.LEGAL else gettext("Advice")
    remarks = [gettext("About an earlier text.")] if is_outdated else []
    who = opinion.by.name if opinion.by else opinion.reference
    if not opinion.by:
        remarks.insert(0, gettext("Received from elsewhere, entered by %(name)s.") % {"name": one.author.name})
    return Line(
        opinion.at,
        title,
        who,
        opinion.text,
        "scale" if one.kind == Kind.LEGAL else "message-square",
        opinion.view,
        opinion.get_view_display(),
        " ".join(remarks),
    )


def _ended(one: Consultation) -> Iterator[Line]:
    if one.state == AdviceState.WITHDRAWN and one.ended_at:
        title = gettext("Question to %(name)s withdrawn") % {"name": one.whom}
        yield Line(one.ended_at, title, one.author.name, icon="undo-2")
    if one.followed is not None and one.followed_at:
        title = gettext("Advice followed") if one.followed else gettext("Advice not followed")
        yield Line(one.followed_at, title, one.author.name, one.followed_why, "check" if one.followed else "x")


def _may_read(one: Consultation, reader: User) -> bool:
    """While the team is still answering, colleagues make up their own minds first."""
    if one.kind != Kind.TEAM or one.state != AdviceState.ASKED:
        return True
    deviation = one.deviation
    return reader.pk == one.author_id or bool(acting_as(reader.standing, deviation.team_id, deviation.passed_on))


def _unease(deviation: Deviation, reader: User) -> Iterator[Line]:
    for unease in Unease.objects.visible_to(reader).filter(deviation=deviation).select_related("author"):
        sees_name = reader.pk == unease.author_id or unease.team_id in reader.standing.leads
        yield Line(
            unease.at,
            _("This does not feel right"),
            unease.author.name if sees_name else "",
            unease.text,
            "heart-handshake",
            url=unease.get_absolute_url(),
            link=_("What became of it"),
        )


SOURCES: tuple[Callable[[Deviation, User], Iterator[Line]], ...] = (_unease, _messages, _advice, _told, _answers)
