"""Nothing typed is lost: without a connection, signed out, in two windows, and with personal data in it."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Case
from deviations.models import Deviation
from organisation.models import Draft
from tests.factories import CaseFactory

from .conftest import PHONE, overflow, violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long password of words"
TEXT = "De huur is drie maanden niet betaald."


@pytest.fixture
def case(cast) -> Case:
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def writing(visit, cast, case):
    """The form of a new deviation, as the caseworker."""
    return visit(f"/deviations/new/?case={case.pk}", cast.caseworker)


def status(page):
    return page.locator("[data-autosave-status]")


def away(page, why: str):
    return page.locator(f"[data-away={why}]")


def sign_in(page, person) -> None:
    """Through the ordinary form."""
    person.set_password(PASSWORD)
    person.save()
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("^(?!.*/login/)"))


def test_a_text_is_looked_at_while_it_is_typed_and_a_button_takes_out_what_points_to_a_person(writing):
    writing.fill("[name=instead]", "Bel 06-12345678.")
    writing.get_by_role("button", name="Vervang ‘06-12345678’ door ‘[telefoonnummer]’").click()
    expect(writing.locator("[name=instead]")).to_have_value("Bel [telefoonnummer].")
    expect(writing.locator("[data-doubt=instead] *")).to_have_count(0)


def test_a_citizen_service_number_blocks_and_the_rest_is_saved(writing):
    writing.fill("[name=instead]", TEXT)
    writing.fill("[name=why_here]", "Nummer 111222333")
    expect(writing.locator("[data-doubt=why_here]")).to_contain_text("111222333")
    assert violations(writing) == []
    expect(writing.locator("[name=why_here]")).to_have_attribute("aria-invalid", "true")
    expect(status(writing)).to_contain_text("Waarom hier?")
    deviation = Deviation.objects.get()
    assert (deviation.instead, deviation.why_here) == (TEXT, "")
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.goto("about:blank")
    assert asked == ["beforeunload"]


def test_without_a_connection_the_text_stays_and_is_saved_when_it_is_back(writing):
    writing.context.set_offline(True)
    writing.fill("[name=instead]", TEXT)
    expect(away(writing, "offline")).to_be_visible()
    with writing.expect_event("requestfailed"):  # what the button tried has failed too before the connection is back
        writing.locator("button[type=submit]:not([name]):visible", has_text="Indienen").first.click()
    expect(writing.locator("[name=instead]")).to_have_value(TEXT)
    assert not Deviation.objects.exists()
    writing.context.set_offline(False)
    expect(status(writing)).to_contain_text("Concept bewaard", timeout=30_000)
    expect(away(writing, "offline")).to_be_hidden()
    assert Deviation.objects.get().instead == TEXT


@pytest.mark.parametrize(("answer", "why"), [(404, "closed"), (500, "offline"), (403, "offline")])
def test_a_server_that_does_not_take_the_text_is_told_about_and_the_text_stays(writing, answer, why):
    writing.route("**/draft/", lambda route: route.fulfill(status=answer, body="<h1>No</h1>"))
    writing.fill("[name=instead]", TEXT)
    expect(away(writing, why)).to_be_visible()
    with writing.expect_response("**/draft/"):  # what the button tried was refused too before the server takes it again
        writing.get_by_role("button", name="Als concept bewaren").click()
    expect(writing.locator("[name=instead]")).to_have_value(TEXT)
    writing.unroute("**/draft/")
    expect(status(writing)).to_contain_text("Concept bewaard", timeout=40_000)
    assert Deviation.objects.get().instead == TEXT


def test_leaving_with_text_that_is_not_saved_is_warned_about(writing):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.locator("[name=instead]").press_sequentially("Niet bewaard")
    writing.goto("about:blank")
    assert asked == ["beforeunload"]


def test_leaving_after_it_was_saved_is_not(writing):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.locator("[name=instead]").press_sequentially("Bewaard")
    expect(status(writing)).to_contain_text("Concept bewaard")
    writing.goto("about:blank")
    assert asked == []


def test_who_is_signed_out_while_typing_signs_in_in_another_tab_and_goes_on(writing, cast):
    writing.context.clear_cookies(name="sessionid")
    writing.fill("[name=instead]", TEXT)
    expect(away(writing, "signed-out")).to_be_visible()
    assert violations(writing) == []
    with writing.context.expect_page() as opened:
        writing.get_by_role("link", name="Inloggen (opent een nieuw tabblad)").click()
    sign_in(opened.value, cast.caseworker)
    writing.bring_to_front()
    expect(status(writing)).to_contain_text("Concept bewaard", timeout=40_000)
    assert Deviation.objects.get().instead == TEXT
    writing.get_by_role("button", name="Als concept bewaren").click()
    writing.wait_for_url("**/edit/**")
    expect(writing.locator("[name=instead]")).to_have_value(TEXT)


def test_what_was_typed_before_the_session_ended_is_back_after_signing_in_again(visit, cast):
    page = visit("/cases/new/", cast.caseworker)
    page.fill("[name=question]", TEXT)
    expect(status(page)).to_contain_text("Concept bewaard")
    page.context.clear_cookies(name="sessionid")
    page.reload()
    sign_in(page, cast.caseworker)
    expect(page.locator("[name=question]")).to_have_value(TEXT)


def test_a_deviation_that_was_begun_is_back_after_signing_in_again(writing, cast):
    writing.fill("[name=instead]", TEXT)
    expect(status(writing)).to_contain_text("Concept bewaard")
    writing.context.clear_cookies(name="sessionid")
    writing.reload()
    sign_in(writing, cast.caseworker)
    expect(writing.locator("[name=instead]")).to_have_value(TEXT)


def test_without_script_a_form_that_is_sent_too_late_comes_back_and_is_sent_again(visit, cast, case):
    page = visit(f"/cases/{case.pk}/", cast.caseworker, script=False)
    page.context.clear_cookies(name="sessionid")
    page.fill("#journal [name=text]", TEXT)
    page.get_by_role("button", name="In het journaal schrijven").click()
    expect(page.locator("h1")).to_have_text("Uw tekst is er nog")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Inloggen (opent een nieuw tabblad)").click()
    sign_in(opened.value, cast.caseworker)
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.locator("main")).to_contain_text(cast.caseworker.name)
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.locator(".hr-entry__text", has_text=TEXT)).to_have_count(1)


def test_without_script_who_comes_second_takes_over_what_they_want(visit, cast, case):
    mine = visit(f"/cases/{case.pk}/edit/", cast.caseworker, script=False)
    theirs = visit(f"/cases/{case.pk}/edit/", cast.colleague, script=False)
    theirs.fill("[name=subject]", "Van de collega")
    theirs.get_by_role("button", name="Bewaren").click()
    mine.fill("[name=subject]", "Van mij")
    mine.fill("[name=question]", TEXT)
    mine.get_by_role("button", name="Bewaren").click()
    expect(mine.locator(".hr-conflict del").first).to_contain_text("collega")
    mine.set_viewport_size({"width": PHONE, "height": 900})
    assert overflow(mine) <= 0
    mine.locator("button[name=_take][value=subject]").click()
    expect(mine.locator("[name=subject]")).to_have_value("Van de collega")
    expect(mine.locator("[name=question]")).to_have_value(TEXT)
    mine.get_by_role("button", name="Bewaren").click()
    case.refresh_from_db()
    assert (case.subject, case.question) == ("Van de collega", TEXT)


def test_without_script_the_offer_comes_back_with_the_form(visit, cast, case):
    page = visit(f"/cases/{case.pk}/", cast.caseworker, script=False)
    page.fill("#journal [name=text]", "Bel 06-12345678.")
    page.get_by_role("button", name="In het journaal schrijven").click()
    page.get_by_role("button", name="Vervang ‘06-12345678’ door ‘[telefoonnummer]’").click()
    expect(page.locator("#journal [name=text]")).to_have_value("Bel [telefoonnummer].")
    page.get_by_role("button", name="In het journaal schrijven").click()
    expect(page.locator(".hr-entry__text")).to_have_text("Bel [telefoonnummer].")


def test_nothing_is_saved_in_the_name_of_who_signs_in_next_on_the_same_machine(visit, cast):
    page = visit("/cases/new/", cast.caseworker)
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=question]", TEXT)
    expect(away(page, "signed-out")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Inloggen (opent een nieuw tabblad)").click()
    sign_in(opened.value, cast.colleague)
    page.bring_to_front()
    expect(status(page)).to_contain_text("iemand anders ingelogd", timeout=40_000)
    expect(page.locator("[name=question]")).to_have_value(TEXT)
    assert not Draft.objects.exists()


def test_a_second_tab_is_told_and_writes_nothing_over(visit, cast):
    first = visit("/cases/new/", cast.caseworker)
    second = visit("/cases/new/", cast.caseworker)
    first.fill("[name=question]", TEXT)
    expect(status(first)).to_contain_text("Concept bewaard")
    second.fill("[name=question]", "Iets anders")
    expect(status(second)).to_contain_text("ander venster")
    assert Draft.objects.get().fields["question"] == [TEXT]


def test_a_button_that_is_pressed_often_sends_the_form_once(visit, cast, case):
    page = visit(f"/cases/{case.pk}/", cast.caseworker)
    page.locator("#journal [name=text]").press_sequentially(TEXT)
    button = page.get_by_role("button", name="In het journaal schrijven")
    for _press in range(3):
        button.click(no_wait_after=True)
    expect(page.locator(".hr-entry__text", has_text=TEXT)).to_have_count(1)
    assert case.journal.count() == 1


def test_a_paste_that_is_too_long_is_said_at_the_place_and_nothing_is_lost(visit, cast, case):
    page = visit(f"/cases/{case.pk}/", cast.caseworker)
    long = "Heel veel. " * 1_000 + "Einde."
    page.locator("#journal [name=text]").fill(long)
    page.get_by_role("button", name="In het journaal schrijven").click()
    expect(page.locator("#journal .utrecht-form-field-error-message")).to_be_visible()
    expect(page.locator("#journal [name=text]")).to_have_value(long)
    assert not case.journal.exists()


def test_a_paste_of_ten_thousand_characters_is_counted_and_is_still_there_after_a_reload(writing):
    long = "Tien tekst" * 1_000
    writing.fill("[name=why_here]", long)
    expect(writing.locator("#id_why_here_counter")).to_contain_text("5.000 tekens te veel")
    expect(status(writing)).to_contain_text("Concept bewaard")
    writing.reload()
    expect(writing.locator("[name=why_here]")).to_have_value(long)
