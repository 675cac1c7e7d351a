"""Self-scan and trust pulse with the keyboard alone, on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accountability.models import BuildingBlock, PulseBallot, ScanAnswer
from accountability.services import loading_reference, pulsing, scanning

from .conftest import PHONE, overflow, violations
from .test_without_a_mouse import tab_to, write

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def choose(page, name: str, number: int) -> None:
    """Go to a row of choices and take the one with this number."""
    tab_to(page, lambda at: at["name"] == name)
    for _step in range(number - 1):
        page.keyboard.press("ArrowDown")
    if number == 1:
        page.keyboard.press("Space")


def send(page) -> None:
    """The button of the form."""
    tab_to(page, lambda at: at["type"] == "submit" and at["text"].startswith(("Bewaren", "Anoniem", "Zelfscan")))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_team_fills_in_its_scan_and_the_manager_closes_it(visit, cast):
    loading_reference.load()
    scan = scanning.start(team=cast.income, by=cast.manager)
    page = visit(f"{scan.get_absolute_url()}blocks/meaning/", cast.caseworker, width=PHONE)
    for number in range(1, 8):
        assert overflow(page) <= 0
        choose(page, "score", 1 + number % 5)
        write(page, "evidence", f"We bespraken dit in overleg {number}.")
        send(page)
    assert page.url.endswith(scan.get_absolute_url())
    assert violations(page) == []
    assert [answer.score for answer in ScanAnswer.objects.all()] == [2, 3, 4, 5, 1, 2, 3]
    assert BuildingBlock.objects.count() == 7
    page = visit(scan.get_absolute_url(), cast.manager, width=PHONE)
    send(page)
    assert "De zelfscan is gesloten." in page.inner_text("main")


def test_two_questions_are_answered_and_nothing_on_the_page_says_what(visit, cast):
    pulse = pulsing.open_pulse(by=cast.policy, closes_on=timezone.localdate() + timedelta(days=7))
    page = visit(pulse.get_absolute_url(), cast.caseworker, width=PHONE)
    assert violations(page) == []
    choose(page, "question_1", 4)
    choose(page, "question_2", 2)
    send(page)
    assert "Uw antwoord zit tussen de andere" in page.inner_text("main")
    assert sorted(PulseBallot.objects.values_list("question", "value")) == [(1, 4), (2, 2)]
    page.reload()
    assert "U hebt al geantwoord" in page.inner_text("main")
    assert not re.search(r"\b[1-5] van de 5\b", page.inner_text("main"))
    assert overflow(page) <= 0


def test_it_goes_without_script(visit, cast):
    loading_reference.load()
    scan = scanning.start(team=cast.income, by=cast.manager)
    page = visit(f"{scan.get_absolute_url()}blocks/trust/", cast.caseworker, width=PHONE, script=False)
    page.check("[name=score][value='3']")
    page.fill("[name=evidence]", "Na een fout stond de leidinggevende naast ons.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/blocks/meaning/")
    assert ScanAnswer.objects.get().evidence.startswith("Na een fout")
