"""What several do at the same moment, with real threads and transactions."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Membership, User
from organisation.services import joining, leaving, managing_people, running_errands
from tests.factories import UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def together(*acts):
    """Start all at once; what each returned or refused with."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            results[number] = act()
        except Refused as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


def claimed(pk):
    with Errand.claim(pk) as mine:
        return mine is not None


def test_twenty_workers_and_one_errand():
    pk = Errand.objects.create(task="organisation.tasks.mail_notice").pk
    assert sum(together(*[lambda: claimed(pk)] * 20)) == 1
    assert Errand.objects.get().attempts == 1


def test_five_beats_at_once_write_every_slot_once(settings):
    settings.DAILY_ERRANDS, settings.REPEATING_ERRANDS = [("daily", 0, 0)], [("often", 3600)]
    together(*[running_errands.tick] * 5)
    keys = list(Errand.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) <= 4


def test_two_administrators_cannot_put_each_other_out_at_once(cast):
    other = UserFactory(name="Other")
    other.groups.add(Group.objects.get_or_create(name="administrator")[0])
    other = User.objects.get(pk=other.pk)
    results = together(
        lambda: leaving.deactivate(by=cast.admin, person=other),
        lambda: leaving.deactivate(by=other, person=cast.admin),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert User.objects.filter(is_active=True, groups__name="administrator").count() == 1


def test_two_administrators_cannot_take_each_others_role_at_once(cast):
    other = UserFactory(name="Other")
    other.groups.add(Group.objects.get_or_create(name="administrator")[0])
    other = User.objects.get(pk=other.pk)
    together(
        lambda: managing_people.set_roles(by=cast.admin, person=other, roles=[]),
        lambda: managing_people.set_roles(by=other, person=cast.admin, roles=[]),
    )
    assert User.objects.filter(groups__name="administrator").count() == 1


def test_one_place_in_a_team_however_often_it_is_asked_at_once(cast):
    def join():
        return joining.add_membership(by=cast.admin, person=cast.policy, team=cast.youth, role="manager")

    results = together(*[join] * 5)
    assert sum(isinstance(result, Membership) for result in results) == 1
    assert cast.policy.memberships.count() == 1
    assert Event.objects.filter(verb="person.joined_team").count() == 1
