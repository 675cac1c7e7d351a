"""Answering a request: agree, agree with conditions, return with a question, or refuse with reasons."""

from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deviations import permissions
from deviations.models import Decision, Deviation, Message
from deviations.models.deviations import Answer
from deviations.workflow import Action, State, next_state
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Role, User

from . import freezing, steering_case, telling
from .recording import held
from .withdrawing import stop_counting

ANSWERS = {
    Action.AGREE: Answer.AGREED,
    Action.AGREE_WITH_CONDITIONS: Answer.AGREED_WITH_CONDITIONS,
    Action.REFUSE: Answer.REFUSED,
}


@transaction.atomic
def decide(
    *,
    deviation: Deviation,
    action: Action,
    by: User,
    reasons: str = "",
    conditions: str = "",
    alternative: str = "",
    version: int | None = None,
) -> Decision:
    """Give the one final answer to a request, log it, and tell its author.

    `version` is the version that was read: when the author has changed the text since, nobody agrees to it unseen.
    """
    deviation = _to_answer(deviation, action, by, version)
    _require_words(action, reasons, conditions)
    before, deviation.state = deviation.state, next_state(deviation.state, action)
    deviation.answer, deviation.decided_by = ANSWERS[action], by
    deviation.decided_at = now = timezone.now()
    deviation.lead_minutes = int((now - (deviation.submitted_at or now)).total_seconds() // 60)
    deviation.version += 1
    deviation.save()
    frozen = freezing.snapshot(deviation)
    decision = Decision.objects.create(
        deviation=deviation,
        answer=deviation.answer,
        reasons=reasons,
        conditions=conditions if action == Action.AGREE_WITH_CONDITIONS else "",
        alternative=alternative if action == Action.REFUSE else "",
        by=by,
        role=Role.MANAGER,
        author=cast(User, deviation.author),
        at=deviation.decided_at,
        snapshot=frozen,
        digest=freezing.digest(frozen),
    )
    _tell_author(deviation, action, by, before, remark=reasons or conditions)
    return decision


@transaction.atomic
def return_with_question(*, deviation: Deviation, by: User, question: str, version: int | None = None) -> Message:
    """Give a request back to its author with a question; it is a draft again."""
    deviation = _to_answer(deviation, Action.RETURN, by, version)
    if not question.strip():
        raise Refused(_("Write the question that you want an answer to."))
    before, deviation.state = deviation.state, next_state(deviation.state, Action.RETURN)
    stop_counting(deviation)
    deviation.save()
    message = Message.objects.create(deviation=deviation, kind=Message.Kind.QUESTION, text=question, by=by)
    _tell_author(deviation, Action.RETURN, by, before, remark="")
    return message


def _to_answer(deviation: Deviation, action: Action, by: User, version: int | None) -> Deviation:
    deviation = held(deviation)
    permissions.require(by, action, deviation)
    if deviation.state != State.AWAITING and deviation.decided_by and deviation.decided_at:
        when = date_format(timezone.localtime(deviation.decided_at), "DATETIME_FORMAT")
        words = {"name": deviation.decided_by.name, "when": when, "answer": deviation.get_answer_display()}
        raise WrongState(_("This was already answered by %(name)s at %(when)s: %(answer)s.") % words)
    if version is not None and version != deviation.version:
        raise Refused(_("The author changed this request after you opened it. Read it again before you answer."))
    return deviation


def _require_words(action: Action, reasons: str, conditions: str) -> None:
    if action == Action.REFUSE and not reasons.strip():
        raise Refused(_("Give the reasons for refusing."))
    if action == Action.AGREE_WITH_CONDITIONS and not conditions.strip():
        raise Refused(_("Write the conditions under which you agree."))


def _tell_author(deviation: Deviation, action: Action, by: User, before: str, remark: str) -> None:
    event = Event.record(
        actor=by,
        verb=f"deviation.{action}",
        target=deviation,
        before=before,
        after=deviation.state,
        remark=remark,
    )
    steering_case.follow(deviation, by)
    telling.tell(event, deviation, [cast(User, deviation.author)])
