"""Destroying by two people in the browser: a list, a line taken off, a second person, progress, and the certificate."""

import re

import pytest
from pypdf import PdfReader

from accountability.models import DestructionList
from accountability.services import destroying
from tests.accountability.destruction import due_cases

from . import people
from .conftest import PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

COMPUTER_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
DAY = re.compile(r"\b\d\d?-\d\d?-\d{4}\b")


def make(privacy, stays) -> str:
    """The privacy officer makes a list, takes one case off and puts the rest before somebody else."""
    privacy.locator("main a", has_text="Vernietigingslijst maken").first.click()
    people.send(privacy)
    address = people.path(privacy)
    privacy.locator(f"tr:has-text('{stays.number}') a[href$='/take-off/']").click()
    privacy.fill("[name=why]", "Er loopt nog een klacht")
    people.send(privacy)
    assert "Er loopt nog een klacht" in privacy.inner_text("main")
    people.press(privacy, privacy.locator("form[action$='/submit/'] button"))
    return address


def approve_it_all_the_same(privacy) -> None:
    """Who made the list finds the button shut; what is sent without it is refused too."""
    assert privacy.locator("form[action$='/approve/']").count() == 0
    with privacy.expect_navigation():
        privacy.evaluate(
            "() => { const form = document.querySelector(\"form[action$='/withdraw/']\");"
            "form.action = form.action.replace('withdraw', 'approve'); form.submit(); }"
        )
    assert "Iemand anders keurt" in privacy.inner_text("main")


def stopped_after(batches: int):
    """A worker that ends after so many transactions."""
    left = [batches]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    return step


def test_a_list_is_made_looked_through_approved_and_carried_out(visit, cast, run_errands, monkeypatch, tmp_path):
    monkeypatch.setattr(destroying, "BATCH", 1)
    stays, *going = due_cases(cast, 3)
    privacy = visit("/accountability/retention/", cast.privacy)
    address = make(privacy, stays)
    approve_it_all_the_same(privacy)

    controller = visit(address, cast.controller, width=PHONE)
    assert overflow(controller) <= 0
    controller.locator("summary", has_text="Goedkeuren en vernietigen").click()
    people.press(controller, controller.locator("form[action$='/approve/'] button"))
    controller.locator("#state", has_text="0 vernietigd, nog 2 te gaan").wait_for()
    with pytest.raises(KeyboardInterrupt):
        destroying.carry_out(DestructionList.objects.get().pk, step=stopped_after(3))
    controller.locator("#state", has_text="1 vernietigd, nog 1 te gaan").wait_for()
    run_errands()
    controller.locator("#state", has_text="Deze lijst is uitgevoerd").wait_for()

    controller.locator("main a", has_text="Verklaring van vernietiging").first.click()
    controller.wait_for_load_state()
    told = controller.inner_text("main")
    assert overflow(controller) <= 0
    with controller.expect_download() as loading:
        controller.locator("main a[href$='/pdf/'], a[href$='/pdf/']").first.click()
    loading.value.save_as(tmp_path / "certificate.pdf")
    paper = " ".join(page.extract_text() for page in PdfReader(tmp_path / "certificate.pdf").pages)
    for text in (told, paper):
        assert all(case.number in text for case in going)
        assert stays.number not in text
        assert DAY.search(text)
        assert not COMPUTER_DAY.search(text)
        assert "Privacy" in text
        assert "Controller" in text

    for person in (cast.caseworker, cast.colleague, cast.manager, cast.privacy, cast.controller, cast.admin):
        page = visit("/", person)
        site = re.sub(r"(?<=\d)/.*", "", page.url)
        assert [page.goto(f"{site}/cases/{case.pk}/").status for case in going] == [404, 404], person
        assert page.goto(f"{site}/accountability/log/files/{going[0].pk}/").status == 404
    assert visit(f"/cases/{stays.pk}/", cast.caseworker).locator("h1").count() == 1
