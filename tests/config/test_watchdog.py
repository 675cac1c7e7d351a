"""A worker that takes nothing while work waits is ended; one that is busy, or has nothing to do, never is."""

import pytest
from celery import Celery

from config.watchdog import Watch, waiting


@pytest.fixture
def worker():
    """What the watch sees: messages that wait, and whether the worker is busy."""
    seen = {"waiting": 1, "busy": False}
    watch = Watch(waiting=lambda: seen["waiting"], busy=lambda: seen["busy"], patience=60)
    return watch, seen


def test_it_ends_after_its_patience_and_not_before(worker):
    watch, _seen = worker
    assert [watch.stands_still(now) for now in (0, 30, 60, 61)] == [False, False, False, True]


@pytest.mark.parametrize("change", [{"busy": True}, {"waiting": 0}])
def test_who_is_busy_or_has_nothing_to_do_does_not_stand_still(worker, change):
    watch, seen = worker
    watch.stands_still(0)
    seen |= change
    assert not watch.stands_still(1000)
    seen |= {"waiting": 1, "busy": False}
    assert not watch.stands_still(1030)


def test_taking_work_begins_it_again(worker):
    watch, _seen = worker
    watch.stands_still(0)
    watch.received()
    assert not watch.stands_still(61)
    assert watch.stands_still(122)


def test_a_broker_that_is_away_is_no_fault_of_the_worker():
    away = Celery("away", set_as_current=False, broker="redis://127.0.0.1:1/0")
    away.conf.broker_transport_options = {"max_retries": 0, "socket_connect_timeout": 1}
    assert waiting(away) == 0


def test_what_waits_in_the_queue_is_seen(settings, tmp_path):
    from config import broker

    ours = broker.settings("", tmp_path)
    here = Celery("here", set_as_current=False, broker=ours["CELERY_BROKER_URL"])
    here.conf.broker_transport_options = ours["CELERY_BROKER_TRANSPORT_OPTIONS"]
    for _message in range(3):
        here.send_task("organisation.tasks.tick")
    assert waiting(here) == 3
