"""The broker of folders: a message is on the queue whole or not at all."""

import os
from queue import Empty

import pytest
from celery import Celery

from config import broker, folders


@pytest.fixture
def channel(tmp_path):
    ours = broker.settings("", tmp_path)
    here = Celery("here", set_as_current=False, broker=ours["CELERY_BROKER_URL"])
    here.conf.broker_transport_options = ours["CELERY_BROKER_TRANSPORT_OPTIONS"]
    with here.connection_for_write() as connection:
        yield connection.default_channel


def test_nobody_takes_a_message_that_is_still_being_written(channel, monkeypatch):
    seen = []

    def look_first(written, message):
        seen.append(channel._size("celery"))
        with pytest.raises(Empty):
            channel._get("celery")
        os.rename(written, message)

    monkeypatch.setattr(folders.os, "replace", look_first)
    channel._put("celery", {"body": "één taak"})
    assert seen == [0]
    assert channel._size("celery") == 1
    assert channel._get("celery") == {"body": "één taak"}


def test_every_message_is_taken_once_from_its_own_queue(channel):
    for number in range(3):
        channel._put("celery", {"number": number})
    with pytest.raises(Empty):
        channel._get("other")
    taken = [channel._get("celery")["number"] for _message in range(3)]
    assert sorted(taken) == [0, 1, 2]
    assert channel._size("celery") == 0
