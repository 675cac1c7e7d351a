"""An account from draft to published in the browser, with its PDF turned into pictures page by page."""

import io
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from . import people

pytestmark = pytest.mark.e2e

SPAN = "2025-H2"  # about which the demo holds no account yet
SECONDS_TO_FREEZE = 120
TEXTS = {
    "seen": "Wij weken vaker af dan in het half jaar ervoor. Meestal hielp dat.",
    "changed": "Het team Schuldhulp helpt nu ook aan de balie.",
    "could_not": "De wet over de zoektermijn kunnen wij niet veranderen.",
    "asked": "Bespreek dit verslag met elkaar.",
}


@pytest.fixture
def pictures(tmp_path):
    """Where the pages go: a folder that stays when `PDF_PAGES` names one."""
    folder = Path(os.environ.get("PDF_PAGES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def until(page, words, *, script=True):
    """Wait for what a worker does."""
    patience = time.monotonic() + SECONDS_TO_FREEZE
    while not re.search(words, page.inner_text("main")):
        assert time.monotonic() < patience, page.inner_text("main")
        page.wait_for_timeout(1_500)
        if not script:
            page.reload()


def write(reporter):
    """Begin it, see the preview follow what is typed, and save."""
    reporter.goto("/accountability/editions/new/")
    reporter.select_option("[name=span]", SPAN)
    people.send(reporter)
    assert reporter.url.endswith("/write/")
    reporter.fill("[name=seen]", "Dit staat er straks in het verslag.")
    reporter.locator("#preview", has_text="Dit staat er straks in het verslag.").wait_for()
    for name, text in TEXTS.items():
        reporter.fill(f"[name={name}]", text)
    people.send(reporter)
    return people.path(reporter).partition("?")[0]


def choose_a_story(reporter, account):
    """The first that was told."""
    reporter.goto(f"{account}stories/")
    with reporter.expect_navigation():
        reporter.locator("button", has_text="Dit verhaal kiezen").first.click()
    assert "Wacht op een tweede persoon" in reporter.inner_text("main")


def freeze(reporter, account):
    """In the background, with progress."""
    reporter.goto(account)
    reporter.locator("summary", has_text="Cijfers vastzetten").click()
    with reporter.expect_navigation():
        reporter.locator(f"form[action='{account}freeze/'] button").click()
    until(reporter, "Controlegetal van de cijfers")
    assert "Een tweede persoon publiceert het" in reporter.inner_text("main")


def read_and_publish(policy, account):
    """The second person: first the story, then the whole."""
    policy.goto(f"{account}stories/")
    with policy.expect_navigation():
        policy.locator("button", has_text="Niemand is herkenbaar").first.click()
    policy.goto(account)
    policy.locator("summary", has_text=re.compile("^Publiceren")).click()
    with policy.expect_navigation():
        policy.locator(f"form[action='{account}publish/'] button").click()
    assert "Gepubliceerd" in policy.inner_text("main")


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="apt-get install poppler-utils")
def test_an_account_from_draft_to_published_and_on_paper(enter, pictures):
    reporter, policy, caseworker = enter("reporter"), enter("policy"), enter("caseworker")
    account = write(reporter)
    choose_a_story(reporter, account)
    assert caseworker.goto(account).status == 404
    freeze(reporter, account)
    read_and_publish(policy, account)
    assert caseworker.goto(account).status == 200
    for audience in ("management", "board", "council"):
        paper = caseworker.request.get(f"{account}account.pdf?for={audience}").body()
        pages = PdfReader(io.BytesIO(paper)).pages
        words = " ".join(page.extract_text() for page in pages)
        assert all(text in " ".join(words.split()) for text in TEXTS.values())
        file = pictures / f"{audience}.pdf"
        file.write_bytes(paper)
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(file), str(pictures / audience)], check=True, timeout=60)
        drawn = sorted(pictures.glob(f"{audience}-*.png"))
        assert len(drawn) == len(pages)
        # A page without anything on it is a small picture.
        assert all(picture.stat().st_size > 8_000 for picture in drawn)
