"""Leaving: all access ends at once, and nothing of it comes back when somebody returns."""

from collections.abc import Iterator
from uuid import UUID

from axes.utils import reset as forget_failures
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from organisation import permissions
from organisation.models import MUNICIPAL_ROLES, Deputising, Draft, Event, Membership, SavedView, Team, User
from organisation.permissions import Action

from .administering import one_at_a_time
from .joining import end


@transaction.atomic
def deactivate(*, by: User, person: User, remark: str = "") -> User:
    """End memberships, roles, object permissions, deputising, drafts, views, sessions and the password, all at once."""
    by = one_at_a_time(by)
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.require(by, Action.DEACTIVATE, person)
    ended = _end_memberships(person)
    roles = list(person.groups.filter(name__in=MUNICIPAL_ROLES))
    person.groups.remove(*roles)
    taken = sum(model._base_manager.filter(user=person).delete()[0] for model in object_permissions())
    _end_deputising(person)
    Draft.objects.filter(user=person).delete()
    SavedView.objects.filter(owner=person).delete()
    forget_failures(username=person.email)
    # Without the old password every session and every link that was ever given stops working, also after a return.
    person.set_unusable_password()
    person.is_active, person.left_at = False, timezone.now()
    person.save(update_fields=["is_active", "left_at", "password"])
    end_sessions(person)
    rights = ended + len(roles) + taken
    Event.record(actor=by, verb="person.left", target=person, before=str(rights), remark=remark)
    return person


@transaction.atomic
def reactivate(*, by: User, person: User) -> User:
    """Let somebody return: an account without teams, roles or password, as if it were new."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.require(by, Action.REACTIVATE, person)
    person.is_active, person.left_at = True, None
    person.save(update_fields=["is_active", "left_at"])
    Event.record(actor=by, verb="person.returned", target=person)
    return person


def object_permissions() -> Iterator[type[models.Model]]:
    """The models of every app that give a person a right to one thing; this app need not know them by name."""
    for model in apps.get_models():
        if issubclass(model, UserObjectPermissionBase):
            yield model


def end_sessions(person: User) -> int:
    """Delete the sessions of this person; returns how many."""
    mine = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if _owner(session) == person.pk
    ]
    return Session.objects.filter(pk__in=mine).delete()[0]


def _owner(session: Session) -> UUID | None:
    key = session.get_decoded().get(SESSION_KEY)
    return UUID(key) if key else None


def _end_memberships(person: User) -> int:
    today = timezone.localdate()
    open_now = Membership.objects.filter(user=person).filter(models.Q(until__isnull=True) | models.Q(until__gt=today))
    ended = list(open_now)
    for membership in ended:
        end(membership, on=today)
    return len(ended)


def _end_deputising(person: User) -> None:
    """Nobody stands in for them any more, nor they for anybody."""
    today = timezone.localdate()
    theirs = Deputising.objects.filter(models.Q(absent=person) | models.Q(deputy=person), until__gt=today)
    for deputising in theirs:
        deputising.until = max(today, deputising.since)
        deputising.save(update_fields=["until"])
    for team in Team.objects.filter(deputy=person):
        team.deputy = None
        team.save(update_fields=["deputy"])
