"""What a question is about: signals, signs, and deviations chosen by routine, team and months without reading cases."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Routine
from deviations.models import Deviation, Unease
from deviations.permissions import answer_with_unease
from deviations.services import speaking_up
from deviations.workflow import UneaseAction, UneaseState
from learning import permissions
from learning.models import LearningQuestion, Link, Reply, Signal, SignLink
from learning.rules.findings import Kind
from learning.workflow import QuestionAction, next_question_state
from organisation.kernel.periods import Period
from organisation.models import Event, Notice, Team, User

from . import triaging

MOST = 20_000  # links made in one step
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Deviations from a routine in some months, of one team or all."""

    routine: Routine
    first: Period
    last: Period
    team: Team | None = None

    @property
    def deviations(self) -> "QuerySet[Deviation]":
        """Those that figures are made of."""
        rows = Deviation.objects.counted().filter(
            routine=self.routine, period__gte=int(self.first), period__lte=int(self.last)
        )
        return rows.filter(team=self.team) if self.team else rows


def link(*, question: LearningQuestion, by: User, choice: Choice) -> int:
    """Add these deviations to the question, and tell their authors that somebody looks. Returns how many were new."""
    return _link(question, choice.deviations, by)


def link_signal(*, question: LearningQuestion, signal: Signal, by: User) -> int:
    """Add the deviations that made this signal stand out; of a lesson the one it was drawn from."""
    if signal.routine is None:
        return 0
    if signal.kind == Kind.LESSON:
        return _link(question, Deviation.objects.filter(pk__in=[signal.deviation_id]), by)
    last = Period.of_date(signal.last_found_on)
    return link(question=question, by=by, choice=Choice(signal.routine, signal.since_month, last, signal.team))


@transaction.atomic
def take_in(*, question: LearningQuestion, signal: Signal, by: User) -> int:
    """Make this signal part of the question, with the deviations that made it stand out. Returns how many were new."""
    triaging.link(signal=signal, question=question, by=by)
    next_question_state(LearningQuestion.objects.get(pk=question.pk).state, QuestionAction.LINK)
    return link_signal(question=question, signal=signal, by=by)


@transaction.atomic
def take_in_sign(*, question: LearningQuestion, unease: Unease, by: User) -> SignLink:
    """Make it part of the question that this feels wrong; who said so hears it, here and where they said it."""
    question = LearningQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    permissions.require_with_question(by, QuestionAction.LINK, question)
    next_question_state(question.state, QuestionAction.LINK)
    made, is_new = SignLink.objects.get_or_create(question=question, unease=unease)
    if is_new:
        Event.record(actor=by, verb="question.sign", target=question, after=unease.number)
        _receive(question, {unease.author_id})
        unease = Unease.objects.get(pk=unease.pk)
        if unease.state != UneaseState.PASSED_ON and answer_with_unease(by, UneaseAction.PASS_ON, unease):
            words = _("We look into this in a learning question: %(question)s") % {"question": question}
            speaking_up.reply(unease=unease, by=by, kind=UneaseState.PASSED_ON, text=words)
    return made


@transaction.atomic
def _link(question: LearningQuestion, rows: "QuerySet[Deviation]", by: User) -> int:
    question = LearningQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    permissions.require_with_question(by, QuestionAction.LINK, question)
    next_question_state(question.state, QuestionAction.LINK)
    fresh = _add(question, rows)
    if fresh:
        Event.record(actor=by, verb="question.link", target=question, after=str(len(fresh)))
        _receive(question, {row.signaller_id for row in fresh if row.signaller_id})
    return len(fresh)


def _add(question: LearningQuestion, rows: "QuerySet[Deviation]") -> list[Link]:
    there = set(question.links.values_list("deviation", flat=True))
    chosen = rows.order_by("pk").values_list("pk", "author")[: MOST + len(there)]
    fresh = [Link(question=question, deviation_id=pk, signaller_id=author) for pk, author in chosen if pk not in there][
        :MOST
    ]
    Link.objects.bulk_create(fresh, batch_size=BATCH)
    return fresh


def _receive(question: LearningQuestion, signallers: set[object]) -> None:
    """The first answer goes by itself: it was received, and somebody looks at it. Once to everybody."""
    known = set(question.replies.values_list("signaller", flat=True))
    people = list(User.objects.filter(pk__in=signallers - known, is_active=True))
    Reply.objects.bulk_create(
        [
            Reply(question=question, signaller=person, kind=Reply.Kind.RECEIVED, text=question.problem)
            for person in people
        ]
    )
    event = Event.record(actor=None, verb="question.received", target=question, after=str(len(people)))
    Notice.queue(event=event, recipients=people, url=question.get_absolute_url())
