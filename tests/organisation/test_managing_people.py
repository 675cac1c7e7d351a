"""An administrator makes and changes accounts and roles, and each act stands in the logbook."""

import pytest

from organisation.kernel.access import Refused
from organisation.models import Event, User
from organisation.services import managing_people

pytestmark = pytest.mark.django_db


def verbs(person):
    return sorted(Event.objects.about(person).values_list("verb", flat=True))


def test_a_new_account_has_no_password_no_team_and_no_role(cast):
    made = managing_people.create_person(by=cast.admin, name=" Kim ", email="Kim@Demo.test")
    assert (made.name, made.email, made.is_active) == ("Kim", "kim@demo.test", True)
    assert not made.has_usable_password()
    assert not made.roles
    assert verbs(made) == ["person.created"]


def test_an_address_has_one_account_whatever_its_capitals(cast):
    with pytest.raises(Refused):
        managing_people.create_person(by=cast.admin, name="Twin", email="COLLEAGUE@demo.test")
    with pytest.raises(Refused):
        managing_people.edit_person(by=cast.admin, person=cast.stranger, name="Twin", email="Colleague@demo.test")
    assert User.objects.filter(name="Twin").count() == 0


def test_changing_a_name_keeps_what_it_was(cast):
    managing_people.edit_person(by=cast.admin, person=cast.colleague, name="Kim", email="kim@demo.test")
    assert list(cast.colleague.history.values_list("name", flat=True)) == ["Kim", "Colleague"]
    assert verbs(cast.colleague) == ["person.changed"]


def test_roles_become_exactly_what_was_chosen(cast):
    person = managing_people.set_roles(by=cast.admin, person=cast.colleague, roles=["controller", "reporter"])
    assert person.roles == {"caseworker", "controller", "reporter"}
    person = managing_people.set_roles(by=cast.admin, person=cast.colleague, roles=["reporter"])
    assert person.roles == {"caseworker", "reporter"}
    assert verbs(person) == ["person.role_given", "person.role_given", "person.role_taken"]


def test_a_role_of_a_team_is_not_given_this_way(cast):
    person = managing_people.set_roles(by=cast.admin, person=cast.colleague, roles=["manager"])
    assert person.roles == {"caseworker"}


def test_choosing_the_same_roles_again_writes_nothing(cast):
    managing_people.set_roles(by=cast.admin, person=cast.policy, roles=["policy_officer"])
    assert verbs(cast.policy) == []


def test_the_last_administrator_stays_because_nobody_takes_their_own_role(cast):
    with pytest.raises(Refused):
        managing_people.set_roles(by=cast.admin, person=cast.admin, roles=[])
    assert User.objects.get(pk=cast.admin.pk).has_role("administrator")


def test_the_actor_is_read_anew_so_a_role_that_was_just_taken_does_not_act(cast):
    assert cast.admin.has_role("administrator")
    cast.admin.groups.clear()
    with pytest.raises(Refused):
        managing_people.set_roles(by=cast.admin, person=cast.colleague, roles=["controller"])


@pytest.mark.parametrize("who", ["caseworker", "manager", "policy", "privacy"])
def test_others_are_refused(cast, who):
    actor = getattr(cast, who)
    for act in (
        lambda: managing_people.create_person(by=actor, name="Kim", email="kim@demo.test"),
        lambda: managing_people.edit_person(by=actor, person=cast.colleague, name="Kim", email="kim@demo.test"),
        lambda: managing_people.set_roles(by=actor, person=cast.colleague, roles=["administrator"]),
        lambda: managing_people.unlock(by=actor, person=cast.colleague),
    ):
        with pytest.raises(Refused):
            act()
    assert not Event.objects.exists()
