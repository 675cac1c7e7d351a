"""A request comes back with a question, is answered, and is agreed to: one conversation that both sides read."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from deviations.models import Deviation
from deviations.services import recording, submitting
from tests.factories import CaseFactory, RoutineFactory

from . import people
from .conftest import DESK, PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = {"if_followed": "Het wacht.", "instead": "We kijken samen.", "why_here": "De rekening is dicht."}
QUESTION, REPLY = "Weet de bank dat het dringend is?", "Ja, maar zij doen er twee weken over."


@pytest.fixture
def request_(cast) -> Deviation:
    """A request that awaits its answer."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    routine = RoutineFactory(version__source_type="work_instruction")
    draft = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
    return submitting.submit(deviation=draft, by=cast.caseworker)


@pytest.mark.parametrize(
    ("script", "width"), [(True, DESK), (False, PHONE)], ids=["with script", "without, on a phone"]
)
def test_a_question_back_and_its_answer_stand_in_one_thread(visit, cast, request_, script, width):
    page = request_.get_absolute_url()
    manager = visit(f"{page}decide/", cast.manager, script=script, width=width)
    manager.check("[name=action][value=return]")
    manager.fill("[name=question]", QUESTION)
    people.send(manager)

    author = visit(page, cast.caseworker, script=script, width=width)
    assert QUESTION in author.inner_text("main")
    author.locator("main a", has_text="Verder schrijven").first.click()
    expect(author.locator("main")).to_contain_text("vraagt u eerst iets")
    author.fill("[name=reply]", REPLY)
    assert overflow(author) <= 0
    people.press(author, author.locator("#deviation-form button[type=submit]:not([name])").first)
    assert "Wacht op antwoord" in author.inner_text("main")

    manager.goto(f"{page}decide/")
    assert REPLY in manager.inner_text("main")
    manager.check("[name=action][value=agree]")
    people.send(manager)
    for reader in (author, manager):
        reader.goto(page)
        thread = reader.inner_text("main").split("Gesprek")[-1]
        assert QUESTION in thread
        assert REPLY in thread
    request_.refresh_from_db()
    assert request_.state == "agreed"
    assert request_.decided_at.date() == timezone.now().date()
