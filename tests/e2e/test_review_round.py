"""A round of reviews in the browser: drawn, reviewed without names, responded to, closed, and its report read."""

import re

import pytest
from pypdf import PdfReader

from accountability.models import Review
from tests.accountability.rounds import authors, space_of, used

from . import people
from .conftest import PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def uses(cast):
    """Five uses of a space, by five people of the team."""
    space = space_of(cast)
    return [used(cast, space, by=by, days_ago=9 - n) for n, by in enumerate([cast.caseworker, *authors(cast, 4)])]


def answer(page, verdict: str, reasons: str = "") -> None:
    page.check(f"[name=verdict][value={verdict}]")
    page.fill("[name=reasons]", reasons)
    with page.expect_navigation():
        page.locator("form[action$='/answer/'] button[type=submit]:not([name])").first.click()


def test_a_round_from_draw_to_report(visit, cast, uses, tmp_path):
    controller = visit("/accountability/reviews/", cast.controller)
    controller.locator("main a", has_text="Een ronde trekken").click()
    with controller.expect_navigation():
        controller.locator("button", has_text="Deze ronde trekken").click()
    assert "0 van 5" in controller.inner_text("main")

    reviewer = visit("/accountability/reviews/", cast.stranger, width=PHONE)
    assert overflow(reviewer) <= 0
    for number, row in enumerate(Review.objects.order_by("place")):
        reviewer.goto(re.sub(r"(?<=\d)/accountability.*", "", reviewer.url) + row.get_absolute_url())
        text = reviewer.inner_text("main")
        assert uses[0].deviation.why_here in text
        assert row.author.name not in text
        assert overflow(reviewer) <= 0
        answer(reviewer, "not_sound" if number == 0 else "sound", "De reden ontbreekt." if number == 0 else "")

    author = visit("/", cast.caseworker)
    author.wait_for_selector("text=Gezegd over uw afwijkingen")
    author.locator("main a", has_text=uses[0].deviation.number).first.click()
    assert "De reden ontbreekt." in author.inner_text("main")
    author.fill("[name=response]", "Die stond in het journaal.")
    people.send(author)
    assert "Die stond in het journaal." in author.inner_text("main")

    controller.reload()
    controller.locator("summary", has_text="De ronde sluiten").click()
    with controller.expect_navigation():
        controller.locator("button", has_text="Sluiten en het verslag maken").click()
    assert "20% van alle keren" in controller.inner_text("main")
    with controller.expect_download() as loading:
        controller.locator("main a", has_text="Pdf downloaden").click()
    loading.value.save_as(tmp_path / "report.pdf")
    assert "20% van alle keren" in " ".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
