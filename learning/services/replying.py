"""Answering those who signalled: what came of it, to one person or to all who do not know yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import permissions
from learning.models import LearningQuestion, Reply, owed_an_answer, signallers
from learning.workflow import QuestionAction, next_question_state
from organisation.kernel.access import Refused
from organisation.models import Event, Notice, User


@transaction.atomic
def reply(*, question: LearningQuestion, by: User, kind: str, text: str, to: Iterable[User] | None = None) -> int:
    """Answer these signallers, or everybody who does not know yet what came of it. Returns how many."""
    question = LearningQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    permissions.require_with_question(by, QuestionAction.REPLY, question)
    next_question_state(question.state, QuestionAction.REPLY)
    if kind not in Reply.Kind.values:
        raise Refused(_("Choose one of the five answers."))
    if not text.strip():
        raise Refused(_("Write the answer in your own words."))
    chosen = owed_an_answer(question) if to is None else User.objects.filter(pk__in=[person.pk for person in to])
    same = Reply.objects.filter(question=question, kind=kind, text=text)
    people = list(chosen.filter(pk__in=signallers(question)).exclude(pk__in=same.values("signaller")))
    if not people:
        if same.filter(by=by).exists():  # the same form, sent twice: it is one answer
            return same.filter(by=by).count()
        raise Refused(_("Everybody who signalled this knows already what came of it."))
    now = timezone.now()
    Reply.objects.bulk_create(
        [Reply(question=question, signaller=person, kind=kind, text=text, by=by, at=now) for person in people]
    )
    event = Event.record(actor=by, verb="question.reply", target=question, after=str(len(people)))
    Notice.queue(event=event, recipients=people, url=question.get_absolute_url())
    return len(people)


def mark_read(*, question: LearningQuestion, by: User) -> None:
    """They have seen the answer."""
    question.replies.filter(signaller=by, read_at__isnull=True).update(read_at=timezone.now())


@dataclass(frozen=True, slots=True)
class Audience:
    """People who can be answered in one go, named by what they have in common: who signalled is not shown."""

    key: str
    label: str
    people: tuple[User, ...]

    @property
    def number(self) -> int:
        """How many."""
        return len(self.people)


def audiences(question: LearningQuestion) -> list[Audience]:
    """All who do not know yet, those of each team, and whoever told a story or said that something feels wrong."""
    waiting = {person.pk: person for person in owed_an_answer(question)}
    links = question.links.filter(signaller__in=waiting).select_related("deviation__team")
    signs = question.signs.filter(unease__author__in=waiting).select_related("unease__team")
    teams: dict[str, dict[object, User]] = {}
    alone = []
    for link in links.order_by("deviation__team__name"):
        person = waiting[cast(UUID, link.signaller_id)]
        teams.setdefault(str(link.deviation.team), {})[person.pk] = person
        if link.story:
            label = _("Who told about %(number)s") % {"number": link.deviation.number}
            alone.append(Audience(f"story:{link.pk}", label, (person,)))
    for sign in signs:
        person = waiting[sign.unease.author_id]
        teams.setdefault(str(sign.unease.team), {})[person.pk] = person
        label = _("Who said %(number)s") % {"number": sign.unease.number}
        alone.append(Audience(f"sign:{sign.pk}", label, (person,)))
    everybody = Audience("", _("Everybody who does not know yet what came of it"), tuple(waiting.values()))
    found = [Audience(f"team:{name}", name, tuple(people.values())) for name, people in teams.items()]
    return [everybody, *(found if len(found) > 1 else []), *alone]
