"""The main job, from the browser of a caseworker to the figures of a policy officer, with web, worker and beat."""

import re
import time

import pytest

from . import people

pytestmark = pytest.mark.e2e

SECONDS_UNTIL_COUNTED = 240


def wait_for_figures(page, expected: tuple[int, int]) -> None:
    """The roll-up follows the logbook every minute; be patient with a busy machine."""
    patience = time.monotonic() + SECONDS_UNTIL_COUNTED
    while (found := people.figures_of(page)) != expected:
        assert time.monotonic() < patience, f"counted {found}, expected {expected}"
        time.sleep(2)


def test_a_deviation_travels_from_the_caseworker_to_the_figures(enter):
    caseworker, manager, policy, stranger = (enter(who) for who in ("caseworker", "manager", "policy", "stranger"))
    uses, deviations = people.figures_of(manager)

    case = people.open_case(caseworker, "Melden zonder geldige kaart")
    request = people.record_deviation(caseworker, case)
    assert "Wacht op antwoord" in caseworker.inner_text("main")

    people.agree_with_conditions(manager, request)
    space = people.give_space(manager, "Sanne de Vries")
    caseworker.goto(request)
    assert "Leg in het journaal vast wie de inwoner kende." in caseworker.inner_text("main")

    other_case = people.open_case(caseworker, "Nog iemand zonder geldige kaart")
    at_once = people.record_deviation(caseworker, other_case)
    assert "Akkoord door ruimte" in caseworker.inner_text("main")
    assert "Aanvragen zonder geldige kaart" in caseworker.inner_text("main")

    # The team's own figures are exact; a policy officer reads them once the quarter is released, and finds the routine.
    wait_for_figures(manager, (uses + 2, deviations + 2))
    policy.goto("/learning/?part=routines")
    assert people.ROUTINE[1] in (policy.locator("#figure-routines").text_content() or "")
    for address in (case, request, f"{request}decide/", space, other_case, at_once):
        assert stranger.goto(address).status == 404, address
    assert not re.search(r"Melden zonder|Nog iemand zonder", stranger.goto("/search/?q=geldige").text())
