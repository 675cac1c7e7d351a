"""Depth on demand in the browser: what opens by weight, and how against the law and already done are seen."""

import re

import pytest

from . import people

pytestmark = pytest.mark.e2e

WORDS = {
    "if_followed": "Er komt vier weken geen geld.",
    "instead": "We betalen nu al een voorschot.",
    "why_here": "Er is geen eten in huis.",
}
FOR_THE_BOARD = {
    "purpose_served": "Bestaanszekerheid.", "alternatives": "Geen.", "residents_view": "Blij.",
    "value_one": "De wet", "value_two": "Een mens", "tension": "De mens gaat hier voor.",
    "core_value": "Niemand zonder inkomen.", "legal_route": "Er is geen weg.", "conclusion": "Toch doen.",
}  # fmt: skip


def begin(page, subject: str) -> None:
    """A case with one routine, and the form of a deviation in it."""
    case = people.open_case(page, subject, people.OTHER_ROUTINE)
    page.goto("/deviations/new/?case=" + case.split("/")[2])
    for name, text in WORDS.items():
        page.fill(f"[name={name}]", text)


def open_part(page, title: str) -> None:
    page.locator("summary", has=page.locator(".hr-more__title", has_text=title)).click()


def open_parts(page) -> list[str]:
    return page.eval_on_selector_all("details.hr-more[open] .hr-more__title", "all => all.map(one => one.textContent)")


def sent(page) -> str:
    people.send(page)
    assert re.fullmatch(r"/deviations/[0-9a-f-]{36}/", people.path(page)), page.inner_text("main")
    return people.path(page)


def test_a_light_record_opens_nothing_and_is_sent_with_three_texts(enter):
    page = enter("caseworker")
    begin(page, "Licht van gewicht")
    page.wait_for_selector("#may-i >> text=Er ontbreekt niets")
    assert open_parts(page) == []
    sent(page)
    assert "Binnen de regel" in page.inner_text("main")


def test_against_the_law_opens_what_the_board_needs_and_is_red_for_the_manager_too(enter):
    page, manager = enter("caseworker"), enter("manager")
    begin(page, "Tegen de wet in")
    open_part(page, "Grondslag")
    page.locator("#grounds summary", has_text="andere grondslag").click()
    page.locator("#grounds label", has_text="Tegen de wet in").click()
    page.wait_for_selector("#state-reverse_test >> text=Nodig")
    assert {"De omgekeerde toets", "Twee waarden die botsen", "De volgende inwoner"} <= set(open_parts(page))
    for name, text in FOR_THE_BOARD.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=same_again][value=no]")
    page.wait_for_selector("#may-i >> text=Er ontbreekt niets")
    request = sent(page)
    for who, address in ((page, request), (manager, "/queue/"), (manager, "/deviations/?lawfulness=beyond_law")):
        who.goto(address)
        assert who.locator(".hr-badge--danger", has_text="Tegen of buiten de wet").count() >= 1, address


def test_what_was_already_done_says_when_and_waits_apart(enter):
    page, manager = enter("caseworker"), enter("manager")
    begin(page, "Meteen gehandeld")
    assert not page.is_visible("[name=acted_on]")
    page.check("[name=urgency][value=already_done]")
    assert page.is_visible("[name=acted_on]")
    request = sent(page)
    assert "Al gedaan" in page.inner_text("main")
    manager.goto("/queue/")
    apart = manager.locator("section", has=manager.locator("#already-done"))
    assert apart.locator(f"a[href*='{request.split('/')[2]}']").count() == 1


def test_who_could_not_depart_answers_three_questions(enter):
    page = enter("caseworker")
    begin(page, "Het kon niet")
    page.check("[name=kind][value=blocked]")
    assert not page.is_visible("[name=urgency]")
    assert page.get_by_label("Wat hield u tegen?").is_visible()
    page.wait_for_selector("#may-i >> text=Niemand hoeft akkoord te geven")
    sent(page)
    assert "Vastgelegd" in page.inner_text("main")


def test_a_risk_makes_it_weigh_c_and_the_manager_decides(enter):
    page, manager = enter("caseworker"), enter("manager")
    begin(page, "Er is een kind in huis")
    open_part(page, "Risico")
    page.check("[name=risk_child_safety]")
    page.wait_for_selector("#state-reasons >> text=Nodig")
    assert {"Grondslag", "De volgende inwoner"} <= set(open_parts(page))
    page.locator("#grounds label").first.click()
    for name in ("purpose_served", "alternatives", "residents_view"):
        page.fill(f"[name={name}]", FOR_THE_BOARD[name])
    page.check("[name=same_again][value=yes]")
    page.wait_for_selector("#may-i >> text=Er ontbreekt niets")
    request = sent(page)
    people.agree_with_conditions(manager, request)
    page.goto(request)
    assert "Akkoord met voorwaarden" in page.inner_text("main")
