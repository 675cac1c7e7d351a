"""Room in the browser: four requests become one space, a space is tried on the past, a proposal is granted."""

import re
import time

import pytest

from . import people

pytestmark = pytest.mark.e2e

# A system and a habit: departing from them weighs A, and no space of team Inkomen covers them.
ASKED_OFTEN, PROPOSED = ("Parkeren", "PRK-01"), ("Schuldhulp", "SHV-02")
SECONDS_TO_REPLAY = 120


def test_four_requests_become_one_space_and_the_fifth_needs_no_answer(enter):
    caseworker, manager = enter("caseworker"), enter("manager")
    requests = []
    for number in range(4):
        case = people.open_case(caseworker, f"Vergunning op een ander adres {number}", ASKED_OFTEN)
        requests.append(people.record_deviation(caseworker, case))
        assert "Wacht op antwoord" in caseworker.inner_text("main")

    manager.goto("/queue/")
    manager.locator("main a[href*='PRK-01']").click()
    assert "4 verzoeken" in manager.inner_text("main")
    manager.fill("[name=reasons]", "Dit vroegen jullie nu vaak genoeg.")
    with manager.expect_navigation():
        manager.locator("#general-form button[type=submit]").click()
    assert "4 verzoeken zijn akkoord" in manager.inner_text("main")

    for request in requests:
        caseworker.goto(request)
        assert "Dit vroegen jullie nu vaak genoeg." in caseworker.inner_text("main")
    caseworker.goto("/notices/")
    assert "gaf daarvoor ruimte in het algemeen" in caseworker.inner_text("main")
    case = people.open_case(caseworker, "Nog een vergunning op een ander adres", ASKED_OFTEN)
    people.record_deviation(caseworker, case)
    assert "Akkoord door ruimte" in caseworker.inner_text("main")


@pytest.mark.parametrize("script", [True, False])
def test_a_space_is_tried_on_the_past(enter, script):
    manager = enter("manager", script=script)
    manager.goto("/space/")
    manager.locator("main a", has_text="Passende inrichting").first.click()
    manager.locator("main a[href$='/simulate/']").click()
    manager.check("[name=months][value='24']")
    manager.locator("main form[method=post] button[type=submit]").click()
    patience = time.monotonic() + SECONDS_TO_REPLAY
    found = None
    while not (found := re.search(r"(\d+) van de (\d+) verzoeken waren niet nodig", manager.inner_text("main"))):
        assert time.monotonic() < patience, manager.inner_text("main")
        manager.wait_for_timeout(2_000)
        if not script:
            manager.reload()
    assert 0 < int(found[1]) < int(found[2])
    assert "Wat de andere verzoeken tegenhield" in manager.inner_text("main")
    assert "months=24" in manager.url


def test_a_caseworker_proposes_a_space_and_the_manager_gives_it(enter):
    caseworker, manager = enter("caseworker"), enter("manager")
    caseworker.goto("/")
    caseworker.locator("main a[href='/space/requests/new/']").click()
    caseworker.fill("[name=name]", "Schulden zonder vast inkomen")
    caseworker.fill("[name=why]", "Wachten op een vast inkomen maakt de schulden elke maand groter.")
    caseworker.locator("summary", has_text="Routines van andere").click()
    caseworker.locator("summary", has_text=re.compile(rf"^{PROPOSED[0]}")).click()
    caseworker.locator("label", has_text=PROPOSED[1]).click()
    people.send(caseworker)
    proposal = people.path(caseworker)
    assert "Wacht op antwoord" in caseworker.inner_text("main")

    manager.goto("/queue/")
    manager.locator(f"main a[href='{proposal}']").first.click()
    manager.check("[name=action][value=grant]")
    people.send(manager)
    assert "Dit is het concept van wat is voorgesteld" in manager.inner_text("body")
    with manager.expect_navigation():
        manager.locator("#space-form button", has_text=re.compile("^Geven$")).click()
    assert "Actief" in manager.inner_text("main")

    caseworker.goto(proposal)
    assert "Schulden zonder vast inkomen" in caseworker.inner_text("main")
    assert "Gegeven" in caseworker.inner_text("main")
    caseworker.goto("/space/")
    assert "Schulden zonder vast inkomen" in caseworker.inner_text("main")
