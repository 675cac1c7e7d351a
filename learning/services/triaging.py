"""Triage of signals: who looks at it, and dismissing it with reasons."""

from django.db import transaction
from django.utils.translation import gettext as _

from learning import permissions
from learning.models import LearningQuestion, Signal
from learning.workflow import SignalAction, next_signal_state
from organisation.kernel.access import Refused
from organisation.models import Event, User


@transaction.atomic
def take(*, signal: Signal, by: User) -> Signal:
    """Say that you look at it, also when it was somebody else's."""
    signal, before = _moved(signal, SignalAction.TAKE, by)
    signal.owner = by
    return _done(signal, SignalAction.TAKE, by, before)


@transaction.atomic
def dismiss(*, signal: Signal, by: User, reasons: str) -> Signal:
    """Say that nothing has to be learnt from it, and why. It comes back only when it has grown."""
    signal, before = _moved(signal, SignalAction.DISMISS, by)
    if not reasons.strip():
        raise Refused(_("Say why nothing has to be learnt from this signal."))
    signal.reasons = reasons
    signal.dismissed_effect, signal.dismissed_observed = signal.effect, signal.observed
    signal.owner = signal.owner or by
    return _done(signal, SignalAction.DISMISS, by, before, remark=reasons)


@transaction.atomic
def link(*, signal: Signal, question: LearningQuestion, by: User) -> Signal:
    """It is part of this learning question from now on."""
    signal, before = _moved(signal, SignalAction.LINK, by)
    signal.question, signal.owner = question, signal.owner or by
    return _done(signal, SignalAction.LINK, by, before, remark=str(question))


def _moved(signal: Signal, action: SignalAction, by: User) -> tuple[Signal, str]:
    signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    permissions.require_with_signal(by, action, signal)
    before = signal.state
    signal.state = next_signal_state(signal.state, action)
    return signal, before


def _done(signal: Signal, action: SignalAction, by: User, before: str, remark: str = "") -> Signal:
    signal.save()
    Event.record(actor=by, verb=f"signal.{action}", target=signal, before=before, after=signal.state, remark=remark)
    return signal
