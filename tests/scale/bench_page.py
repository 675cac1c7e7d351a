"""A list page of 25 rows against a bare "hello" on the same web server: requests a second, as a ratio."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.scale import scratch

ROWS, HELLOS, PAGES = 25, 2_000, 300
GOAL = 0.12


def hello(environ, start_response):
    """The least a web server can do."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def main() -> int:
    """Print the ratio; 1 when the goal was missed."""
    name = scratch.start()
    cookie = _fill()
    os.environ["STATIC_ROOT"] = f"{os.environ['VAR_DIR']}/static"
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True, cwd=scratch.ROOT)
    with _served("tests.scale.bench_page:hello") as port:
        bare = _rate(port, "/", HELLOS, {})
    with _served("config.wsgi:application") as port:
        page = _rate(port, "/cases/", PAGES, {"Cookie": cookie, "Host": "localhost"})
    print(f"\n{name}: hello {bare:.0f} a second, a page of {ROWS} rows {page:.0f} a second, one worker")
    share = page / bare
    met = share >= GOAL
    print(f"  {'page of 25 rows, of hello':<58}{share:8.3f}x  goal ≥ {GOAL}x  {'met' if met else 'NOT MET'}")
    return int(not met)


def _fill() -> str:
    """Cases for a caseworker; the cookie of a session of theirs."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import CaseFactory, MembershipFactory

    membership = MembershipFactory()
    for _row in range(ROWS + 5):
        CaseFactory(team=membership.team, handler=membership.user)
    client = Client(headers={"host": "localhost"})
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _served(application: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    server = subprocess.Popen([*command, "--threads", "4", "--log-level", "error"], cwd=scratch.ROOT)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _attempt in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The web server does not answer.")


def _rate(port: int, path: str, requests: int, headers: dict[str, str]) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for number in range(requests + requests // 10):
        if number == requests // 10:
            began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
    return requests / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
