"""Changing what was decided on: an agreement no longer counts then, and after a refusal it is a new request."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deviations.models import Decision, Deviation, SecondRequest
from deviations.rules import changing
from deviations.workflow import Action, State, next_state
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Event, User

from . import deciding, freezing, recording, spending, steering_case, telling
from .recording import CHANGED_MEANWHILE, held, require_work
from .withdrawing import stop_counting

NOTHING_CHANGED = _("Nothing was changed. Change the text before you send it in again.")


class Unconfirmed(Refused):
    """The change voids the decision, and nobody said yet that it may. `before` and `after` are what differs."""

    def __init__(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        super().__init__(_("This changes what was decided on. Look at the difference, and say that you mean it."))
        self.before, self.after = before, after

    @property
    def token(self) -> str:
        """Stands for exactly this change: another text asks for another yes."""
        return freezing.digest(self.after)


@transaction.atomic
def revise(
    *,
    deviation: Deviation,
    by: User,
    fields: Mapping[str, Any],
    reasons: str = "",
    version: int | None = None,
    confirmed: str = "",
) -> Deviation:
    """Write in a deviation that was decided on. What only adds to it is saved; anything else voids the decision.

    Raises `Unconfirmed` for a change that voids, unless `confirmed` is the token of exactly that change.
    """
    deviation, target = _to_change(deviation, by, Action.REVISE, version)
    before, after = freezing.snapshot(deviation), freezing.as_written(deviation, fields)
    if not changing.material(before, after):
        return _add(deviation, by, fields, changing.changed(before, after))
    unconfirmed = Unconfirmed(before, after)
    if confirmed != unconfirmed.token:
        raise unconfirmed
    return _void(deviation, by, fields, target, reasons)


@transaction.atomic
def ask_again(
    *, deviation: Deviation, by: User, fields: Mapping[str, Any], reasons: str = "", version: int | None = None
) -> Deviation:
    """A new draft from what was refused, with another text. The refusal stays: in its place, and in the figures.

    One at a time: as long as the author works on a second request, or it was answered, there is no third.
    """
    deviation, _state = _to_change(deviation, by, Action.ASK_AGAIN, version)
    refusal = deviation.decisions.final().get()
    other = SecondRequest.objects.filter(refusal=refusal).exclude(deviation__state=State.WITHDRAWN).first()
    if other is not None:
        raise Refused(_("You asked this again already: it is %(number)s.") % {"number": other.deviation.number})
    if not changing.material(freezing.snapshot(deviation), freezing.as_written(deviation, fields)):
        raise Refused(NOTHING_CHANGED)
    written = recording.as_fields(deviation) | dict(fields)
    again = recording.begin(case=recording.case_of(deviation), by=by, fields=written)
    SecondRequest.objects.create(deviation=again, refusal=refusal, reasons=reasons)
    Event.record(actor=by, verb="deviation.ask_again", target=deviation, after=again.number, remark=reasons)
    return again


def _to_change(deviation: Deviation, by: User, action: Action, version: int | None) -> tuple[Deviation, State]:
    deviation = held(deviation)
    require_work(deviation, action, by)
    state = next_state(deviation.state, action)
    if version is not None and version != deviation.version:
        raise ChangedMeanwhile(CHANGED_MEANWHILE, deviation)
    return deviation, state


def _add(deviation: Deviation, by: User, fields: Mapping[str, Any], names: tuple[str, ...]) -> Deviation:
    if not names:
        raise Refused(NOTHING_CHANGED)
    recording.write(deviation, {name: fields[name] for name in names})
    Event.record(actor=by, verb="deviation.add", target=deviation, after=deviation.state)
    return deviation


def _void(deviation: Deviation, by: User, fields: Mapping[str, Any], target: State, reasons: str) -> Deviation:
    """From here on it is a draft; the case and the budget hear it before the text changes."""
    before, deviation.state = deviation.state, target
    voided = deciding.void(deviation)
    spending.give_back(deviation=deviation)
    stop_counting(deviation)
    deviation.save()
    steering_case.follow(deviation, by)
    recording.write(deviation, fields)
    event = Event.record(
        actor=by, verb="deviation.revise", target=deviation, before=before, after=deviation.state, remark=reasons
    )
    telling.tell(event, _readable(voided, deviation), telling.managers_of(deviation))
    return deviation


def _readable(voided: Decision | None, deviation: Deviation) -> Decision | Deviation:
    """What the manager reads meanwhile: a draft is for its author only, the voided decision is not."""
    return voided or deviation
