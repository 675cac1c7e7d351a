"""Advice in the browser: a colleague agrees first to weight B; legal advice and the board to weight D."""

import re

import pytest

from . import people
from .test_depth import FOR_THE_BOARD, begin, open_part, sent

pytestmark = pytest.mark.e2e


def tick_ground(page, name: str) -> None:
    """One of the grounds that are not suggested."""
    open_part(page, "Grondslag")
    page.locator("#grounds summary", has_text="andere grondslag").click()
    page.locator("#grounds label", has_text=name).first.click()


def follow(page, words: str) -> None:
    """Go where this link leads."""
    with page.expect_navigation():
        page.locator("main a", has_text=words).first.click()


def answer(page, deviation: str, **fields: str) -> None:
    """The manager agrees."""
    page.goto(f"{deviation}decide/")
    page.check("[name=action][value=agree]")
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)
    people.send(page)


def settle(page, deviation: str) -> None:
    """The author followed it."""
    page.goto(deviation)
    follow(page, "Zeg wat u ermee deed")
    page.check("[name=followed][value=yes]")
    people.send(page)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_colleague_sees_only_the_deviation_and_agrees_before_the_manager_does(enter, script):
    author, colleague, manager = enter("caseworker"), enter("colleague", script=script), enter("manager", script=script)
    subject = f"Samen kijken of dit kan ({script})"
    begin(author, subject)
    tick_ground(author, "Afwijken van een eigen beleidsregel")
    author.wait_for_selector("#may-i >> text=samen met een collega")
    author.locator("button[name=action][value=ask]").click()
    author.wait_for_url("**/advice/")
    deviation = people.path(author).removesuffix("advice/")
    author.select_option("[name=asked]", label="Youssef Amrani")
    author.fill("[name=question]", f"Zou jij dit ook doen? ({script})")
    author.check("[name=anonymous]")
    people.send(author)
    assert "Advies gevraagd aan Youssef Amrani" in author.inner_text("main")
    assert colleague.goto(deviation).status == 404

    author.goto(f"{deviation}edit/")
    sent(author)
    answer(manager, deviation)
    assert "Het advies van een collega ontbreekt nog." in manager.inner_text("main")

    colleague.goto("/deviations/advice/")
    follow(colleague, f"Zou jij dit ook doen? ({script})")
    seen = colleague.inner_text("main")
    assert "We betalen nu al een voorschot." in seen
    assert not re.search(rf"Sanne|Z-20\d\d|A-20\d\d|{re.escape(subject)}", seen)
    colleague.check("[name=view][value=agrees_if]")
    colleague.fill("[name=text]", "Ja, als u het vastlegt.")
    people.send(colleague)
    assert "We betalen nu al een voorschot." not in colleague.inner_text("main")

    settle(author, deviation)
    thread = author.locator("section[aria-labelledby=conversation]").inner_text()
    assert thread.index("Zou jij") < thread.index("Ja, als u het vastlegt.") < thread.index("Advies gevolgd")
    answer(manager, deviation)
    author.goto(deviation)
    assert "Akkoord" in author.inner_text("main .hr-head")
    colleague.goto("/deviations/advice/")
    assert "Gevolgd" in colleague.inner_text("main")


def test_weight_d_is_agreed_to_with_legal_advice_and_the_board(enter):
    author, lawyer, manager = enter("caseworker"), enter("controller"), enter("manager")
    begin(author, "Alleen met het college")
    tick_ground(author, "Tegen de wet in")
    author.wait_for_selector("#state-reverse_test >> text=Nodig")
    for name, text in FOR_THE_BOARD.items():
        author.fill(f"[name={name}]", text)
    author.check("[name=same_again][value=no]")
    deviation = sent(author)
    follow(author, "Vraag juridisch advies")
    assert author.is_checked("[name=kind][value=legal]")
    author.select_option("[name=asked]", label="Meltem Kaya")
    author.fill("[name=question]", "Is er toch een weg binnen de wet?")
    people.send(author)
    answer(manager, deviation)
    assert "Vul in wat het college besloot." in manager.inner_text("main")
    answer(manager, deviation, board_on="2026-01-05", board_reference="B&W 2026/12")
    assert "Het juridisch advies ontbreekt nog." in manager.inner_text("main")

    lawyer.goto("/")
    lawyer.wait_for_load_state("networkidle")
    follow(lawyer, "Is er toch een weg binnen de wet?")
    lawyer.check("[name=view][value=disagrees]")
    lawyer.fill("[name=text]", "Nee. Alleen het college kan dit dragen.")
    people.send(lawyer)
    settle(author, deviation)
    answer(manager, deviation, board_on="2026-01-05", board_reference="B&W 2026/12")
    author.goto(deviation)
    assert "B&W 2026/12" in author.inner_text("main")


def test_what_does_not_feel_right_is_answered_and_goes_on_as_a_deviation(enter):
    author, manager = enter("caseworker"), enter("manager")
    author.goto("/")
    follow(author, "Dit voelt niet goed")
    author.fill("[name=text]", "De brief vraagt om iets dat niemand heeft.")
    people.send(author)
    sign = people.path(author)
    manager.goto("/")
    manager.wait_for_load_state("networkidle")
    follow(manager, "De brief vraagt om iets dat niemand heeft.")
    manager.check("[name=kind][value=acted_upon]")
    manager.fill("[name=text]", "We passen de brief aan.")
    people.send(manager)
    author.goto(sign)
    assert "We passen de brief aan." in author.inner_text("main")
    author.check("[name=kind][value=blocked]")
    author.select_option("[name=case]", index=1)
    author.locator("button", has_text="Begin de afwijking").click()
    author.wait_for_url("**/edit/")
    assert author.input_value("[name=why_here]") == "De brief vraagt om iets dat niemand heeft."
