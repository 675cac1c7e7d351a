"""Every page is accessible, fits and keeps to the policy, at a desk and on a phone, with and without script."""

import pytest

from tests.house.matrix import ENTRIES

from . import manual
from .conftest import DESK, PHONE, overflow, violations
from .pages import NOT_PAGES, PAGES, SCREENS, visit

pytestmark = pytest.mark.e2e


def test_every_page_is_visited():
    assert {name for name, entry in ENTRIES.items() if entry.get} - NOT_PAGES == set(PAGES)


@pytest.mark.parametrize("name", SCREENS)
def test_the_page_is_accessible_and_fits(enter, name):
    page, said = enter(SCREENS[name].who), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: said.append(str(fault)))
    visit(page, name)
    assert said == []
    assert page.locator("h1").count() == 1, page.url
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": manual.HEIGHT})
        manual.take(page, name, on_a_phone=width == PHONE)
        assert violations(page) == [], width
        assert overflow(page) <= 0, width


@pytest.mark.parametrize("name", PAGES)
def test_the_page_works_without_script(enter, name):
    page = enter(PAGES[name].who, script=False)
    visit(page, name)
    assert page.locator("h1").count() == 1, page.url
    assert page.locator("main").inner_text().strip()
