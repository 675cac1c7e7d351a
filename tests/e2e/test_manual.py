"""The pictures of the manual: taken from the demo municipality itself, so that they cannot go stale.

`make docs` (PICTURES=1) writes them; otherwise this only looks whether each page and each picture is there.
"""

import os
import re

import pytest
from django.conf import settings

from .conftest import DESK, PHONE
from .pages import PAGES, Seen, visit

pytestmark = [pytest.mark.e2e]

FOLDER = settings.BASE_DIR / "docs" / "manual"
HEIGHT = 1000
OTHER_FIRST_SCREENS = {
    "manager-work": Seen("manager", "/"),
    "policy-work": Seen("policy", "/"),
    "admin-work": Seen("admin", "/"),
    "reporter-work": Seen("reporter", "/"),
    "privacy-work": Seen("privacy", "/"),
    "controller-work": Seen("controller", "/"),
}
PICTURES = {
    "login": "account_login",
    "caseworker-work": "work",
    "caseworker-cases": "cases:list",
    "caseworker-case-new": "cases:new",
    "caseworker-case": "cases:case",
    "caseworker-share": "cases:share",
    "caseworker-deviation-new": "deviations:new",
    "caseworker-deviation": "deviations:deviation",
    "caseworker-search": "search",
    "caseworker-notices": "organisation:notices",
    "manager-queue": "deviations:queue",
    "manager-decide": "deviations:decide",
    "manager-spaces": "deviations:space-list",
    "manager-space": "deviations:space",
    "manager-space-new": "deviations:space-new",
    "policy-dashboard": "learning:dashboard",
    "policy-routines": "cases:routine-list",
    "policy-routine": "cases:routine",
    "policy-routine-version": "cases:routine-version",
    "policy-import": "deviations:import",
    "policy-import-new": "deviations:import-new",
    "policy-grounds": "deviations:ground-list",
    "admin-people": "organisation:people",
    "admin-person": "organisation:person",
    "admin-teams": "organisation:team-list",
    "admin-terms": "organisation:term-list",
    "admin-settings": "organisation:settings-check",
}
ON_A_PHONE = {"caseworker-work", "caseworker-deviation-new", "manager-decide"}


def picture(page, name: str) -> None:
    """Write the picture, or see that there is one."""
    target = FOLDER / f"{name}.png"
    if os.environ.get("PICTURES"):
        page.screenshot(path=target, animations="disabled")
    assert target.exists(), "Run `make docs`"


@pytest.mark.parametrize("name", PICTURES)
def test_the_manual_shows_the_page(enter, name):
    page = enter(PAGES[PICTURES[name]].who)
    for width in (DESK, PHONE) if name in ON_A_PHONE else (DESK,):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        visit(page, PICTURES[name])
        assert page.locator("h1").count() == 1
        picture(page, name if width == DESK else f"{name}-phone")


@pytest.mark.parametrize("name", OTHER_FIRST_SCREENS)
def test_the_manual_shows_the_first_screen(enter, name):
    page = enter(OTHER_FIRST_SCREENS[name].who)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    OTHER_FIRST_SCREENS[name].open(page)
    assert page.locator("h1").count() == 1
    picture(page, name)


def test_the_manual_shows_every_picture_once():
    shown = [name for text in FOLDER.glob("*.md") for name in re.findall(r"\]\(([\w-]+)\.png\)", text.read_text())]
    taken = {path.stem for path in FOLDER.glob("*.png")}
    assert len(shown) == len(set(shown))
    assert taken == set(shown)
