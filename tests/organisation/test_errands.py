"""The errand book: acknowledged work is done once, whatever happens to workers, beat and broker (promises 13, 14)."""

import socket
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import Celery, current_app
from celery.exceptions import OperationalError
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from config import broker
from organisation.models import Errand, Heartbeat
from organisation.models.errands import LEASE, MAX_ATTEMPTS, _nudging
from organisation.services import running_errands

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(autouse=True)
def broker_is_there():
    """No pause left over from another test."""
    _nudging["again_at"] = 0.0
    yield
    _nudging["again_at"] = 0.0


def errand(**fields):
    return Errand.objects.create(task="organisation.tasks.mail_notice", **fields)


def work_on(pk):
    """What every task does: claim, work, close. Returns whether the work was done."""
    with Errand.claim(pk) as mine:
        return mine is not None


def test_ten_deliveries_do_the_work_once():
    pk = errand().pk
    assert [work_on(pk) for _ in range(10)] == [True] + [False] * 9
    assert Errand.objects.get().done_at


def test_an_attempt_is_counted_before_the_work_starts():
    with Errand.claim(errand().pk) as mine:
        assert Errand.objects.get().attempts == mine.attempts == 1


def test_who_comes_while_somebody_works_on_it_gets_nothing():
    pk = errand().pk
    with Errand.claim(pk) as mine:
        assert mine
        assert not work_on(pk)


def test_a_fault_puts_it_back_with_a_pause_and_after_three_times_it_is_given_up():
    pk = errand().pk
    now = timezone.now()
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with time_machine.travel(now + timedelta(hours=attempt)):
            with pytest.raises(ValueError, match="secret"), Errand.claim(pk):
                raise ValueError("secret words")
            after = Errand.objects.get()
            assert after.attempts == attempt
            assert after.due_at > timezone.now()
            assert not work_on(pk)
    assert after.failed_at
    assert after.fault == "ValueError"
    with time_machine.travel(now + timedelta(days=9)):
        assert not work_on(pk)


def test_the_work_of_a_killed_worker_is_taken_up_when_its_lease_expires():
    pk = errand().pk
    killed = Errand.claim(pk)
    assert killed.__enter__()
    assert not work_on(pk)
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert Errand.objects.due().get().pk == pk
        assert work_on(pk)
    assert Errand.objects.get().attempts == 2


def test_what_kills_its_worker_three_times_is_given_up():
    pk, now = errand().pk, timezone.now()
    killed = []
    for attempt in range(MAX_ATTEMPTS):
        with time_machine.travel(now + attempt * (LEASE + timedelta(seconds=1))):
            killed.append(Errand.claim(pk))
            assert killed[-1].__enter__()
    with time_machine.travel(now + timedelta(hours=1)):
        assert not work_on(pk)
        assert Errand.objects.get().failed_at
        assert not Errand.objects.due().exists()


def test_a_worker_that_is_alive_keeps_its_lease():
    with Errand.claim(errand().pk) as mine, time_machine.travel(timezone.now() + timedelta(minutes=10)):
        mine.renew()
        assert not Errand.objects.due().exists()


def test_the_errand_and_what_made_it_due_exist_together_or_not_at_all():
    def half_way():
        with transaction.atomic():
            Errand.put(task="organisation.tasks.mail_notice")
            raise ValueError

    with pytest.raises(ValueError, match="^$"):
        half_way()
    assert not Errand.objects.exists()


def test_a_key_makes_one_errand(django_capture_on_commit_callbacks, sent):
    with django_capture_on_commit_callbacks(execute=True):
        first = Errand.put(task="organisation.tasks.mail_notice", key="once")
        second = Errand.put(task="organisation.tasks.mail_notice", key="once")
    assert first.pk == second.pk
    assert sent == [("organisation.tasks.mail_notice", [str(first.pk)])]


def test_later_work_is_not_handed_out_now(django_capture_on_commit_callbacks, sent):
    with django_capture_on_commit_callbacks(execute=True):
        Errand.put(task="organisation.tasks.mail_notice", due_at=timezone.now() + timedelta(hours=1))
    assert sent == []
    assert running_errands.tick() == 0 or not any("mail_notice" in name for name, _args in sent)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        running_errands.tick()
    assert "organisation.tasks.mail_notice" in [name for name, _args in sent]


