"""The people of the story and what they work with, by the names the files use."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cases.models import Routine
from deviations.models import Cause, Ground
from organisation.models import (
    Event,
    LifeDomain,
    MailPreference,
    Membership,
    Neighbourhood,
    PolicyDomain,
    Role,
    Team,
    User,
)
from organisation.services import (
    choosing_preferences,
    deputising,
    joining,
    managing_people,
    managing_teams,
    reading_notices,
)

from .script import Row, read

ADMINISTRATOR = "admin@demo.test"
POLICY_OFFICER = "policy@demo.test"
PASSWORD = "demo"  # noqa: S105 - in demo mode only, and shown on the sign-in page


def by_code(model: Any) -> dict[str, Any]:
    """The rows of a list by their code."""
    return {row.code: row for row in model.objects.all()}


@dataclass
class Cast:
    """Who and what the files name."""

    people: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    managers: dict[str, User] = field(default_factory=dict)
    domains: dict[str, PolicyDomain] = field(default_factory=lambda: by_code(PolicyDomain))
    neighbourhoods: dict[str, Neighbourhood] = field(default_factory=lambda: by_code(Neighbourhood))
    life_domains: dict[str, LifeDomain] = field(default_factory=lambda: by_code(LifeDomain))
    routines: dict[str, Routine] = field(default_factory=lambda: by_code(Routine))
    grounds: dict[str, Ground] = field(default_factory=lambda: by_code(Ground))
    causes: dict[str, Cause] = field(default_factory=lambda: by_code(Cause))

    def settle(self) -> None:
        """Make teams and people, as the administrator does on the first day."""
        rows = read("people")
        names = {row["email"]: row["name"] for row in rows["people"]}
        password = make_password(PASSWORD)
        by = first_administrator(names[ADMINISTRATOR], password)
        for row in rows["teams"]:
            fields = [self.domains[code] for code in row["domains"]]
            self.teams[row["code"]] = managing_teams.create_team(by=by, name=row["name"], policy_domains=fields)
        for row in rows["people"]:
            person = by if row["email"] == ADMINISTRATOR else self._join(row, by, password)
            # Their addresses do not exist, so nothing is mailed; they read their notices here.
            choosing_preferences.choose(
                by=person, language="nl", mail_preference=MailPreference.NONE, shortcuts=person.shortcuts
            )
            # Fetched anew: who somebody is was read before they were in a team.
            self.people[row["email"]] = User.objects.get(pk=person.pk)
        for row in rows["teams"]:
            self._back(row, by)
        for code, team in self.teams.items():
            manager = Membership.objects.get(team=team, role=Role.MANAGER).user_id
            self.managers[code] = next(person for person in self.people.values() if person.pk == manager)

    def _join(self, row: Row, by: User, password: str) -> User:
        person: User = managing_people.create_person(by=by, name=row["name"], email=row["email"])
        person.password = password
        person.save(update_fields=["password"])
        for seat in row["memberships"]:
            joining.add_membership(by=by, person=person, team=self.teams[seat["team"]], role=seat["role"])
        if row["roles"]:
            managing_people.set_roles(by=by, person=person, roles=row["roles"])
        return person

    def _back(self, row: Row, by: User) -> None:
        """Who answers when nobody who leads the team does."""
        team, fields = self.teams[row["code"]], [self.domains[code] for code in row["domains"]]
        deputy, above = self.people.get(row["deputy"]), self.teams.get(row["above"])
        managing_teams.edit_team(
            by=by, team=team, name=team.name, policy_domains=fields, deputy=deputy, escalates_to=above
        )

    def away(self, row: Row, today: date) -> None:
        """A manager names who stands in for the days away."""
        absent = self.people[row["absent"]]
        deputising.name_deputy(
            by=absent,
            absent=absent,
            deputy=self.people[row["deputy"]],
            until=today + timedelta(days=row["back_days_ahead"]),
            reason=row["reason"],
        )

    def read_notices(self) -> None:
        """Everybody reads what they were told up to now."""
        for person in self.people.values():
            reading_notices.read_all(by=person)

    def picked(self, terms: dict[str, Any], codes: list[str]) -> list[Any]:
        """The terms behind these codes."""
        return [terms[code] for code in codes]


def first_administrator(name: str, password: str) -> User:
    """The one account that nobody could make: who installs the product makes it."""
    if not settings.DEMO:
        raise RuntimeError("These accounts have a password that everybody knows.")
    person = User.objects.create_user(ADMINISTRATOR, name=name)
    person.password = password
    person.save(update_fields=["password"])
    person.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    Event.record(actor=None, verb="person.created", target=person)
    administrator: User = User.objects.get(pk=person.pk)
    return administrator
