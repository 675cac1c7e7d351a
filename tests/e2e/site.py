"""The demo municipality as `make run` brings it up: web, worker and beat, on a port and in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 600  # on a machine that does other things too
SECONDS_TO_STOP = 40
OWN = ("DATABASE_URL", "REDIS_URL", "VAR_DIR", "STATIC_ROOT", "PORT", "BASE_URL", "DEMO")


def free_port() -> int:
    """A port where nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    """Whether something answers there at this moment."""
    try:
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
    except (urllib.error.URLError, OSError):
        return False
    return True


def session_of(leader: int) -> list[int]:
    """The processes that were started by this one, in their own session or a later one, by their environment."""
    mark, found = f"SITE_OF={leader}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a fresh demo municipality; stopped as by Ctrl-C afterwards.

    `MUNICIPALITY=…`, the `var` of one that `make run` made and nobody used, saves making it again.
    """
    if made := os.environ.get("MUNICIPALITY"):
        shutil.copytree(made, folder, dirs_exist_ok=True)
    port, mark = free_port(), os.getpid()
    surroundings = {name: value for name, value in os.environ.items() if name not in OWN}
    surroundings |= {"PORT": str(port), "VAR_DIR": str(folder), "STATIC_ROOT": str(folder / "static")}
    surroundings |= {"DATABASE_URL": f"sqlite:///{folder}/handelingsruimte.sqlite3", "DEMO": "1", "SITE_OF": str(mark)}
    surroundings |= {"ERRAND_TICK_SECONDS": "2", "EMAIL_URL": "dummymail://"}
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env=surroundings,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url, patience = f"http://localhost:{port}", time.monotonic() + SECONDS_TO_START
    while not answers(f"{url}/login/"):
        if process.poll() is not None or time.monotonic() > patience:
            raise AssertionError((folder / "log").read_text()[-3000:])
        time.sleep(0.5)
    try:
        yield url
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(SECONDS_TO_STOP)
        finally:
            lingering = session_of(mark)
            for pid in lingering:
                os.kill(pid, signal.SIGKILL)
        assert not lingering, "Something lingers after Ctrl-C"