def test_with_the_broker_down_the_request_answers_and_the_tick_delivers_later(
    as_user, cast, client, django_capture_on_commit_callbacks, monkeypatch, sent
):
    def refuse(*args, **kwargs):
        raise OperationalError("no broker")

    with monkeypatch.context() as down:
        down.setattr(current_app, "send_task", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_user(cast.admin).post(f"/organisation/people/{cast.colleague.pk}/link/")
    assert answer.status_code == 303
    assert sent == []
    running_errands.tick()
    assert "organisation.tasks.mail_password_link" in [name for name, _args in sent]


def test_a_broker_that_is_really_gone_is_tried_once_and_then_left_alone(monkeypatch, tmp_path):
    ours = broker.settings("redis://127.0.0.1:1/0", tmp_path)
    gone = Celery("gone", set_as_current=False, broker=ours["CELERY_BROKER_URL"])
    gone.conf.broker_transport_options = ours["CELERY_BROKER_TRANSPORT_OPTIONS"]
    monkeypatch.setattr("organisation.models.errands.current_app", gone)
    tries = knocking(monkeypatch)
    for _notice in range(10):
        errand().nudge()
    assert len(tries) == 1
    with pytest.raises(OperationalError):
        errand().hand_out()
    assert len(tries) == 2


def knocking(monkeypatch):
    """Every attempt to open a connection to the broker, by its address."""
    tries, knock = [], socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda door, address: tries.append(address) or knock(door, address))
    return tries


def test_the_tick_shows_that_worker_and_beat_are_alive_and_clears_what_is_long_done():
    errand(key="old", done_at=timezone.now() - timedelta(days=15))
    errand(key="new", done_at=timezone.now() - timedelta(days=13))
    running_errands.tick()
    assert Heartbeat.objects.get(name="worker").at > timezone.now() - timedelta(seconds=30)
    assert set(Errand.objects.filter(key__in=("old", "new")).values_list("key", flat=True)) == {"new"}


@pytest.fixture
def one_slot(settings):
    """One daily slot at half past two, and one every minute."""
    settings.DAILY_ERRANDS = [("daily", 2, 30)]
    settings.REPEATING_ERRANDS = [("often", 60)]


def at(*moment):
    return datetime(*moment, tzinfo=AMSTERDAM)


def slots(task):
    return Errand.objects.filter(task=task).count()


def test_two_beats_make_every_slot_once(one_slot):
    for _beat in range(2):
        for minute in range(3):
            running_errands.write_slots(at(2026, 3, 10, 2, 29 + minute))
    assert slots("often") == 3
    assert slots("daily") == 3  # of today, and of the two days before, which nobody had made


def test_after_three_hours_without_beat_the_slot_that_was_missed_is_made_up(one_slot):
    running_errands.write_slots(at(2026, 3, 10, 2, 0))
    before = slots("daily")
    running_errands.write_slots(at(2026, 3, 10, 5, 0))
    assert slots("daily") == before + 1
    assert Errand.objects.filter(key="daily@2026-03-10").get().due_at == at(2026, 3, 10, 2, 30)


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25)])
def test_the_night_the_clock_changes_has_its_slot_once(one_slot, day):
    for hour in range(24):
        running_errands.write_slots(at(*day, hour, 5))
    key = "daily@{}-{:02d}-{:02d}".format(*day)
    assert Errand.objects.filter(key=key).count() == 1


class AnyOrder(TestCase):
    """Whatever the order of deliveries, faults and kills, the work is done at most once and stops."""

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.sampled_from(["deliver", "fault", "kill", "wait"]), max_size=25))
    def test_the_work_is_done_at_most_once_and_tried_at_most_three_times(self, happenings):
        pk, now, done, killed = errand().pk, timezone.now(), 0, []
        for happening in happenings:
            with time_machine.travel(now, tick=False):
                if happening == "deliver":
                    done += work_on(pk)
                elif happening == "kill":
                    killed.append(Errand.claim(pk))
                    killed[-1].__enter__()
                elif happening == "fault":
                    try:
                        with Errand.claim(pk) as mine:
                            if mine:
                                raise ValueError
                    except ValueError:
                        pass
                else:
                    now += timedelta(minutes=10)
        after = Errand.objects.get(pk=pk)
        assert done <= 1
        assert bool(after.done_at) == bool(done)
        assert after.attempts <= MAX_ATTEMPTS
