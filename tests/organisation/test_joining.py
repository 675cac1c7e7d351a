"""Joining and leaving a team works at once, and a role is held once at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisation.kernel.access import Refused
from organisation.models import Event, Membership, User
from organisation.services import joining

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def roles(person):
    return User.objects.get(pk=person.pk).roles


def test_a_role_in_a_team_counts_from_its_first_day(cast):
    joining.add_membership(by=cast.admin, person=cast.policy, team=cast.youth, role="manager")
    assert roles(cast.policy) == {"policy_officer", "manager"}
    joining.add_membership(by=cast.admin, person=cast.reporter, team=cast.youth, role="manager", since=today(1))
    assert roles(cast.reporter) == {"reporter"}


def test_it_ends_on_the_day_it_says(cast):
    joining.add_membership(
        by=cast.admin, person=cast.policy, team=cast.youth, role="manager", since=today(-5), until=today()
    )
    assert roles(cast.policy) == {"policy_officer"}


def test_ending_it_works_at_once_and_keeps_the_row(cast):
    membership = cast.colleague.memberships.get()
    joining.end_membership(by=cast.admin, membership=membership)
    assert roles(cast.colleague) == set()
    membership.refresh_from_db()
    assert membership.until == today()
    assert Event.objects.about(cast.colleague).get().before == "Inkomen: caseworker"


def test_ending_what_has_ended_changes_nothing(cast):
    membership = cast.colleague.memberships.get()
    joining.end_membership(by=cast.admin, membership=membership)
    joining.end_membership(by=cast.admin, membership=membership)
    assert Event.objects.about(cast.colleague).count() == 1


def test_ending_what_was_still_to_begin_means_that_it_never_held(cast):
    later = joining.add_membership(by=cast.admin, person=cast.policy, team=cast.youth, role="manager", since=today(9))
    ended = joining.end_membership(by=cast.admin, membership=later)
    assert ended.until == ended.since
    assert not Membership.objects.current(on=today(9)).filter(pk=ended.pk).exists()


@pytest.mark.parametrize(("since", "until"), [(0, None), (-60, None), (3, 9), (-60, -29)])
def test_the_same_role_twice_at_a_time_is_refused(cast, since, until):
    with pytest.raises(Refused):
        joining.add_membership(
            by=cast.admin,
            person=cast.colleague,
            team=cast.income,
            role="caseworker",
            since=today(since),
            until=today(until) if until else None,
        )


def test_the_same_role_before_or_after_is_fine(cast):
    joining.add_membership(
        by=cast.admin,
        person=cast.colleague,
        team=cast.income,
        role="caseworker",
        since=today(-90),
        until=today(-30),
    )
    joining.end_membership(by=cast.admin, membership=cast.colleague.memberships.get(until=None))
    joining.add_membership(by=cast.admin, person=cast.colleague, team=cast.income, role="caseworker")
    assert roles(cast.colleague) == {"caseworker"}


@pytest.mark.parametrize(("role", "since", "until"), [("administrator", 0, None), ("manager", 0, 0), ("manager", 5, 3)])
def test_what_makes_no_sense_is_refused(cast, role, since, until):
    with pytest.raises(Refused):
        joining.add_membership(
            by=cast.admin,
            person=cast.policy,
            team=cast.youth,
            role=role,
            since=today(since),
            until=None if until is None else today(until),
        )


def test_nobody_joins_a_closed_team_or_joins_by_their_own_hand(cast):
    cast.youth.closed_on = today()
    cast.youth.save()
    for actor, team in ((cast.admin, cast.youth), (cast.manager, cast.income)):
        with pytest.raises(Refused):
            joining.add_membership(by=actor, person=cast.policy, team=team, role="caseworker")
    with pytest.raises(Refused):
        joining.add_membership(by=cast.admin, person=cast.admin, team=cast.income, role="manager")
