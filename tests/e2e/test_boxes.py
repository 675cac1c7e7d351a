"""The boxes for reasons beside a button are kept like every other text: signed out, without a connection, gone back."""

import pytest
from playwright.sync_api import expect

from deviations.services import recording, submitting
from organisation.models import Draft
from tests.factories import CaseFactory, RoutineFactory

from .test_typing import away, sign_in, status

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TEXT = "De inwoner heeft het al op een andere manier opgelost."
WORDS = {"if_followed": "Het wacht.", "instead": "We kijken samen.", "why_here": "De rekening is dicht."}


@pytest.fixture
def request_(cast):
    """A request that awaits its answer."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    draft = recording.begin(
        case=case,
        by=cast.caseworker,
        fields={"routine": RoutineFactory(version__source_type="work_instruction"), **WORDS},
    )
    return submitting.submit(deviation=draft, by=cast.caseworker)


def box(page):
    return page.locator("#withdraw_reasons")


@pytest.fixture
def writing(visit, cast, request_):
    """The box for why a request is withdrawn, as its author, with something typed in it."""
    page = visit(request_.get_absolute_url(), cast.caseworker)
    page.locator("summary", has_text="Intrekken").click()
    return page


def test_who_was_signed_out_finds_the_box_open_with_the_text(writing, cast):
    box(writing).fill(TEXT)
    expect(status(writing).first).to_contain_text("Concept bewaard")
    writing.context.clear_cookies(name="sessionid")
    writing.reload()
    sign_in(writing, cast.caseworker)
    expect(box(writing)).to_be_visible()
    expect(box(writing)).to_have_value(TEXT)


def test_going_back_to_the_page_finds_it_too_and_sending_forgets_it(writing, request_):
    box(writing).fill(TEXT)
    writing.goto("/cases/")
    writing.go_back()
    expect(box(writing)).to_have_value(TEXT)
    expect(box(writing)).to_be_visible()
    writing.get_by_role("button", name="Definitief intrekken").click()
    expect(writing.locator("main")).to_contain_text("Ingetrokken")
    request_.refresh_from_db()
    assert request_.state == "withdrawn"
    assert not Draft.objects.exists()


def test_without_a_connection_it_waits_in_the_page(writing, request_):
    writing.context.set_offline(True)
    box(writing).fill(TEXT)
    writing.get_by_role("button", name="Definitief intrekken").click()
    expect(away(writing, "offline").first).to_be_visible()
    expect(box(writing)).to_have_value(TEXT)
    writing.context.set_offline(False)
    expect(status(writing).first).to_contain_text("Concept bewaard", timeout=30_000)
    assert Draft.objects.get().fields["reasons"] == [TEXT]
    request_.refresh_from_db()
    assert request_.state == "awaiting"


def test_nothing_is_left_on_a_shared_machine_after_signing_out(writing, visit, cast, request_):
    box(writing).fill(TEXT)
    expect(status(writing).first).to_contain_text("Concept bewaard")
    writing.locator("form[action*=logout] button").last.dispatch_event("click")
    writing.wait_for_url("**/login/**")
    assert TEXT not in writing.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    sign_in(writing, cast.colleague)
    writing.goto(request_.get_absolute_url())
    assert TEXT not in writing.content()


def test_without_script_it_comes_back_when_it_is_sent_too_late(visit, cast, request_):
    page = visit(request_.get_absolute_url(), cast.caseworker, script=False)
    page.context.clear_cookies(name="sessionid")
    page.locator("summary", has_text="Intrekken").click()
    box(page).fill(TEXT)
    page.get_by_role("button", name="Definitief intrekken").click()
    expect(page.locator("h1")).to_have_text("Uw tekst is er nog")
    expect(page.locator("main")).to_contain_text(TEXT)


def test_a_name_in_a_box_is_warned_about_while_it_is_typed(writing):
    box(writing).fill("Opgelost met hulp van Fatima el Idrissi.")
    expect(writing.locator("[data-doubt=reasons]").first).to_contain_text("Fatima el Idrissi")


def test_a_fold_says_how_many_boxes_are_ticked_in_it(visit, cast):
    RoutineFactory()
    page = visit("/space/new/", cast.manager)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    fold = page.locator("details:has(> summary [data-ticked])").first
    for said in ("(1)", ""):
        fold.locator("label").first.click()
        expect(fold.locator("[data-ticked]")).to_have_text(said)
