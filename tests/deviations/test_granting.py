"""Giving room, changing who holds it, and ending it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceUserPermission
from deviations.services import granting, submitting
from deviations.tasks import expire_spaces
from organisation.kernel.access import Refused, WrongState
from organisation.models import Errand, Event, Membership, Notice, User
from tests.factories import MembershipFactory, PolicyDomainFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def covered(cast, draft):
    """`covered()` sends in a deviation and says whether a space agreed to it."""
    return lambda: bool(submitting.submit(deviation=draft(), by=fresh(cast.caseworker)).space)


def test_holders_hear_of_their_room_and_see_it(cast, space):
    room = space()
    assert (room.state, room.granted_by) == ("active", cast.manager)
    assert {notice.recipient for notice in Notice.objects.all()} == {cast.caseworker}
    assert room in DiscretionarySpace.objects.visible_to(cast.caseworker)
    assert room not in DiscretionarySpace.objects.visible_to(cast.colleague)
    assert not DiscretionarySpace.objects.visible_to(cast.othermanager).exists()


def test_a_draft_is_for_managers_of_the_team_only(cast):
    drafted = granting.draft_space(
        team=cast.income, by=cast.manager, fields={"name": "X", "valid_until": TODAY()}, people=[cast.caseworker]
    )
    assert drafted not in DiscretionarySpace.objects.visible_to(cast.caseworker)
    assert drafted in DiscretionarySpace.objects.visible_to(cast.manager)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["caseworker", "othermanager", "policy", "admin"])
def test_nobody_else_gives_room_in_this_team(cast, space, who):
    person, room = getattr(cast, who), space()
    with pytest.raises(Refused):
        granting.draft_space(team=cast.income, by=person, fields={"name": "X", "valid_until": TODAY()})
    for end in (granting.suspend, granting.withdraw_space):
        with pytest.raises(Refused):
            end(space=room, by=person, reasons="Because.")
    with pytest.raises(Refused):
        granting.set_holders(space=room, by=person, people=[], whole_team=True)


@pytest.mark.parametrize(
    "lacking",
    [
        {"routines": []},
        {"people": []},
        {"valid_from": "2020-01-01", "valid_until": "2020-12-31"},
        {"means_slider": 3},
        {"cents_per_deviation": None},
    ],
)
def test_half_a_space_is_not_granted(cast, routine, lacking):
    people = lacking.pop("people", [cast.caseworker])
    fields = {"name": "X", "purpose": "Y", "means_slider": 1, "cents_per_deviation": 1, "valid_until": "2099-01-01"}
    fields |= {"routines": [routine], **lacking}
    drafted = granting.draft_space(team=cast.income, by=cast.manager, fields=fields, people=people)
    with pytest.raises(Refused):
        granting.grant_space(space=drafted, by=cast.manager)
    drafted.refresh_from_db()
    assert drafted.state == "draft"


def test_a_whole_policy_domain_is_reach_enough(cast, covered, routine):
    fields = {"name": "X", "rules_slider": 3, "deciding_slider": 4, "purpose_slider": 4, "valid_until": "2099-01-01"}
    drafted = granting.draft_space(
        team=cast.income,
        by=cast.manager,
        fields=fields | {"policy_domains": [routine.policy_domain, PolicyDomainFactory()]},
        whole_team=True,
    )
    granting.grant_space(space=drafted, by=cast.manager)
    assert covered()


def test_a_manager_does_not_give_room_to_themselves(cast, routine, draft):
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    manager = fresh(cast.manager)
    fields = {"name": "X", "valid_until": "2099-01-01", "routines": [routine], "rules_slider": 4, "deciding_slider": 4}
    with pytest.raises(Refused):
        granting.draft_space(team=cast.income, by=manager, fields=fields, people=[manager])
    through_the_team = granting.draft_space(team=cast.income, by=manager, fields=fields, whole_team=True)
    granting.grant_space(space=through_the_team, by=manager)
    own = submitting.submit(deviation=draft(manager), by=manager)
    assert (own.state, own.space) == ("awaiting", None)


def test_nor_through_a_space_of_another_manager(cast, space):
    second = UserFactory(name="Second")
    for role in ("manager", "caseworker"):
        MembershipFactory(user=second, team=cast.income, role=role)
    room = space()
    with pytest.raises(Refused):
        granting.set_holders(space=room, by=second, people=[], whole_team=True)
    granting.set_holders(space=room, by=cast.manager, people=[second], whole_team=False)
    granting.suspend(space=room, by=cast.manager, reasons="Wait.")
    with pytest.raises(Refused):
        granting.resume(space=room, by=second)


def test_a_draft_with_oneself_in_it_is_not_granted_by_oneself(cast, space, routine):
    second = UserFactory(name="Second")
    for role in ("manager", "caseworker"):
        MembershipFactory(user=second, team=cast.income, role=role)
    drafted = granting.draft_space(
        team=cast.income,
        by=cast.manager,
        fields={"name": "X", "valid_until": "2099-01-01", "routines": [routine]},
        people=[second],
    )
    with pytest.raises(Refused):
        granting.grant_space(space=drafted, by=second)


def test_only_people_of_the_team_hold_its_room(cast, space):
    with pytest.raises(Refused):
        space(people=[cast.stranger])
    with pytest.raises(Refused):
        granting.set_holders(space=space(), by=cast.manager, people=[], whole_team=False)


def test_a_holder_who_is_taken_off_is_refused_at_the_next_request(cast, space, covered):
    room = space()
    assert covered()
    granting.set_holders(space=room, by=cast.manager, people=[cast.colleague], whole_team=False)
    assert not covered()
    event = Event.objects.about(room).first()
    assert (event.verb, event.before, event.after) == ("space.holders", "Caseworker", "Colleague")


def test_saying_the_same_holders_again_says_nothing(cast, space):
    room = space()
    lines = Event.objects.count()
    granting.set_holders(space=room, by=cast.manager, people=[cast.caseworker], whole_team=False)
    assert Event.objects.count() == lines


def test_suspended_withdrawn_and_expired_room_covers_nothing_at_once(cast, space, covered):
    room = space()
    granting.suspend(space=room, by=cast.manager, reasons="First we talk.")
    assert not covered()
    granting.resume(space=room, by=cast.manager)
    assert covered()
    granting.withdraw_space(space=room, by=cast.manager, reasons="It is over.")
    assert not covered()
    assert Notice.objects.filter(recipient=cast.caseworker, event__verb="space.withdraw").exists()


def test_past_its_last_day_it_covers_nothing_without_any_task(space, covered):
    room = space()
    room.valid_from, room.valid_until = TODAY() - timedelta(days=9), TODAY() - timedelta(days=1)
    room.save()
    assert not covered()
    assert (room.state, room.state_today) == ("active", "expired")


def test_before_its_first_day_it_covers_nothing(space, covered):
    space(valid_from=TODAY() + timedelta(days=1))
    assert not covered()


def test_who_left_the_team_keeps_no_room(cast, space, covered, case):
    space()
    Membership.objects.filter(user=cast.caseworker).delete()
    MembershipFactory(user=cast.caseworker, team=cast.youth)
    assert not DiscretionarySpace.objects.held_by(fresh(cast.caseworker)).exists()


def test_who_left_altogether_sees_and_holds_nothing(cast, space):
    space()
    cast.caseworker.is_active, cast.caseworker.left_at = False, timezone.now()
    cast.caseworker.save()
    left = fresh(cast.caseworker)
    assert not DiscretionarySpace.objects.held_by(left).exists()
    assert not DiscretionarySpace.objects.visible_to(left).exists()


def test_ending_room_needs_reasons_but_a_draft_does_not(cast, space):
    with pytest.raises(Refused):
        granting.suspend(space=space(), by=cast.manager, reasons=" ")
    drafted = granting.draft_space(team=cast.income, by=cast.manager, fields={"name": "X", "valid_until": TODAY()})
    assert granting.withdraw_space(space=drafted, by=cast.manager, reasons="").state == "withdrawn"


def test_what_is_over_is_not_taken_up_again(cast, space):
    room = space()
    granting.suspend(space=room, by=cast.manager, reasons="Wait.")
    DiscretionarySpace.objects.filter(pk=room.pk).first()
    room.refresh_from_db()
    room.valid_from, room.valid_until = TODAY() - timedelta(days=9), TODAY() - timedelta(days=1)
    room.save()
    with pytest.raises(Refused):
        granting.resume(space=room, by=cast.manager)
    with pytest.raises(WrongState):
        granting.grant_space(space=room, by=cast.manager)


def test_the_nightly_task_closes_the_books_once(cast, space):
    over, still = space(), space()
    over.valid_from, over.valid_until = TODAY() - timedelta(days=9), TODAY() - timedelta(days=1)
    over.save()
    errand = Errand.put(task="deviations.tasks.expire_spaces")
    expire_spaces(str(errand.pk))
    expire_spaces(str(errand.pk))
    over.refresh_from_db()
    still.refresh_from_db()
    assert (over.state, still.state) == ("expired", "active")
    assert Event.objects.filter(verb="space.expire", actor_id=None).count() == 1
    assert Notice.objects.filter(event__verb="space.expire", recipient=cast.manager).exists()
    assert granting._expire_one(over.pk, TODAY()) == 0


def test_an_older_window_does_not_write_over_a_newer_draft(cast):
    drafted = granting.draft_space(team=cast.income, by=cast.manager, fields={"name": "X", "valid_until": TODAY()})
    words = {"space": drafted, "by": cast.manager, "people": [], "whole_team": False}
    granting.save_space(fields={"name": "Y"}, version=1, **words)
    with pytest.raises(Refused):
        granting.save_space(fields={"name": "Z"}, version=1, **words)
    assert granting.save_space(fields={"name": "Z", "state": "active"}, **words).state == "draft"


def test_a_space_in_force_is_not_rewritten(cast, space):
    with pytest.raises(WrongState):
        granting.save_space(space=space(), by=cast.manager, fields={"name": "Y"}, people=[], whole_team=False)


def test_the_database_knows_the_limits_of_a_space(cast, space):
    room = space()
    for name, wrong in (("rules_slider", 5), ("state", "lost"), ("valid_until", TODAY() - timedelta(days=999))):
        room.refresh_from_db()
        setattr(room, name, wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            room.save()


def test_the_permission_is_the_one_of_this_space_only(cast, space):
    room, other = space(), space(people=[cast.colleague])
    assert list(DiscretionarySpace.objects.held_by(fresh(cast.caseworker))) == [room]
    assert SpaceUserPermission.objects.get(content_object=other).user == cast.colleague
