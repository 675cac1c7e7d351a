"""Answering a request: agree, agree with conditions, return with a question, or refuse with reasons."""

from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deviations import permissions
from deviations.models import Decision, Deviation, Message
from deviations.models.deviations import Answer
from deviations.rules.answering import acting_as
from deviations.rules.weighing import ADVICE, Advice, Weight
from deviations.workflow import Action, State, next_state
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, User

from . import assessing, distinguishing, freezing, hearing, indexing, steering_case, telling, turning_to
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
    differs: str = "",
    board_on: date | None = None,
    board_reference: str = "",
    version: int | None = None,
    in_general: bool = False,
) -> Decision:
    """Give the one final answer to a request, log it, and tell its author.

    `version` is the version that was read: when the author has changed the text since, nobody agrees to it unseen.
    `in_general`: a space was given for what was asked, and the author hears that too.
    Raises `NotDistinguished` when the precedents went the other way and `differs` does not say why this one does not.
    `board_on` and `board_reference`: the decision of the executive board, which a deviation that weighs D asks for.
    """
    deviation = _to_answer(deviation, action, by, version)
    _require_words(action, reasons, conditions)
    distinguishing.decider_says(deviation=deviation, answer=ANSWERS[action], text=differs, by=by)
    capacity = acting_as(by.standing, deviation.team_id, deviation.passed_on)
    before, deviation.state = deviation.state, next_state(deviation.state, action)
    advice = _advice(deviation, action, board_on, board_reference, in_general=in_general)
    now = _answer(deviation, ANSWERS[action], by)
    frozen = freezing.snapshot(deviation)
    decision = Decision.objects.create(
        deviation=deviation,
        answer=deviation.answer,
        reasons=reasons,
        conditions=conditions if action == Action.AGREE_WITH_CONDITIONS else "",
        alternative=alternative if action == Action.REFUSE else "",
        by=by,
        role=capacity or "",
        on_behalf_of=turning_to.stood_in_for(deviation, by, capacity),
        author=cast(User, deviation.author),
        at=now,
        snapshot=frozen,
        digest=freezing.digest(frozen),
        **advice,
    )
    verb = f"{action}_in_general" if in_general else str(action)
    _tell_author(deviation, verb, by, before, remark=reasons or conditions)
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
    _tell_author(deviation, str(Action.RETURN), by, before, remark="")
    return message


def void(deviation: Deviation) -> Decision | None:
    """The final decision no longer counts; it keeps what it says. Call it with the row of the deviation locked.

    The deviation is without an answer afterwards; the caller saves it. None when there was no decision.
    """
    deviation.answer, deviation.lawfulness, deviation.space = "", "", None
    deviation.decided_by = deviation.decided_at = deviation.lead_minutes = None
    decision = deviation.decisions.final().first()
    # The update itself carries the condition, so that it happens once without a lock too.
    if decision is None or not deviation.decisions.final().update(voided_at=timezone.now()):
        return None
    decision.refresh_from_db()
    return decision


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


def _answer(deviation: Deviation, answer: Answer, by: User) -> datetime:
    """Save the answer with the deviation itself, where lists and figures find it; returns the moment."""
    deviation.answer, deviation.decided_by = answer, by
    deviation.decided_at = now = timezone.now()
    deviation.lead_minutes = int((now - (deviation.submitted_at or now)).total_seconds() // 60)
    deviation.version += 1
    assessing.stand(deviation, board=True)  # whoever agrees has entered it
    deviation.save()
    indexing.index(deviation)
    return now


def _advice(
    deviation: Deviation, action: Action, board_on: date | None, board_reference: str, *, in_general: bool
) -> dict[str, Any]:
    """What the weight asks for before somebody agrees, to be kept with the decision. Refusing asks for nothing.

    Who gives room for all of them agrees beforehand, so then no colleague has to.
    """
    has_board = bool(board_on and board_on <= timezone.localdate() and board_reference.strip())
    needed = [each for each in ADVICE[Weight(deviation.weight)] if not (in_general and each == Advice.PEER)]
    if action != Action.REFUSE and (lacks := hearing.lacking(deviation, needed, board=has_board)):
        raise Refused(" ".join(str(lack) for lack in lacks))
    weighs_d = deviation.weight == Weight.D
    return {
        "weight": deviation.weight,
        "legal_advice": hearing.legal_advice(deviation) if weighs_d else None,
        "board_on": board_on if weighs_d and has_board else None,
        "board_reference": board_reference if weighs_d and has_board else "",
    }


def _tell_author(deviation: Deviation, verb: str, by: User, before: str, remark: str) -> None:
    event = Event.record(
        actor=by,
        verb=f"deviation.{verb}",
        target=deviation,
        before=before,
        after=deviation.state,
        remark=remark,
    )
    steering_case.follow(deviation, by)
    telling.tell(event, deviation, [cast(User, deviation.author)])
