"""“Dit voelt niet goed”: saying it in one field, hearing back, and going on with it as a deviation."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.services.reaching import fresh_key, sent_before
from deviations import permissions
from deviations.models import Deviation, Unease, UneaseReply
from deviations.workflow import UneaseAction, UneaseState, next_unease_state
from organisation.kernel.access import Refused
from organisation.models import Counter, Event, Notice, Role, Team, User

from . import recording, telling

NO_TEXT = _("Write what does not feel right.")
NO_TEAM = _("You do not work in this team.")
NO_ANSWER = _("Write what you want to say back; who said it reads it.")

REPLIES = {
    UneaseState.RECEIVED: UneaseAction.RECEIVE,
    UneaseState.ACTED_UPON: UneaseAction.ACT,
    UneaseState.PASSED_ON: UneaseAction.PASS_ON,
}


@transaction.atomic
def speak_up(*, by: User, text: str, team: Team, case: Case | None = None, key: UUID | None = None) -> Unease:
    """Say that something feels wrong, in a case or not. The managers of the team hear it at once."""
    if made := sent_before(Unease, key, author=by, text=text):
        return made
    permissions.require_with_unease(by, UneaseAction.VOICE, None)
    if not text.strip():
        raise Refused(NO_TEXT)
    if team.pk not in by.standing.works_in:
        raise Refused(NO_TEAM)
    if case is not None and not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise Refused(recording.NOT_YOUR_CASE)
    unease = Unease(**fresh_key(Unease, key), number=Counter.next("G"), author=by, team=team, case=case, text=text)
    unease.save(force_insert=True)
    event = Event.record(actor=by, verb="unease.voice", target=unease, after=unease.state)
    _tell(event, unease, telling.people_in(team, Role.MANAGER))
    return unease


@transaction.atomic
def reply(*, unease: Unease, by: User, kind: str, text: str) -> UneaseReply:
    """Say back what happens with it; who said it always hears. More than one reply may follow."""
    unease = _held(unease)
    action = REPLIES[UneaseState(kind)]
    permissions.require_with_unease(by, action, unease)
    if not text.strip():
        raise Refused(NO_ANSWER)
    before, unease.state = unease.state, next_unease_state(unease.state, action)
    unease.save(update_fields=["state"])
    said = UneaseReply.objects.create(unease=unease, kind=unease.state, text=text, by=by)
    event = Event.record(actor=by, verb="unease.reply", target=unease, before=before, after=unease.state)
    _tell(event, unease, [unease.author])
    if action == UneaseAction.PASS_ON:
        _tell(event, unease, list(User.objects.filter(groups__name=Role.POLICY_OFFICER).exclude(pk=unease.author_id)))
    return said


@transaction.atomic
def begin_deviation(*, unease: Unease, by: User, kind: str, case: Case) -> Deviation:
    """Go on with it as a deviation of this kind: a draft with the text carried over. The link is kept."""
    unease = _held(unease)
    permissions.require_with_unease(by, UneaseAction.DEVIATE, unease)
    deviation = recording.begin(case=case, by=by, fields={"kind": kind, "why_here": unease.text})
    unease.deviation, unease.case = deviation, unease.case or case
    unease.save(update_fields=["deviation", "case"])
    Event.record(actor=by, verb="unease.deviate", target=unease, after=deviation.number)
    return deviation


def _held(unease: Unease) -> Unease:
    """The row as it is now, locked until the transaction ends."""
    rows = Unease.objects.select_related("author", "team", "case__team", "deviation")
    return rows.select_for_update(of=("self",)).get(pk=unease.pk)


def _tell(event: Event, unease: Unease, people: list[User]) -> None:
    Notice.queue(event=event, recipients=people, url=unease.get_absolute_url())
