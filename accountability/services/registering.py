"""Lines of the public register: written by who was there, released by a second person, taken back with a reason."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import RegisterLine
from accountability.permissions import register as permissions
from accountability.workflow.register import LineAction, next_state
from organisation.checking import doubt_of
from organisation.kernel.access import Refused
from organisation.kernel.personal_data import blocking
from organisation.models import Event, Notice, User

from . import classing

FIELD = "summary"


@transaction.atomic
def write(*, line: RegisterLine, summary: str, by: User) -> RegisterLine:
    """What happened, in words for everybody; never the text of the case."""
    line = _moved(line, LineAction.WRITE, by)
    if not summary.strip():
        raise Refused(_("Write in a few words what happened."))
    if blocking(summary):
        raise Refused(_("There is personal data in a text. Take it out."))
    line.summary, line.written_by, line.written_at = summary.strip(), by, timezone.now()
    event = _done(line, LineAction.WRITE, by)
    Notice.queue(event=event, recipients=[line.proposed_by], url=line.get_absolute_url())
    return line


@transaction.atomic
def release(*, line: RegisterLine, by: User, ticks: Iterable[str] = ()) -> RegisterLine:
    """A second person has read it: nobody can be recognised. What the check finds has to be ticked."""
    line = _moved(line, LineAction.RELEASE, by)
    doubt = doubt_of(FIELD, line.summary, ticks)
    if doubt and not doubt.stays:
        raise Refused(doubt.sentence)
    if not classing.is_safe(line.told):
        raise Refused(_("This is about fewer households by now, so it can no longer be told. Leave this line out."))
    line.released_by, line.released_at = by, timezone.now()
    _done(line, LineAction.RELEASE, by)
    return line


@transaction.atomic
def take_back(*, line: RegisterLine, reason: str, by: User) -> RegisterLine:
    """Out of the register: its words go, that it stood there and why it went stays."""
    if not reason.strip():
        raise Refused(_("Say why it is taken back."))
    line = _moved(line, LineAction.TAKE_BACK, by)
    line.summary, line.reason = "", reason.strip()
    line.taken_back_by, line.taken_back_at = by, timezone.now()
    _done(line, LineAction.TAKE_BACK, by, remark=line.reason)
    return line


@transaction.atomic
def leave_out(*, line: RegisterLine, by: User) -> None:
    """Not this one: as if it was never proposed, but for the logbook."""
    line = _moved(line, LineAction.LEAVE_OUT, by)
    Event.record(actor=by, verb="register.leave_out", target=line)
    line.delete()


def _moved(line: RegisterLine, action: LineAction, by: User) -> RegisterLine:
    line = RegisterLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    permissions.require(by, action, line)
    line.state = next_state(line.state, action)
    return line


def _done(line: RegisterLine, action: LineAction, by: User, *, remark: str = "") -> Event:
    line.save()
    return Event.record(actor=by, verb=f"register.{action}", target=line, after=line.state, remark=remark)
