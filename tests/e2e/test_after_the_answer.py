"""After the answer, in the browser: changing what was decided on, the reasons for the letter, and six weeks later."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.utils import timezone
from pypdf import PdfReader

from deviations.models import Deviation, Evaluation
from deviations.services import deciding, submitting
from deviations.workflow import Action
from organisation.services import running_errands
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory

from . import people
from .conftest import DESK, PHONE

pytestmark = pytest.mark.e2e

OTHER_WAY = "We gaan langs bij deze inwoner en stellen daar vast wie het is."
ADDED = "gaan langs bij deze inwoner"


def agreed(caseworker, manager, subject: str) -> str:
    """A request that the manager agreed to, with conditions; answers its address."""
    case = people.open_case(caseworker, subject, people.OTHER_ROUTINE)
    request = people.record_deviation(caseworker, case)
    people.agree_with_conditions(manager, request)
    return request


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_edit_after_the_agreement_voids_it_and_is_sent_in_again(enter, script):
    caseworker, manager = enter("caseworker", script=script), enter("manager", script=script)
    request = agreed(caseworker, manager, f"Kaart kwijt bij een verhuizing ({script})")

    caseworker.goto(request)
    caseworker.locator(f"a[href='{request}revise/']").click()
    assert "geldt dat akkoord niet meer" in caseworker.inner_text("main")
    caseworker.fill("[name=instead]", OTHER_WAY)
    people.send(caseworker)
    assert ADDED in caseworker.inner_text(".hr-differences ins")
    manager.goto(request)
    assert "Akkoord met voorwaarden" in manager.inner_text("main")

    caseworker.click("button[name=confirmed]")
    caseworker.wait_for_url(re.compile(r"/edit/"))
    assert manager.goto(request).status == 404
    manager.goto("/notices/")
    manager.locator("main button, main a", has_text=re.compile("wijzigde wat in")).first.click()
    manager.wait_for_url(re.compile(r"/deviations/decisions/"))
    assert ADDED not in manager.inner_text("main")

    people.send(caseworker)
    assert "Wacht op antwoord" in caseworker.inner_text("main")
    manager.goto(f"{request}decide/")
    assert ADDED in manager.inner_text(".hr-differences ins")
    assert "Leg in het journaal vast wie de inwoner kende." in manager.inner_text("main")
    people.agree_with_conditions(manager, request)
    caseworker.goto(request)
    assert "Akkoord met voorwaarden" in caseworker.inner_text(".hr-head")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_reasons_for_the_letter_are_adjusted_copied_and_taken_along(enter, width):
    caseworker, manager = enter("caseworker", width=width), enter("manager")
    request = agreed(caseworker, manager, f"Brief over een kaart ({width})")

    caseworker.goto(request)
    caseworker.locator(f"a[href='{request}letter/']").click()
    text = caseworker.input_value("[name=text]")
    assert "Daarom doen wij in uw situatie het volgende." in text
    caseworker.fill("[name=text]", text.replace("deze inwoner", "u"))
    caseworker.click("button[data-copy]")
    caseworker.wait_for_function("document.querySelector('[data-copy-status]').textContent")
    with caseworker.expect_download() as download:
        caseworker.click("button[value=pdf]")
    pages = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages
    words = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert "Zonder kaart kan u geen inkomen aanvragen." in words


@pytest.fixture
def long_ago(cast) -> Deviation:
    """A deviation of € 100 that the manager agreed to just now."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    routine = RoutineFactory(version__source_type="work_instruction")
    draft = DeviationFactory(case=case, routine=routine, amount_cents=10_000)
    deviation = submitting.submit(deviation=draft, by=cast.caseworker)
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    return deviation


def run_what_is_due(sent: list) -> None:
    """As beat and a worker would."""
    running_errands.tick()
    for name, arguments in sent:
        if name == "deviations.tasks.ask_whether_it_helped":
            current_app.tasks[name](*arguments)


@pytest.mark.django_db(transaction=True)
def test_six_weeks_later_the_author_is_asked_and_looks_back_in_one_screen(visit, cast, long_ago, sent):
    current_app.loader.import_default_modules()
    assert "Hielp het?" not in visit("/", cast.caseworker).inner_text("main")
    with time_machine.travel(timezone.now() + timedelta(weeks=6, days=1)):
        run_what_is_due(sent)
        page = visit("/notices/", cast.caseworker)
        page.locator("main button, main a", has_text=long_ago.number).first.click()
        page.wait_for_url(re.compile(r"/evaluate/"))
        assert page.input_value("[name=real_cents]") == "100,00"
        page.check("[name=helped][value=yes]")
        page.fill("[name=real_cents]", "130,00")
        page.fill("[name=residents_opinion]", "Opgelucht.")
        page.select_option("[name=structural]", "structural")
        people.send(page)
        page.wait_for_url(re.compile(rf"/deviations/{long_ago.pk}/$"))
        text = page.inner_text("main").replace("\xa0", " ")
        assert "Ja, het hielp" in text
        assert "€ 30,00 meer dan verwacht" in text
    assert Evaluation.objects.get().structural == "structural"
