"""Who saw this file, in the browser: opened by three colleagues, asked by the privacy officer, proven, and refused."""

import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.services import sharing
from organisation.models import AccessEvent, AccessWay, Event
from organisation.services import sealing
from tests.factories import CaseFactory, DeviationFactory
from tests.house.world import period_of_today

from . import people
from .conftest import PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WHY = "Neemt de zaak waar in de vakantie"


@pytest.fixture
def case(cast):
    """A case that was shared with somebody of another team, and put before the manager."""
    made = CaseFactory(team=cast.income, handler=cast.caseworker, subject="Koelkast kapot", before_manager=True)
    until = timezone.localdate() + timedelta(days=9)
    sharing.share_case(case=made, by=cast.caseworker, to=cast.stranger, work=False, reason=WHY, until=until)
    now = timezone.now()
    sent = {"state": "awaiting", "submitted_at": now, "due_at": now + timedelta(days=5), "period": period_of_today()}
    DeviationFactory(case=made, team=cast.income, author=cast.caseworker, **sent)
    return made


def ask(page, case):
    """By the number, from the first screen."""
    page.goto(page.url)
    page.locator("#file-number").fill(case.number)
    people.press(page, page.locator("main button", has_text="Laat zien wie keek").first)
    return page.inner_text("main")


def test_the_privacy_officer_answers_who_saw_this_file(visit, cast, case):
    for person in (cast.caseworker, cast.stranger, cast.manager):
        assert "Koelkast kapot" in visit(case.get_absolute_url(), person).inner_text("main")
    sealing.seal()

    privacy = visit("/", cast.privacy)
    privacy.wait_for_selector("#file-number")
    told = ask(privacy, case)
    for name, why in (("Caseworker", "behandelaar"), ("Stranger", WHY), ("Manager", "leidt het team")):
        assert name in told
        assert why in told
    assert "Koelkast kapot" not in told
    assert AccessEvent.objects.filter(way=AccessWay.LOG, actor_id=cast.privacy.pk).exists()

    about = f"?book=opened&about={case.number}"
    privacy.goto(privacy.url.split("/accountability")[0] + f"/accountability/log/{about}&way=page&who=stranger")
    rows = privacy.locator("#rows tbody tr")
    assert rows.count() == 1
    with privacy.expect_download() as loading:
        privacy.locator("main a", has_text="CSV").click()
    taken = loading.value.path().read_text(encoding="utf-8")
    assert WHY in taken
    assert len(taken.splitlines()) == 2
    privacy.goto(privacy.url.split("?")[0] + f"?book=opened&about={case.number}&who=privacy")
    assert "Privacy" in privacy.inner_text("#rows")  # the own reading stands there too
    assert Event.objects.filter(verb="logbook.exported", actor_id=cast.privacy.pk).count() == 1


def test_evidence_is_made_and_downloaded(visit, cast, case, run_errands):
    visit(case.get_absolute_url(), cast.caseworker)
    sealing.seal()
    controller = visit(f"/accountability/log/files/{case.pk}/", cast.controller, width=PHONE)
    people.press(controller, controller.locator("main a", has_text="Bewijs maken"))
    controller.fill("[name=reason]", "Klacht 2026-17")
    people.send(controller)
    assert overflow(controller) <= 0
    run_errands()
    controller.wait_for_selector("text=Het bestand is klaar")
    assert overflow(controller) <= 0
    with controller.expect_download() as loading:
        controller.locator("main a", has_text="Bestand downloaden").click()
    with zipfile.ZipFile(loading.value.path()) as pack:
        assert {"omslag.pdf", "geopend.csv", "LEESMIJ.md", "manifest.json"} <= set(pack.namelist())


def test_a_stranger_is_refused(visit, cast, case):
    visit(case.get_absolute_url(), cast.caseworker)
    for person in (cast.colleague, cast.othermanager, cast.policy, cast.admin):
        for rest in ("", "evidence/"):
            page = visit(f"/accountability/log/files/{case.pk}/{rest}", person)
            assert case.number not in page.inner_text("main")
    handler = visit(case.get_absolute_url(), cast.caseworker)
    handler.locator("main a[href*='/accountability/log/files/']").first.click()
    handler.wait_for_selector("text=Wie, en waarom dat kon")
    assert "Bewijs maken" not in handler.inner_text("main")
