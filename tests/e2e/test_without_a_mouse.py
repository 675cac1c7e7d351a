"""The main flow with the keyboard alone, and without script."""

import re

import pytest

from . import people
from .conftest import PHONE

pytestmark = pytest.mark.e2e

MOST_STEPS = 120


def focused(page) -> dict:
    """What has the focus: its name, its words, and whether that can be seen.

    The calendar button inside a date field is the browser's own, ring included: the field itself has no focus then.
    """
    return page.evaluate(
        """() => { const e = document.activeElement, s = getComputedStyle(e);
        return {name: e.getAttribute('name') || '', text: e.textContent.trim(), type: e.type || '',
                seen: s.outlineStyle !== 'none' || s.boxShadow !== 'none' || !e.matches(':focus')} }"""
    )


def tab_to(page, what) -> None:
    """Press Tab until the focus is there, and see the focus at every step."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = focused(page)
        assert at["seen"], at
        if what(at):
            return
    raise AssertionError(f"Tab does not reach it; the focus is at {focused(page)}")


def write(page, field: str, text: str) -> None:
    """Go to a field and type."""
    tab_to(page, lambda at: at["name"] == field)
    page.keyboard.type(text)


def test_the_quick_record_goes_by_keyboard_alone(enter):
    page = enter("caseworker")
    case = people.open_case(page, "Vraag zonder muis", people.OTHER_ROUTINE)
    page.goto(case)
    tab_to(page, lambda at: "Afwijking vastleggen" in at["text"] and at["name"] == "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deviations/new/**")
    tab_to(page, lambda at: at["name"] == "routine")
    page.keyboard.press("ArrowDown")
    write(page, "if_followed", "De aanvraag blijft liggen.")
    write(page, "instead", "We bellen samen met de bank.")
    write(page, "why_here", "De inwoner kan niet printen.")
    tab_to(page, lambda at: at["type"] == "submit" and at["name"] == "")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/deviations/[0-9a-f-]{36}/$"))
    assert "De inwoner kan niet printen." in page.inner_text("main")


@pytest.mark.parametrize("width", [1440, PHONE])
def test_request_and_answer_go_without_script(enter, width):
    caseworker, manager = (enter(who, width=width, script=False) for who in ("caseworker", "manager"))
    case = people.open_case(caseworker, f"Vraag zonder script {width}", people.OTHER_ROUTINE)
    request = people.record_deviation(caseworker, case)
    people.agree_with_conditions(manager, request)
    caseworker.goto(request)
    assert "Leg in het journaal vast wie de inwoner kende." in caseworker.inner_text("main")
