"""Redis killed, flushed or stopped: all work that was due is done within minutes of its return, once (promise 13).

With a Redis, a worker and a beat of the test's own. Every piece of work is a notice, whose e-mail is a file.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection

from config import broker
from organisation.models import Errand, Event, Notice, User
from organisation.models.errands import _nudging
from tests.learning.kennel import ROOT, address

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
    pytest.mark.drill,
    pytest.mark.timeout(600),
    # Redis stands beside PostgreSQL; with SQLite folders carry the messages.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Redis goes with PostgreSQL"),
]
AT_ONCE = 10
PROMISED = 300  # seconds


@dataclass
class Site:
    """Redis, worker and beat."""

    folder: Path
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where Redis answers."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start_redis(self) -> None:
        """Empty, as after a crash without a copy on disk."""
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self._start("redis", ["redis-server", *options, "--dir", str(self.folder)], os.environ)
        wait_until(self.answers, 20)

    def start_celery(self) -> None:
        """As in the Procfile; the tick comes every second."""
        env = os.environ | {"DATABASE_URL": address(), "REDIS_URL": self.url, "VAR_DIR": str(self.folder)}
        env |= {"DEMO": "1", "SECRET_KEY": "", "ERRAND_TICK_SECONDS": "1", "EMAIL_URL": f"filemail:///{self.mail}"}
        kept = [sys.executable, "scripts/tied.py"]
        celery = f"exec {sys.executable} -m celery --quiet --app config"
        self._start("worker", [*kept, f"{celery} worker --concurrency 1 --loglevel error"], env)
        self._start("beat", [*kept, f"{celery} beat --loglevel error --pidfile="], env)

    def signalled(self, name: str, how: signal.Signals) -> None:
        """Send a signal to one of them with its children, and wait for its end when that is what it means."""
        os.killpg(self.running[name].pid, how)
        if how == signal.SIGKILL:
            self.running.pop(name).wait(30)

    def answers(self) -> bool:
        """Whether Redis does."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as door:
            door.sendall(b"PING\r\n")
            return door.recv(16).startswith(b"+PONG")
        return False

    def flush(self) -> None:
        """Forget everything."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as door:
            door.sendall(b"FLUSHALL\r\n")
            assert door.recv(16).startswith(b"+OK")

    @property
    def mail(self) -> Path:
        """The folder of the e-mail."""
        return self.folder / "mail"

    def _start(self, name: str, command: list[str], env: "os._Environ[str] | dict[str, str]") -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdout=log, stderr=log, start_new_session=True
        )


def wait_until(true: Callable[[], bool], seconds: float) -> float:
    """How long it took until this was so; a failure when it takes longer."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "this takes too long"
        time.sleep(0.1)
    return time.monotonic() - began


@contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """Everything running; killed afterwards, children too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site = Site(folder, probe.getsockname()[1])
    site.start_redis()
    site.start_celery()
    try:
        yield site
    finally:
        for process in site.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def site(tmp_path, monkeypatch):
    if not shutil.which("redis-server"):
        if os.environ.get("CI"):
            pytest.fail("Redis is missing: apt-get install redis-server")
        pytest.skip("Redis is not installed on this machine: apt-get install redis-server")
    with opened(tmp_path) as running:
        ours = broker.settings(running.url, tmp_path)
        here = Celery("here", set_as_current=False, broker=running.url)
        here.conf.broker_transport_options = ours["CELERY_BROKER_TRANSPORT_OPTIONS"]
        monkeypatch.setattr("organisation.models.errands.current_app", here)
        yield running


@pytest.fixture
def work(site, cast):
    """`work()`: ten notices that are due, saved and nudged as a page does it, whether or not Redis is there."""

    def put() -> None:
        _nudging["again_at"] = 0.0
        for _number in range(AT_ONCE):
            event = Event.record(actor=cast.manager, verb="question.ask", target=cast.caseworker)
            Notice.queue(event=event, recipients=[User.objects.get(pk=cast.caseworker.pk)], url="/")

    put()
    wait_until(all_done, 60)  # until worker and beat are there
    return put


def all_done() -> bool:
    """Nothing of ours is open."""
    return not Errand.objects.open().filter(task="organisation.tasks.mail_notice").exists()


def done_once(site: Site, times: int) -> float:
    """All is done within the time that was promised, and every notice was mailed once."""
    took = wait_until(all_done, PROMISED)
    assert Errand.objects.filter(task="organisation.tasks.mail_notice", failed_at__isnull=False).count() == 0
    assert sum(file.read_text().count("Message-ID:") for file in site.mail.iterdir()) == AT_ONCE * times
    return took


def test_redis_killed_with_work_in_it(site, work, capsys):
    site.signalled("worker", signal.SIGSTOP)
    work()
    site.signalled("redis", signal.SIGKILL)
    work()
    site.start_redis()
    site.signalled("worker", signal.SIGCONT)
    report(capsys, "killed", done_once(site, 3))


def test_redis_flushed_with_work_in_it(site, work, capsys):
    site.signalled("worker", signal.SIGSTOP)
    work()
    site.flush()
    site.signalled("worker", signal.SIGCONT)
    report(capsys, "flushed", done_once(site, 2))


def test_redis_stopped_while_work_comes_in(site, work, capsys):
    site.signalled("redis", signal.SIGSTOP)
    work()
    time.sleep(8)
    site.signalled("redis", signal.SIGCONT)
    report(capsys, "stopped", done_once(site, 2))


def report(capsys, how: str, seconds: float) -> None:
    """The measured time stands in the output of the suite."""
    with capsys.disabled():
        print(f" [Redis {how}: all work done {seconds:.0f} s after its return]", end="", flush=True)
