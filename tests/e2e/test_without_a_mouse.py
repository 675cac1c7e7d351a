"""The main flow with the keyboard alone, and without script."""

import re

import pytest

from . import people
from .conftest import PHONE

pytestmark = pytest.mark.e2e

MOST_STEPS = 120
MOST_INPUTS, MOST_STOPS = 5, 12


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


class Hands:
    """Types at a page, and counts: every press that moves or chooses, and every field that something is put in."""

    def __init__(self, page) -> None:
        self.page, self.stops, self.inputs = page, 0, 0

    def press(self, key: str) -> None:
        """One stop; the focus can be seen after it."""
        self.page.keyboard.press(key)
        self.stops += 1

    def tab_to(self, what) -> None:
        """As many stops as it takes."""
        for _step in range(MOST_STEPS):
            if what(focused(self.page)):
                return
            self.press("Tab")
            assert focused(self.page)["seen"], focused(self.page)
        raise AssertionError(f"Tab does not reach it; the focus is at {focused(self.page)}")

    def write(self, field: str, text: str) -> None:
        """Go there and type; the letters themselves are no stops."""
        self.tab_to(lambda at: at["name"] == field)
        self.page.keyboard.type(text)
        self.inputs += 1


def test_the_quick_record_takes_five_inputs_and_twelve_stops_from_the_case_to_done(enter):
    page = enter("caseworker")
    page.goto(people.open_case(page, "Vraag zonder muis", people.OTHER_ROUTINE))
    hands = Hands(page)
    hands.press("Tab")  # to "skip to content"
    hands.press("Enter")
    hands.tab_to(lambda at: at["text"] == "Afwijking vastleggen")
    hands.press("Enter")
    page.wait_for_url("**/deviations/new/**")
    hands.write("if_followed", "De aanvraag blijft liggen.")
    hands.write("instead", "We bellen samen met de bank.")
    hands.write("why_here", "De inwoner kan niet printen.")
    hands.tab_to(lambda at: at["type"] == "submit" and at["name"] == "")
    hands.press("Enter")
    page.wait_for_url(re.compile(r"/deviations/[0-9a-f-]{36}/$"))
    assert "De inwoner kan niet printen." in page.inner_text("main")
    assert hands.inputs <= MOST_INPUTS
    assert hands.stops <= MOST_STOPS
    print(f"quick record: {hands.inputs} inputs, {hands.stops} stops")


def test_every_part_opens_by_keyboard_and_a_link_to_what_is_missing_opens_its_part(enter):
    page = enter("caseworker")
    case = people.open_case(page, "Vraag met toetsen", people.OTHER_ROUTINE)
    page.goto("/deviations/new/?case=" + case.split("/")[2])
    tab_to(page, lambda at: at["text"].startswith("De waardendriehoek"))
    page.keyboard.press("Enter")
    write(page, "legitimacy", "De wet bedoelt dit.")
    page.wait_for_selector("#state-triangle >> text=Ingevuld")
    page.locator("summary", has_text="Risico’s").focus()
    page.keyboard.press("Enter")
    tab_to(page, lambda at: at["name"] == "risk_child_safety")
    page.keyboard.press("Space")
    page.wait_for_selector("#state-next >> text=Nodig")
    assert page.get_attribute("details:has(#part-next)", "open") is not None
    page.locator("details:has(#part-next) > summary").click()
    page.locator("#may-i a", has_text="Hetzelfde voor de volgende inwoner").click()
    assert page.get_attribute("details:has(#part-next)", "open") is not None


@pytest.mark.parametrize("width", [1440, PHONE])
def test_request_and_answer_go_without_script(enter, width):
    caseworker, manager = (enter(who, width=width, script=False) for who in ("caseworker", "manager"))
    case = people.open_case(caseworker, f"Vraag zonder script {width}", people.OTHER_ROUTINE)
    request = people.record_deviation(caseworker, case)
    people.agree_with_conditions(manager, request)
    caseworker.goto(request)
    assert "Leg in het journaal vast wie de inwoner kende." in caseworker.inner_text("main")


def test_the_keys_are_shown_by_a_key_for_every_page_of_the_menu_and_can_be_switched_off(enter):
    page = enter("policy")
    page.goto("/learning/questions/")
    page.keyboard.press("?")
    shown = page.inner_text("#keys")
    links = page.locator(".hr-nav a[data-key]")
    assert links.count() > 5
    for at in range(links.count()):
        assert links.nth(at).inner_text().strip().split("\n")[0] in shown
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/learning/")
    page.keyboard.press("?")
    page.locator("#keys-on").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_the_arrows_go_from_card_to_card_over_the_board_and_enter_opens_one(enter):
    page = enter("policy")
    page.goto("/learning/questions/")
    cards = page.locator(".hr-board__card > a")
    assert cards.count() > 1
    first = cards.first.inner_text()
    tab_to(page, lambda at: at["text"] == first)
    seen = {first}
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        at = focused(page)
        assert at["seen"]
        seen.add(at["text"])
    assert len(seen) > 1
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/learning/questions/[0-9a-f-]{36}/$"))


def test_a_signal_is_found_and_opened_by_keyboard_and_its_buttons_follow(enter):
    page = enter("policy")
    page.goto("/learning/signals/")
    signal = page.locator("main a[href^='/learning/signals/0']").first.inner_text().strip()
    tab_to(page, lambda at: at["text"] == signal)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/learning/signals/[0-9a-f-]{36}/$"))
    tab_to(page, lambda at: at["type"] == "submit" or at["text"].startswith("Afwijzen"))


def test_a_view_is_kept_and_shared_by_keyboard(enter):
    page = enter("colleague")
    page.goto("/cases/?state=all")
    tab_to(page, lambda at: at["text"].startswith("Bewaarde weergaven") and at["type"] != "submit")
    page.keyboard.press("Enter")
    page.wait_for_selector("#view-name:visible")
    write(page, "name", "Alles")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=De weergave ‘Alles’ is bewaard.")
    page.locator("summary", has_text="Weergave: Alles").focus()
    page.keyboard.press("Enter")
    tab_to(page, lambda at: at["text"].startswith("Wijzigen of delen"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    tab_to(page, lambda at: at["name"] == "audience")
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda at: at["type"] == "submit" and at["name"] == "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/views/")
    assert "Team Inkomen" in page.inner_text("main")


@pytest.mark.parametrize("width", [1440, PHONE])
def test_why_a_figure_is_hidden_is_read_whole_by_keyboard(enter, width):
    page = enter("policy", width=width)
    page.goto("/learning/?part=overview")
    page.locator("#figure-practice .hr-masked").first.focus()
    page.wait_for_timeout(300)  # the page scrolls to it, and the words go along
    box = page.locator(".hr-tooltip").bounding_box()
    assert page.inner_text(".hr-tooltip").startswith("Verborgen:")
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_another_period_keeps_the_part_of_the_figures_one_looks_at(enter):
    page = enter("policy")
    page.goto("/learning/")
    page.locator(".hr-tabs a", has_text="Waarom").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**part=reasons*")
    page.locator("[name=period]").focus()
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda at: at["text"] == "Tonen")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"period=.*part=reasons|part=reasons.*period=\d"))
