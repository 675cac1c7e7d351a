"""The design in a browser: every component accessible, at both widths, light and dark, and without script."""

from copy import deepcopy

import pytest
from django.conf import settings as django_settings

from .conftest import DESK, PHONE, overflow, violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OPEN = ["/login/", "/accessibility/", "/privacy/", "/nowhere/"]


@pytest.fixture
def guide(settings, visit, cast):
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(django_settings.BASE_DIR / "tests" / "house" / "styleguide")
    settings.ROOT_URLCONF = "tests.e2e.styleguide_urls"
    return lambda query="", **how: visit(f"/styleguide/{query}", cast.manager, **how)


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_component_is_accessible_and_fits(guide, width, dark):
    page = guide("?bad=1", width=width, dark=dark)
    assert violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("path", OPEN)
def test_the_pages_for_everybody_are_accessible_and_fit(visit, path, width):
    page = visit(path, width=width)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_nothing_on_a_page_breaks_the_content_security_policy(guide):
    page = guide()
    said = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.reload()
    page.hover("svg [aria-label='Jeugd: 42']")
    assert said == []


def test_a_question_mark_shows_the_keys(guide):
    page = guide()
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_a_slash_goes_to_search(guide):
    page = guide()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_the_keys_can_be_switched_off_and_stay_off(guide):
    page = guide()
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    assert not page.get_by_role("dialog").is_visible()


def test_a_mark_in_a_chart_says_its_value_to_pointer_and_keyboard(guide):
    page = guide()
    page.hover("svg [aria-label='Jeugd: 42']")
    assert page.inner_text(".hr-tooltip") == "Jeugd: 42"
    page.focus("svg [aria-label='Jeugd: 42']")
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".hr-tooltip") == "Wonen: 12"


def test_a_long_text_counts_what_is_left(guide):
    page = guide()
    page.fill("#id_instead", "x" * 390)
    assert page.inner_text("#id_instead_counter") == "Nog 10 tekens"


def test_the_menu_of_a_phone_opens_without_script(guide):
    page = guide(width=PHONE, script=False)
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.click("[popovertarget=menu]")
    assert menu.is_visible()
