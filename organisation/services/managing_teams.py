"""Making, changing and closing teams."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import Event, Membership, PolicyDomain, Team, User
from organisation.permissions import Action

from .joining import end

TAKEN = _("There is a team with this name already.")
GOES_ROUND = _("These teams would turn to each other in a circle. Choose another team.")
NOT_A_MANAGER = _("A fixed deputy is a manager of some team.")


@transaction.atomic
def create_team(
    *,
    by: User,
    name: str,
    policy_domains: Iterable[PolicyDomain] = (),
    deputy: User | None = None,
    escalates_to: Team | None = None,
) -> Team:
    """A team, with the group that carries what is given to it as a whole."""
    permissions.require(by, Action.CREATE_TEAM)
    key = new_id()
    group = Group.objects.create(name=f"team:{key}")
    try:
        with transaction.atomic():
            team = Team.objects.create(id=key, name=name.strip(), group=group)
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
    team.policy_domains.set(policy_domains)
    _turn_to(team, deputy, escalates_to)
    Event.record(actor=by, verb="team.created", target=team)
    return team


@transaction.atomic
def edit_team(
    *,
    by: User,
    team: Team,
    name: str,
    policy_domains: Iterable[PolicyDomain],
    deputy: User | None = None,
    escalates_to: Team | None = None,
) -> Team:
    """Another name, other fields of work, or others to turn to when nobody who leads it answers."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    permissions.require(by, Action.EDIT_TEAM, team)
    before, team.name = team.name, name.strip()
    try:
        with transaction.atomic():
            team.save(update_fields=["name"])
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
    team.policy_domains.set(policy_domains)
    _turn_to(team, deputy, escalates_to)
    Event.record(actor=by, verb="team.changed", target=team, before=before, after=team.name)
    return team


@transaction.atomic
def close_team(*, by: User, team: Team, remark: str = "") -> Team:
    """End all memberships and what was given to the team; its cases and history stay."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    permissions.require(by, Action.CLOSE_TEAM, team)
    today = timezone.localdate()
    members = list(
        Membership.objects.filter(team=team).filter(models.Q(until__isnull=True) | models.Q(until__gt=today))
    )
    for membership in members:
        end(membership, on=today)
    for model in apps.get_models():
        if issubclass(model, GroupObjectPermissionBase):
            model._base_manager.filter(group=team.group_id).delete()
    team.closed_on = today
    team.save(update_fields=["closed_on"])
    Event.record(actor=by, verb="team.closed", target=team, before=str(len(members)), remark=remark)
    return team


def _turn_to(team: Team, deputy: User | None, escalates_to: Team | None) -> None:
    """Who answers when nobody who leads the team can or does."""
    if deputy and deputy.pk != team.deputy_id and not User.objects.working().leading().filter(pk=deputy.pk).exists():
        raise Refused(NOT_A_MANAGER)
    above, passed = escalates_to, set()
    while above is not None and above.pk not in passed:
        if above.pk == team.pk:
            raise Refused(GOES_ROUND)
        passed.add(above.pk)
        above = above.escalates_to
    if (team.deputy_id, team.escalates_to_id) != (deputy and deputy.pk, escalates_to and escalates_to.pk):
        team.deputy, team.escalates_to = deputy, escalates_to
        team.save(update_fields=["deputy", "escalates_to"])
