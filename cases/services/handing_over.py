"""Handing a case over to another handler, in the same team or another."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import Event, Membership, Notice, Role, User

from .reaching import locked


@transaction.atomic
def hand_over(*, case: Case, by: User, to: Membership, reason: str) -> Case:
    """Give the case to a caseworker, who is told; `to` says in which team. Uses of routines stay with the old team."""
    case = _reached(case, by)
    permissions.require(by, Action.HAND_OVER, case)
    if to.role != Role.CASEWORKER or not Membership.objects.current().filter(pk=to.pk).exists():
        raise Refused(_("This colleague does not do casework in that team (any more)."))
    if (to.user_id, to.team_id) == (case.handler_id, case.team_id):
        raise Refused(_("This colleague is the handler already."))
    before = f"{case.handler}, {case.team}"
    case.handler, case.team = to.user, to.team
    case.version += 1
    case.save(update_fields=["handler", "team", "version"])
    after = f"{case.handler}, {case.team}"
    event = Event.record(actor=by, verb="case.handed_over", target=case, before=before, after=after, remark=reason)
    Notice.queue(event=event, recipients=[to.user], url=case.get_absolute_url())
    return case


def _reached(case: Case, by: User) -> Case:
    """A case in sight, or one that a colleague who has left has left behind in a team this person leads."""
    behind = Case.objects.left_behind(by).select_related("handler", "team").select_for_update(of=("self",))
    return behind.filter(pk=case.pk).first() or locked(case, by)
