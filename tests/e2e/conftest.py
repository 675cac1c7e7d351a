"""A browser, and people who are signed in with it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from organisation.services import running_errands

from . import site as demo
from .pages import WATCH

CHROMIUM = Path(os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium")
SECONDS = 1000
PATIENCE = 60 * SECONDS  # on a machine that does other things too
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=nl-NL",
]
DESK, PHONE = 1440, 390
# Pages of which the demo municipality can make one: the second browser finds nothing left to answer, list or ask.
MADE_ONCE = ("deviations:generalised", "accountability:destruction-take-off", "accountability:access-request")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """The first test waits for a whole municipality to be made; which one is first is chance.

    Who acts in the demo municipality does so one after another: a draft follows its writer from window to window, and a
    space answers the next request. A page that can be made only once is looked at by one browser.
    """
    for item in items:
        acts = "enter" in getattr(item, "fixturenames", ()) and item.path.name != "test_every_page.py"
        if acts or any(f"[{name}]" in item.name for name in MADE_ONCE):
            item.add_marker(pytest.mark.xdist_group("acting in the demo"))
        if item.get_closest_marker("e2e") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(2 * demo.SECONDS_TO_START))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system; without it these tests are skipped, except where they must run."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is not installed on this machine: apt-get install chromium")
    # The browser's event loop lives in this thread; our own database calls stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of the demo municipality, with web, worker and beat. `SITE=http://…` uses one that runs already."""
    if running := os.environ.get("SITE"):
        yield running
        return
    with demo.running(tmp_path_factory.mktemp("site")) as url:
        yield url


@pytest.fixture(scope="session")
def signed_in(browser, site) -> Callable[[str], dict]:
    """`signed_in("manager")` signs that person in by the form, once, and gives their cookies."""
    states: dict[str, dict] = {}

    def cookies(who: str) -> dict:
        if who not in states:
            context = browser.new_context(base_url=site)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto("/login/")
            page.fill("[name=login]", f"{who}@demo.test")
            page.fill("[name=password]", "demo")
            page.press("[name=password]", "Enter")
            page.wait_for_url(f"{site}/")
            states[who] = context.storage_state()
            context.close()
        return states[who]

    return cookies


@pytest.fixture
def enter(browser, site, signed_in) -> Iterator[Callable[..., Page]]:
    """`enter("manager", width=PHONE, script=False)`: a page of the demo municipality, as that person or as nobody."""
    contexts = []

    def go(who: str = "", *, width: int = DESK, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            java_script_enabled=script,
            storage_state=signed_in(who) if who else None,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if script:
            context.add_init_script(WATCH)
        return context.new_page()

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `visit("/cases/", user, width=PHONE, dark=True, script=False)`."""
    contexts = []

    def go(path: str, user=None, *, width: int = DESK, dark: bool = False, script: bool = True) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            color_scheme=scheme,
            java_script_enabled=script,
        )
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def night(run_errands) -> Callable[[], None]:
    """`night()`: beat writes what the clock asks for, and a worker does it: counting, releasing, looking for signs."""

    def pass_by() -> None:
        running_errands.write_slots(timezone.now())
        run_errands()

    return pass_by


def violations(page: Page) -> list[str]:
    """What axe finds, one sentence for each element."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
