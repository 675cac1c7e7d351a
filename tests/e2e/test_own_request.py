"""Ways somebody might try to answer their own request, or to use what is no longer there: all in the browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from deviations.models import Decision, Deviation, DiscretionarySpace
from deviations.services import granting, recording, submitting
from organisation.models import User
from organisation.services import managing_people
from tests.factories import CaseFactory, DeputisingFactory, MembershipFactory, RoutineFactory

from . import people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = {"if_followed": "Het wacht.", "instead": "We kijken samen.", "why_here": "De rekening is dicht."}


@pytest.fixture
def routine(cast):
    """A work instruction: departing from it weighs A."""
    return RoutineFactory(version__source_type="work_instruction")


@pytest.fixture
def begin(cast, routine):
    """`begin(person)`: a draft of theirs, in a case of the team."""

    def draft(by) -> Deviation:
        author = User.objects.get(pk=by.pk)
        case = CaseFactory(team=cast.income, handler=author)
        return recording.begin(case=case, by=author, fields={"routine": routine, **WORDS})

    return draft


@pytest.fixture
def ask(begin):
    """`ask(person)`: a request of theirs that awaits an answer."""
    return lambda by: submitting.submit(deviation=begin(by), by=User.objects.get(pk=by.pk))


def is_refused(page, request: Deviation) -> str:
    """The page to answer it shows no way to do so, and sending the answer all the same is refused; what it says."""
    answer = page.goto(f"{request.get_absolute_url()}decide/")
    said = page.inner_text("main")
    if answer.status == 404:
        return "404"
    assert answer.status == 409
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    sent = page.request.post(
        page.url, form={"csrfmiddlewaretoken": token, "action": "agree"}, headers={"Referer": page.url}
    )
    assert sent.status in (404, 409)
    assert not Decision.objects.exists()
    return said


@pytest.fixture
def works_too(cast):
    """The manager is a caseworker of the team as well."""
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    return cast.manager


def test_a_manager_does_not_answer_what_they_asked_themselves(visit, cast, works_too, ask):
    request = ask(works_too)
    page = visit("/queue/", cast.manager)
    assert request.number not in page.inner_text("main")
    assert "uzelf" in is_refused(page, request) or "eigen" in is_refused(page, request)


def test_their_second_account_does_not_either(visit, cast, ask):
    request = ask(cast.caseworker)
    assert request.number in visit("/queue/", cast.manager).inner_text("main")
    managing_people.say_whose(by=cast.admin, person=cast.caseworker, same_as=cast.manager)
    page = visit("/queue/", cast.manager)
    assert request.number not in page.inner_text("main")
    assert "eigen verzoek" in is_refused(page, request)


def test_who_deputises_does_not_answer_their_own(visit, cast, ask):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    MembershipFactory(user=cast.othermanager, team=cast.income, role="caseworker")
    mine, theirs = ask(cast.othermanager), ask(cast.caseworker)
    page = visit("/queue/", cast.othermanager)
    assert theirs.number in page.inner_text("main")
    assert mine.number not in page.inner_text("main")
    assert "eigen" in is_refused(page, mine)


def test_answering_many_at_once_leaves_ones_own_out(visit, cast, works_too, ask, routine):
    mine, theirs = ask(works_too), ask(cast.caseworker)
    page = visit(f"/queue/general/?routine={routine.code}&request={mine.pk}&request={theirs.pk}", cast.manager)
    assert theirs.number in page.inner_text("main")
    assert page.locator(f"[name=request][value='{mine.pk}']:not([disabled])").count() == 0
    page.fill("#general-form [name=reasons]", "Voortaan mag dit.")
    people.press(page, page.locator("#general-form button[type=submit]").first)
    mine.refresh_from_db()
    assert mine.state == "awaiting"


def test_a_request_that_is_sent_by_a_double_click_is_one_request(visit, cast, begin):
    draft = begin(cast.caseworker)
    page = visit(f"/deviations/{draft.pk}/edit/", cast.caseworker)
    with page.expect_event("load"):
        page.locator("#deviation-form button[type=submit]:not([name])").first.dblclick(no_wait_after=True)
    expect(page.locator("main")).to_contain_text("Wacht op antwoord")
    assert Deviation.objects.count() == 1
    draft.refresh_from_db()
    assert draft.state == "awaiting"


def test_of_two_windows_the_second_answer_is_told_who_was_first(visit, cast, ask):
    request = ask(cast.caseworker)
    first, second = (visit(f"{request.get_absolute_url()}decide/", cast.manager) for _window in range(2))
    for page, action in ((first, "agree"), (second, "agree")):
        page.check(f"[name=action][value={action}]")
        people.send(page)
    assert "geantwoord door Manager" in second.inner_text("main")
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("way", [granting.suspend, granting.withdraw_space])
def test_a_space_that_was_revoked_meanwhile_covers_nothing(visit, cast, begin, routine, way):
    fields = {
        "name": "Zonder afschriften", "purpose": "Eerder helpen.", "rules_slider": 3, "means_slider": 1,
        "deciding_slider": 4, "purpose_slider": 4, "cents_per_deviation": 20_000, "routines": [routine],
        "valid_until": timezone.localdate() + timedelta(days=180),
    }  # fmt: skip
    drafted = granting.draft_space(team=cast.income, by=cast.manager, fields=fields, whole_team=True)
    space = granting.grant_space(space=drafted, by=cast.manager)
    draft = begin(cast.caseworker)
    page = visit(f"/deviations/{draft.pk}/edit/", cast.caseworker)
    expect(page.locator("#may-i")).to_contain_text(space.name)
    way(space=DiscretionarySpace.objects.get(pk=space.pk), by=cast.manager, reasons="Eerst samen bespreken.")
    people.send(page)
    assert "Wacht op antwoord" in page.inner_text("main")
    draft.refresh_from_db()
    assert (draft.state, draft.answer) == ("awaiting", "")
