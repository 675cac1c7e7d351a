"""Giving room beforehand: drafting a space, granting it, who holds it, and how it ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations import permissions
from deviations.models import DiscretionarySpace, SpaceGroupPermission, SpaceRequest, SpaceUserPermission
from deviations.rules.covering import MEANS
from deviations.workflow import SpaceAction, SpaceState, next_space_state
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.ids import new_id
from organisation.models import Counter, Event, Membership, Role, Team, User

from . import settling, succeeding, telling

# What the manager may write; the rest is set here.
WRITTEN = frozenset(
    {
        "name", "purpose", "purpose_slider", "rules_slider", "means_slider", "deciding_slider", "sight_slider",
        "cents_per_deviation", "cents_per_month", "cents_per_period", "never_child_safety", "never_fraud_inquiry",
        "never_rights_of_others", "valid_from", "valid_until", "evaluate_on",
    }
)  # fmt: skip
TICKED = ("routines", "policy_domains")
AMOUNTS = {
    "amount_per_deviation": "cents_per_deviation",
    "amount_per_month": "cents_per_month",
    "amount_per_period": "cents_per_period",
}

NOT_TO_YOURSELF = _("You cannot give room to yourself. Ask another manager of this team.")
NO_REACH = _("Choose at least one routine or policy domain.")
NO_HOLDER = _("Choose who may use this space.")
NOT_IN_TEAM = _("Everybody who holds this space has to work in this team.")
IS_OVER = _("The last day of this space has passed already.")
NO_AMOUNT = _("The slider for means asks for an amount that is not filled in.")
SENT_ALREADY = _("This form was sent already. You find the space in the list.")
NO_REASONS = _("Give the reasons; who holds this space reads them.")
CHANGED_MEANWHILE = _("Somebody changed this space while you were typing.")


@transaction.atomic
def draft_space(
    *,
    team: Team,
    by: User,
    fields: Mapping[str, Any],
    people: Sequence[User] = (),
    whole_team: bool = False,
    pk: UUID | None = None,
    renews: DiscretionarySpace | None = None,
    answers: SpaceRequest | None = None,
) -> DiscretionarySpace:
    """A new draft for a team that this person leads, or that answers a proposal put to them.

    `pk` comes with the form, so that sending it twice makes one.
    """
    space = DiscretionarySpace(pk=pk or new_id(), team=team, granted_by=by, renews=renews)
    space.answers = answers  # type: ignore[attr-defined]  # a proposal that has no draft yet
    permissions.require_with_space(by, SpaceAction.EDIT, space)
    space.number = Counter.next("R")
    # Behind the counter people stand in a row, so a form that was sent twice at once is seen here.
    if DiscretionarySpace.objects.filter(pk=space.pk).exists():
        raise Refused(SENT_ALREADY)
    _fill(space, fields)
    space.save(force_insert=True)
    _tick(space, fields)
    if answers is not None:
        answers.space = space
        answers.save(update_fields=["space"])
    Event.record(actor=by, verb="space.draft", target=space, after=space.state)
    return set_holders(space=space, by=by, people=people, whole_team=whole_team)


@transaction.atomic
def save_space(
    *,
    space: DiscretionarySpace,
    by: User,
    fields: Mapping[str, Any],
    people: Sequence[User],
    whole_team: bool,
    version: int | None = None,
) -> DiscretionarySpace:
    """Change a draft. With `version`: only if nobody changed it since."""
    space = held(space)
    permissions.require_with_space(by, SpaceAction.EDIT, space)
    next_space_state(space.state, SpaceAction.EDIT)
    if version is not None and version != space.version:
        raise ChangedMeanwhile(CHANGED_MEANWHILE, space)
    _fill(space, fields)
    space.version += 1
    space.save()
    _tick(space, fields)
    Event.record(actor=by, verb="space.edit", target=space, after=space.state)
    return set_holders(space=space, by=by, people=people, whole_team=whole_team)


@transaction.atomic
def set_holders(*, space: DiscretionarySpace, by: User, people: Sequence[User], whole_team: bool) -> DiscretionarySpace:
    """Who may use this space from now on; whoever is not named may not at their very next request."""
    space = held(space)
    permissions.require_with_space(by, SpaceAction.HOLDERS, space)
    before = _holders(space)
    if by in people or (whole_team and _stands_to_gain(space, by)):
        raise Refused(NOT_TO_YOURSELF)
    if not _all_work_in(space.team, people):
        raise Refused(NOT_IN_TEAM)
    if not (people or whole_team) and space.state != SpaceState.DRAFT:
        raise Refused(NO_HOLDER)
    _give(space, people, whole_team)
    after = _holders(space)
    if before != after:
        event = Event.record(actor=by, verb="space.holders", target=space, before=before, after=after)
        if space.state != SpaceState.DRAFT:
            telling.tell(event, space, holders_of(space))
    return space


@transaction.atomic
def grant_space(*, space: DiscretionarySpace, by: User) -> DiscretionarySpace:
    """Put a complete draft into force. Whoever grants it is the giver, and never uses it for their own work."""
    space = held(space)
    permissions.require_with_space(by, SpaceAction.GRANT, space)
    before, space.state = space.state, next_space_state(space.state, SpaceAction.GRANT)
    _require_complete(space)
    if space.user_grants.filter(user=by).exists():
        raise Refused(NOT_TO_YOURSELF)
    space.granted_by = by
    succeeding.take_the_place(space, by)
    space = _moved(space, SpaceAction.GRANT, by, before, remark="")
    settling.settle(space=space, by=by)
    return space


@transaction.atomic
def suspend(*, space: DiscretionarySpace, by: User, reasons: str) -> DiscretionarySpace:
    """Stop the use of a space for now."""
    return _end(space, SpaceAction.SUSPEND, by, reasons)


@transaction.atomic
def resume(*, space: DiscretionarySpace, by: User, reasons: str = "") -> DiscretionarySpace:
    """Let a suspended space be used again. Who holds it does not do that."""
    space = held(space)
    permissions.require_with_space(by, SpaceAction.RESUME, space)
    before, space.state = space.state, next_space_state(space.state, SpaceAction.RESUME)
    if _stands_to_gain(space, by) and DiscretionarySpace.objects.held_by(by).filter(pk=space.pk).exists():
        raise Refused(NOT_TO_YOURSELF)
    if space.valid_until < timezone.localdate():
        raise Refused(IS_OVER)
    return _moved(space, SpaceAction.RESUME, by, before, reasons)


@transaction.atomic
def withdraw_space(*, space: DiscretionarySpace, by: User, reasons: str) -> DiscretionarySpace:
    """End a space for good; what was agreed by it stands."""
    return _end(space, SpaceAction.WITHDRAW, by, reasons)


def expire(*, on: date | None = None) -> int:
    """Close the books of spaces whose last day has passed; they were out of force already. Returns how many."""
    day = on or timezone.localdate()
    over = DiscretionarySpace.objects.filter(
        state__in=(SpaceState.ACTIVE, SpaceState.SUSPENDED), valid_until__lt=day
    ).values_list("pk", flat=True)
    return sum(_expire_one(pk, day) for pk in list(over))


@transaction.atomic
def _expire_one(pk: Any, day: date) -> int:
    space = DiscretionarySpace.objects.select_for_update(of=("self",)).select_related("team", "granted_by").get(pk=pk)
    if space.state not in (SpaceState.ACTIVE, SpaceState.SUSPENDED) or space.valid_until >= day:
        return 0
    before, space.state = space.state, next_space_state(space.state, SpaceAction.EXPIRE)
    _moved(space, SpaceAction.EXPIRE, None, before, remark="")
    return 1


def held(space: DiscretionarySpace) -> DiscretionarySpace:
    """The row as it is now, locked until the transaction ends."""
    rows = DiscretionarySpace.objects.select_related("team__group", "granted_by")
    return rows.select_for_update(of=("self",)).get(pk=space.pk)


def holders_of(space: DiscretionarySpace) -> list[User]:
    """The people who may use this space by name or by their team."""
    named = User.objects.filter(pk__in=space.user_grants.values("user"), is_active=True)
    team = telling.people_in(space.team, Role.CASEWORKER) if space.group_grants.exists() else []
    return list({person.pk: person for person in (*named, *team)}.values())


def _end(space: DiscretionarySpace, action: SpaceAction, by: User, reasons: str) -> DiscretionarySpace:
    space = held(space)
    permissions.require_with_space(by, action, space)
    before, space.state = space.state, next_space_state(space.state, action)
    if not reasons.strip() and before != SpaceState.DRAFT:
        raise Refused(NO_REASONS)
    return _moved(space, action, by, before, reasons)


def _moved(
    space: DiscretionarySpace, action: SpaceAction, by: User | None, before: str, remark: str
) -> DiscretionarySpace:
    space.version += 1
    space.save()
    event = Event.record(
        actor=by, verb=f"space.{action}", target=space, before=before, after=space.state, remark=remark
    )
    if before != SpaceState.DRAFT or space.state == SpaceState.ACTIVE:
        telling.tell(event, space, [*holders_of(space), space.granted_by])
    return space


def _require_complete(space: DiscretionarySpace) -> None:
    if not (space.routines.exists() or space.policy_domains.exists()):
        raise Refused(NO_REACH)
    if not (space.user_grants.exists() or space.group_grants.exists()):
        raise Refused(NO_HOLDER)
    if space.valid_until < timezone.localdate():
        raise Refused(IS_OVER)
    named = MEANS.get(space.means_slider, ())
    if any(getattr(space, AMOUNTS[amount.code]) is None for amount in named):
        raise Refused(NO_AMOUNT)


def _stands_to_gain(space: DiscretionarySpace, by: User) -> bool:
    """A manager who also does casework in this team, and is not the giver: the giver is never covered anyway."""
    return space.team_id in by.standing.works_in and space.granted_by_id not in by.accounts


def _all_work_in(team: Team, people: Sequence[User]) -> bool:
    at_work = Membership.objects.current().filter(team=team, role=Role.CASEWORKER, user__in=people)
    return at_work.values("user").distinct().count() == len({person.pk for person in people})


def _give(space: DiscretionarySpace, people: Sequence[User], whole_team: bool) -> None:
    use_space = Permission.objects.get(codename="use_space", content_type__app_label="deviations")
    space.user_grants.exclude(user__in=people).delete()
    for person in people:
        SpaceUserPermission.objects.get_or_create(permission=use_space, user=person, content_object=space)
    if whole_team:
        SpaceGroupPermission.objects.get_or_create(permission=use_space, group=space.team.group, content_object=space)
    else:
        space.group_grants.all().delete()


def _holders(space: DiscretionarySpace) -> str:
    names = sorted(space.user_grants.values_list("user__name", flat=True))
    return ", ".join([*names, *([space.team.name] if space.group_grants.exists() else [])])


def _fill(space: DiscretionarySpace, fields: Mapping[str, Any]) -> None:
    for name in WRITTEN & fields.keys():
        setattr(space, name, fields[name])


def _tick(space: DiscretionarySpace, fields: Mapping[str, Any]) -> None:
    for name in TICKED:
        if name in fields:
            getattr(space, name).set(fields[name])
