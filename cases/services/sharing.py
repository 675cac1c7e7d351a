"""Sharing a case with a colleague or a team, until a day, and ending that."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import permissions
from cases.models import Case, CaseGroupPermission, CaseUserPermission
from cases.models.casefile import VIEW_CASE, WORK_ON_CASE
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import TEAM_ROLES, Event, Notice, Team, User

from .reaching import locked

Share = CaseUserPermission | CaseGroupPermission


@transaction.atomic
def share_case(*, case: Case, by: User, to: User | Team, work: bool, reason: str, until: date) -> Share:
    """Let somebody, or a team, read this case or work on it, up to but not including `until`; they are told.

    Sharing again with the same replaces what was shared before.
    """
    case = locked(case, by)
    permissions.require(by, Action.SHARE, case)
    if until <= timezone.localdate():
        raise Refused(_("A share ends after today."))
    model, receiver, people = _receiver(case, to)
    terms = {
        "permission": _permission(WORK_ON_CASE if work else VIEW_CASE),
        "reason": reason,
        "until": until,
        "given_by": by,
        "given_at": timezone.now(),
    }
    share, made = model.shares.update_or_create(content_object=case, **receiver, defaults=terms)
    event = Event.record(
        actor=by,
        verb="case.shared" if made else "case.share_changed",
        target=case,
        after=f"{to}, {share.last_day}: {share.permission.codename}",
        remark=reason,
    )
    Notice.queue(event=event, recipients=people, url=case.get_absolute_url())
    return share


@transaction.atomic
def end_share(*, share: Share, by: User) -> None:
    """Stop sharing: it is refused at the very next request. Ending it twice is ending it once."""
    case = locked(share.content_object, by)
    permissions.require(by, Action.END_SHARE, case)
    found: Any = type(share).shares.filter(pk=share.pk, content_object=case).first()
    if found is None:
        return
    found.delete()
    Event.record(actor=by, verb="case.share_ended", target=case, before=_name(share))


def end_expired() -> int:
    """Take away shares whose last day has passed; they gave nothing any more. Returns how many."""
    ended = 0
    for model in (CaseUserPermission, CaseGroupPermission):
        for pk in model.shares.filter(until__lte=timezone.localdate()).values_list("pk", flat=True):
            ended += _end_one(model, pk)
    return ended


@transaction.atomic
def _end_one(model: type[Share], pk: int) -> int:
    share: Any = model.shares.select_for_update(of=("self",)).filter(pk=pk, until__lte=timezone.localdate()).first()
    if share is None:
        return 0
    share.delete()
    Event.record(actor=None, verb="case.share_expired", target=share.content_object, before=_name(share))
    return 1


def _receiver(case: Case, to: User | Team) -> tuple[Any, dict[str, Any], list[User]]:
    """The table, its column and the people behind it. Raises `Refused` for whoever sees no cases at all."""
    if isinstance(to, Team):
        if to.closed_on:
            raise Refused(_("This team has been closed."))
        members = User.objects.filter(memberships__in=to.memberships.current())
        return CaseGroupPermission, {"group": to.group}, list(members.distinct())
    if not to.is_active or not to.has_role(*TEAM_ROLES):
        raise Refused(_("%(name)s is in no team and sees no cases.") % {"name": to.name})
    if to.pk == case.handler_id:
        raise Refused(_("%(name)s is the handler of this case.") % {"name": to.name})
    return CaseUserPermission, {"user": to}, [to]


def _permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="cases", content_type__model="case", codename=codename)


def _name(share: Share) -> str:
    return str(share.user if isinstance(share, CaseUserPermission) else share.group.team)
