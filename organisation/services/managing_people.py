"""Making and changing the accounts of people, and their municipality-wide roles."""

from collections.abc import Iterable

from axes.utils import reset as forget_failures
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.models import MUNICIPAL_ROLES, Event, User
from organisation.permissions import Action

from .administering import one_at_a_time

OWN = _("This is your own account. Another administrator notes whose it is.")
TAKEN = _("There is an account with this e-mail address already.")


@transaction.atomic
def create_person(*, by: User, name: str, email: str, language: str = "nl") -> User:
    """A new account without a password: nobody signs in with it until a link was used."""
    permissions.require(by, Action.CREATE_PERSON)
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, name=name.strip(), language=language)
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
    Event.record(actor=by, verb="person.created", target=person)
    if twin := _same_mailbox(person):
        _link(person, twin, by)
    return person


@transaction.atomic
def edit_person(*, by: User, person: User, name: str, email: str) -> User:
    """Another name or address. The address is the login, so the account is locked while it changes."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.require(by, Action.EDIT_PERSON, person)
    person.name, person.email = name.strip(), email.strip().lower()
    try:
        with transaction.atomic():
            person.save(update_fields=["name", "email"])
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
    Event.record(actor=by, verb="person.changed", target=person)
    return person


@transaction.atomic
def say_whose(*, by: User, person: User, same_as: User | None) -> User:
    """This account belongs to the same person as that one, or to nobody else; then they never answer each other."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.require(by, Action.EDIT_PERSON, person)
    if person.pk in by.accounts:
        raise Refused(OWN)
    if same_as is None and person.person is not None:
        person.person = None
        person.save(update_fields=["person"])
        Event.record(actor=by, verb="person.unlinked", target=person)
    elif same_as is not None and same_as.pk not in person.accounts:
        _link(person, same_as, by)
    return person


def _link(person: User, twin: User, by: User) -> None:
    twin = User.objects.select_for_update(of=("self",)).get(pk=twin.pk)
    person.person = twin.person = twin.person or twin.pk
    person.save(update_fields=["person"])
    twin.save(update_fields=["person"])
    Event.record(actor=by, verb="person.linked", target=person, after=twin.name)


def _same_mailbox(person: User) -> User | None:
    """Another account of the same mailbox: what stands behind a plus is a label."""
    name, _at, domain = person.email.partition("@")
    label = Q(email=f"{name.partition('+')[0]}@{domain}") | Q(email__startswith=f"{name.partition('+')[0]}+")
    return User.objects.filter(label, email__endswith=f"@{domain}").exclude(pk=person.pk).order_by("joined_at").first()


@transaction.atomic
def set_roles(*, by: User, person: User, roles: Iterable[str]) -> User:
    """Exactly these municipality-wide roles from now on; one line in the logbook for each that comes or goes."""
    by = one_at_a_time(by)
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.require(by, Action.SET_ROLES, person)
    wanted = {role.value for role in MUNICIPAL_ROLES} & set(roles)
    held = set(person.groups.filter(name__in=MUNICIPAL_ROLES).values_list("name", flat=True))
    groups = {group.name: group for group in Group.objects.filter(name__in=wanted ^ held)}
    for role in sorted(wanted - held):
        person.groups.add(groups[role])
        Event.record(actor=by, verb="person.role_given", target=person, after=role)
    for role in sorted(held - wanted):
        person.groups.remove(groups[role])
        Event.record(actor=by, verb="person.role_taken", target=person, before=role)
    return User.objects.get(pk=person.pk)


@transaction.atomic
def unlock(*, by: User, person: User) -> None:
    """Forget the failed attempts to sign in as this person."""
    permissions.require(by, Action.UNLOCK, person)
    forget_failures(username=person.email)
    Event.record(actor=by, verb="person.unlocked", target=person)
