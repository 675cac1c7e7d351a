"""Workers that can be killed: a process that does what it is told in a child each time, and the test's hold on it.

Run as a script it reads a line on stdin: a Celery task and the errand it is handed, or `reply` and a question. It
writes the number of the child, and on the next line how that ended.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
REPLY = "reply"


@dataclass
class Kennel:
    """Workers in processes of their own, on the database of the test."""

    into: IO[str]
    out: IO[str]
    chance: random.Random

    def work(self, what: str, about: object, *, killed_after: float | None = None) -> bool:
        """Let a worker do this; whether it came to its end."""
        self.into.write(f"{what} {about}\n")
        self.into.flush()
        child = int(self.out.readline())
        if killed_after is not None:
            with suppress(ProcessLookupError):
                wait_for_end(child, killed_after)
                os.kill(child, signal.SIGKILL)
        return int(self.out.readline()) == 0

    def timed(self, what: str, about: object) -> float:
        """How long it takes when nobody disturbs it."""
        began = time.monotonic()
        assert self.work(what, about)
        return time.monotonic() - began

    def killed(self, what: str, about: object, took: float) -> bool:
        """Begun, and killed at some moment before it would be done; False when it was done sooner."""
        return not self.work(what, about, killed_after=self.chance.uniform(0, took))


def wait_for_end(child: int, seconds: float) -> None:
    """At most this long. Raises `ProcessLookupError` as soon as the child is gone."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        os.kill(child, 0)
        time.sleep(0.002)


@contextmanager
def opened(folder: Path) -> Iterator[Kennel]:
    """A kennel on the database of this test; its broker is a folder nobody reads."""
    env = os.environ | {"DATABASE_URL": address(), "SECRET_KEY": "", "REDIS_URL": "", "VAR_DIR": str(folder)}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT), "DEMO": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, __file__], env=env, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield Kennel(process.stdin, process.stdout, random.Random())
        process.stdin.close()


def address() -> str:
    """The test database, for another process."""
    from django.db import connection

    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(given['NAME']).resolve()}"
    user, host = given["USER"] or "postgres", given["HOST"] or "127.0.0.1"
    return f"postgres://{user}:{given['PASSWORD']}@{host}:{given['PORT'] or 5432}/{given['NAME']}"


def listen() -> None:
    """Do what stdin says until it ends."""
    import django

    django.setup()
    from celery import current_app

    current_app.loader.import_default_modules()
    for line in sys.stdin:
        what, about = line.split()
        if not (child := os.fork()):
            try:
                reply(about) if what == REPLY else current_app.tasks[what](about)
                os._exit(0)
            except BaseException:  # noqa: BLE001  whatever it was, the child ends
                os._exit(1)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def reply(pk: str) -> None:
    """What the form of a policy officer does: answer all who do not know yet."""
    from learning.models import LearningQuestion
    from learning.services import replying

    question = LearningQuestion.objects.get(pk=pk)
    replying.reply(question=question, by=question.owner, kind="done", text="The form was made shorter.")


if __name__ == "__main__":
    listen()
