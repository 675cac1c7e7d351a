"""The life of a learning question: from a problem to what was decided, done and seen, and closed."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Routine, RoutineVersion
from cases.services import prescribing
from deviations.models import Unease
from learning import permissions
from learning.models import Improvement, LearningQuestion, Signal
from learning.workflow import QuestionAction, next_question_state
from organisation.kernel.access import Refused
from organisation.models import Counter, Event, Notice, User

from . import linking, measuring


@transaction.atomic
def ask(
    *, by: User, title: str, problem: str, due_on: date, owner: User, routine: Routine | None = None,
    signal: Signal | None = None, unease: Unease | None = None,
) -> LearningQuestion:  # fmt: skip
    """A new question. The signal or sign it begins with becomes part of it, with the deviations behind that signal."""
    answer = permissions.answer_about_questions(by)
    if not answer:
        raise Refused(answer.reason)
    if not problem.strip():
        raise Refused(_("Write the problem first; what to do about it comes later."))
    question = LearningQuestion.objects.create(
        number=Counter.next("L"), title=title, problem=problem, due_on=due_on, owner=owner, routine=routine
    )
    event = Event.record(actor=by, verb="question.ask", target=question, after=question.state)
    _tell_owner(event, question)
    if signal:
        linking.take_in(question=question, signal=signal, by=by)
    if unease:
        linking.take_in_sign(question=question, unease=unease, by=by)
    return question


@transaction.atomic
def edit(
    *, question: LearningQuestion, by: User, title: str, problem: str, due_on: date, owner: User,
    routine: Routine | None = None,
) -> LearningQuestion:  # fmt: skip
    """Say the problem better, or hand it to somebody else."""
    question, before = _moved(question, QuestionAction.EDIT, by)
    new_owner = owner != question.owner
    question.title, question.problem, question.due_on = title, problem, due_on
    question.owner, question.routine = owner, routine
    event = _done(question, QuestionAction.EDIT, by, before)
    if new_owner:
        _tell_owner(event, question)
    return question


@transaction.atomic
def inquire(*, question: LearningQuestion, by: User) -> LearningQuestion:
    """Begin to look into it."""
    question, before = _moved(question, QuestionAction.INQUIRE, by)
    _done(question, QuestionAction.INQUIRE, by, before)
    return question


@transaction.atomic
def propose(*, question: LearningQuestion, by: User, findings: str, proposal: str) -> LearningQuestion:
    """What was found out, and what to do about it; may be said better until it is decided."""
    question, before = _moved(question, QuestionAction.PROPOSE, by)
    _need(findings, _("Write first what was found out."))
    _need(proposal, _("Write what you propose."))
    question.findings, question.proposal = findings, proposal
    _done(question, QuestionAction.PROPOSE, by, before)
    return question


@transaction.atomic
def decide(*, question: LearningQuestion, by: User, improvement: str, reasons: str) -> LearningQuestion:
    """What will be done, or that it stays as it is, and why."""
    question, before = _moved(question, QuestionAction.DECIDE, by)
    if improvement not in Improvement.values:
        raise Refused(_("Choose what was decided."))
    _need(reasons, _("Write why this was decided."))
    question.improvement, question.reasons = improvement, reasons
    question.decided_by, question.decided_at = by, timezone.now()
    _done(question, QuestionAction.DECIDE, by, before, remark=reasons)
    return question


@transaction.atomic
def carry_out(
    *, question: LearningQuestion, by: User, carried_out: str, changed_on: date,
    version: dict[str, Any] | None = None,
) -> LearningQuestion:  # fmt: skip
    """What was done, and from which day it holds. With the text of a `version` the routine gets that version."""
    question, before = _moved(question, QuestionAction.CARRY_OUT, by)
    _need(carried_out, _("Write what was done."))
    question.carried_out, question.changed_on = carried_out, changed_on
    if version and question.routine:
        question.routine_version = _new_version(question, by, changed_on, version)
    _done(question, QuestionAction.CARRY_OUT, by, before, remark=carried_out)
    return question


@transaction.atomic
def check(*, question: LearningQuestion, by: User, effect: str) -> LearningQuestion:
    """Look at what came of it: the figures of this moment are kept with the words."""
    question, before = _moved(question, QuestionAction.CHECK, by)
    _need(effect, _("Write what came of it."))
    measured = measuring.effect_of(question)
    question.effect, question.effect_numbers = effect, measured.numbers if measured else {}
    _done(question, QuestionAction.CHECK, by, before, remark=effect)
    return question


@transaction.atomic
def close(*, question: LearningQuestion, by: User) -> LearningQuestion:
    """Close it; everybody who signalled it knows what came of it."""
    question, before = _moved(question, QuestionAction.CLOSE, by)
    question.closed_at = timezone.now()
    _done(question, QuestionAction.CLOSE, by, before)
    return question


@transaction.atomic
def reopen(*, question: LearningQuestion, by: User, reasons: str) -> LearningQuestion:
    """Look into it again; what was decided and done stays in its history."""
    question, before = _moved(question, QuestionAction.REOPEN, by)
    _need(reasons, _("Write why it is taken up again."))
    question.closed_at = question.decided_at = question.decided_by = None
    question.improvement = question.reasons = ""
    _done(question, QuestionAction.REOPEN, by, before, remark=reasons)
    return question


def held(question: LearningQuestion) -> LearningQuestion:
    """The question as it is now, in nobody else's hands until the transaction ends."""
    rows = LearningQuestion.objects.select_for_update(of=("self",)).select_related("owner", "routine")
    return rows.get(pk=question.pk)


def _moved(question: LearningQuestion, action: QuestionAction, by: User) -> tuple[LearningQuestion, str]:
    question = held(question)
    permissions.require_with_question(by, action, question)
    before = question.state
    question.state = next_question_state(question.state, action)
    return question, before


def _done(question: LearningQuestion, action: QuestionAction, by: User, before: str, remark: str = "") -> Event:
    question.save()
    return Event.record(
        actor=by, verb=f"question.{action}", target=question, before=before, after=question.state, remark=remark
    )


def _new_version(question: LearningQuestion, by: User, from_day: date, text: dict[str, Any]) -> RoutineVersion:
    routine = question.routine
    assert routine is not None  # noqa: S101  asked by the caller
    last = routine.versions.order_by("-number").first()
    reason = _("Learning question %(number)s") % {"number": question.number}
    return prescribing.add_version(
        routine=routine, by=by, valid_from=from_day, reason=reason, seen=last.number if last else 0, **text
    )


def _need(text: str, sentence: str) -> None:
    if not text.strip():
        raise Refused(sentence)


def _tell_owner(event: Event, question: LearningQuestion) -> None:
    Notice.queue(event=event, recipients=[question.owner], url=question.get_absolute_url())
