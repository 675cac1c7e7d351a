"""A list page of 25 rows against a bare "hello" of Django on the same web server, and fifty people using it at once.

The hello is a Django view without middleware, session or database: what remains is what our own page costs. What the
web server does without Django is printed beside it.
"""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from tests.scale import scratch

ROWS, HELLOS, PAGES = 25, 2_000, 300
PATHS = ("/cases/", "/deviations/")
USERS, CLICKS, READING = 50, 12, 1.0  # each reads a second on average, far less than people do
GOAL, GOAL_P95 = 0.12, 0.3


def django_hello() -> Any:
    """A view that says hello, and nothing round it."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(ROOT_URLCONF=(path("", lambda _request: HttpResponse("hello")),), ALLOWED_HOSTS=["*"])
    return get_wsgi_application()


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
    with _served("tests.scale.bench_page:django_hello()") as port:
        greeting = _rate(port, "/", HELLOS, {})
    headers = {"Cookie": cookie, "Host": "localhost"}
    with _served("config.wsgi:application", "-c", "config/gunicorn.py", "-w", "1") as port:
        rates = {path: _rate(port, path, PAGES, headers) for path in PATHS}
    with _served("config.wsgi:application", "-c", "config/gunicorn.py") as port:
        slowest = _at_once(port, headers)
    print(f"\n{name}: hello {greeting:.0f} a second by Django, {bare:.0f} without it; one worker")
    met = [_told(path, rate, rate / greeting) for path, rate in rates.items()]
    met.append(scratch.report(f"95 of 100 pages, {USERS} people at once, two workers", slowest, GOAL_P95, " s"))
    return int(not all(met))


def _told(path: str, rate: float, share: float) -> bool:
    met = share >= GOAL
    label = f"{path} with {ROWS} rows ({rate:.0f} a second), of hello"
    print(f"  {label:<58}{share:8.3f}x  goal ≥ {GOAL}x  {'met' if met else 'NOT MET'}")
    return met


def _at_once(port: int, headers: dict[str, str]) -> float:
    """The time within which 95 of 100 pages come, with everybody clicking and reading."""

    def visit(number: int) -> list[float]:
        pause = random.Random(number)
        times = []
        for path in (PATHS * CLICKS)[:CLICKS]:
            time.sleep(pause.expovariate(1 / READING))
            began = time.perf_counter()
            _get(http.client.HTTPConnection("127.0.0.1", port), path, headers)
            times.append(time.perf_counter() - began)
        return times[2:]  # the first two compile the templates of a new process

    with ThreadPoolExecutor(USERS) as people:
        times = [took for visit_of in people.map(visit, range(USERS)) for took in visit_of]
    return statistics.quantiles(times, n=20)[-1]


def _fill() -> str:
    """Cases and deviations of a caseworker; the cookie of a session of theirs."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import CaseFactory, DeviationFactory, MembershipFactory

    membership = MembershipFactory()
    for _row in range(ROWS + 5):
        case = CaseFactory(team=membership.team, handler=membership.user)
        DeviationFactory(case=case, author=membership.user)
    client = Client(headers={"host": "localhost"})
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _served(application: str, *options: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = options or ("-k", "gthread", "--threads", "4", "--log-level", "error")
    command = [sys.executable, "-m", "gunicorn", application, *options, "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=scratch.ROOT)
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
        _get(connection, path, headers)
    return requests / (time.perf_counter() - began)


def _get(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> None:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body[:200])


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
