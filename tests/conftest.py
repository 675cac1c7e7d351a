"""The cast and the small machinery of the tests."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from organisation.models import Team, User

from .factories import MembershipFactory, TeamFactory, UserFactory


@dataclass
class Cast:
    """The fixed cast: each name says who somebody is, the same in every test."""

    income: Team
    youth: Team
    caseworker: User
    colleague: User
    stranger: User
    manager: User
    othermanager: User
    policy: User
    reporter: User
    privacy: User
    controller: User
    admin: User


MUNICIPAL = {
    "policy": "policy_officer",
    "reporter": "reporter",
    "privacy": "privacy_officer",
    "controller": "controller",
    "admin": "administrator",
}


@pytest.fixture
def cast(db) -> Cast:
    """Two teams and everybody around them."""
    income, youth = TeamFactory(name="Inkomen"), TeamFactory(name="Jeugd")
    people = {}
    for key, team, role in (
        ("caseworker", income, "caseworker"),
        ("colleague", income, "caseworker"),
        ("stranger", youth, "caseworker"),
        ("manager", income, "manager"),
        ("othermanager", youth, "manager"),
    ):
        people[key] = UserFactory(name=key.capitalize(), email=f"{key}@demo.test")
        MembershipFactory(user=people[key], team=team, role=role)
    for key, group in MUNICIPAL.items():
        people[key] = UserFactory(name=key.capitalize(), email=f"{key}@demo.test")
        people[key].groups.add(Group.objects.get(name=group))
    return Cast(income=income, youth=youth, **people)


@pytest.fixture
def as_user():
    """`as_user(person)` gives a client that is signed in as that person."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
