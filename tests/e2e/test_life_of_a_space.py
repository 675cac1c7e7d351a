"""A space in the browser: looked back on after six weeks, suspended, objected to; and who answers for whom."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from deviations.models import Deviation, DiscretionarySpace
from deviations.services import escalating, granting, recording, reminding_of_spaces, submitting
from organisation.models import User
from tests.factories import CaseFactory, MembershipFactory, RoutineFactory, UserFactory

from . import people
from .conftest import DESK, PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = {
    "if_followed": "De aanvraag blijft weken liggen.",
    "instead": "We bekijken de afschriften samen.",
    "why_here": "De rekening is geblokkeerd.",
}


@pytest.fixture
def routine(cast):
    """A work instruction: departing from it weighs A."""
    return RoutineFactory(version__source_type="work_instruction")


@pytest.fixture
def give(cast, routine):
    """`give(deciding_slider=1)`: room for the whole team, for half a year."""

    def space(**fields) -> DiscretionarySpace:
        written = {
            "name": "Zonder afschriften", "purpose": "Eerder helpen.", "rules_slider": 3, "means_slider": 1,
            "deciding_slider": 4, "purpose_slider": 4, "cents_per_deviation": 20_000, "routines": [routine],
            "valid_until": timezone.localdate() + timedelta(days=180), **fields,
        }  # fmt: skip
        drafted = granting.draft_space(team=cast.income, by=cast.manager, fields=written, whole_team=True)
        return granting.grant_space(space=drafted, by=cast.manager)

    return space


@pytest.fixture
def begin(cast, routine):
    """`begin(person, amount_cents=…)`: a draft of theirs."""

    def draft(by=None, **fields) -> Deviation:
        author = User.objects.get(pk=(by or cast.caseworker).pk)
        case = CaseFactory(team=cast.income, handler=author)
        return recording.begin(case=case, by=author, fields={"routine": routine, **WORDS, **fields})

    return draft


def submitted(draft: Deviation) -> Deviation:
    return submitting.submit(deviation=draft, by=User.objects.get(pk=draft.author_id))


def test_an_evaluation_after_six_weeks(visit, cast, give, begin):
    space = give(evaluate_on=timezone.localdate() + timedelta(weeks=6))
    for _number in range(5):
        submitted(begin(MembershipFactory(user=UserFactory(), team=cast.income).user, amount_cents=15_000))
    assert submitted(begin(amount_cents=25_000)).state == "awaiting"
    with time_machine.travel(timezone.now() + timedelta(weeks=6)):
        reminding_of_spaces.remind()
        manager = visit("/notices/", cast.manager)
        manager.locator("main button, main a", has_text="Het is tijd om terug te kijken").first.click()
        manager.wait_for_url(re.compile(r"/space/"))
        manager.locator("main a", has_text="Terugkijken met de cijfers").first.click()
        text = manager.inner_text("main").replace("\xa0", " ")
        for figure in ("5 keer", "5 mensen", "€ 750,00", "het kostte meer dan het bedrag per keer: 1"):
            assert figure in text, text
        manager.check("[name=verdict][value=widen]")
        manager.fill("[name=words]", "Het bedrag is te klein.")
        people.send(manager)
        manager.wait_for_url(re.compile(r"/space/[0-9a-f-]+/edit/"))
        manager.locator("summary", has_text="Middelen:").click()
        manager.fill("[name=cents_per_deviation]", "300")
        people.send(manager)
        assert "Volgt op" in manager.inner_text("main")
        assert submitted(begin(amount_cents=25_000)).space.renews == space
        reader = visit(space.get_absolute_url(), cast.caseworker, width=PHONE)
        assert "Het bedrag is te klein." in reader.inner_text("main")
        assert overflow(reader) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_suspended_space(visit, cast, give, begin, script):
    page = give().get_absolute_url()
    manager = visit(page, cast.manager, script=script)
    manager.locator("summary", has_text="Tijdelijk stoppen").click()
    manager.fill("#suspend_reasons", "Eerst samen bespreken.")
    people.press(manager, manager.locator("form[action$='/suspend/'] button[type=submit]"))
    assert "Tijdelijk gestopt" in manager.inner_text("main")

    drafted = begin()
    caseworker = visit(f"/deviations/{drafted.pk}/edit/", cast.caseworker, script=script)
    assert "tijdelijk gestopt" in caseworker.inner_text("main").lower()
    people.send(caseworker)
    assert "Wacht op antwoord" in caseworker.inner_text("main")

    manager.locator("form[action$='/resume/'] button").click()
    assert submitted(begin()).answer == "by_space"


def test_an_objection_the_next_morning_and_too_late_the_day_after(visit, cast, give, begin):
    give(deciding_slider=1)
    monday = (timezone.now() + timedelta(days=7 - timezone.now().weekday())).replace(hour=9)
    with time_machine.travel(monday):
        used, other = submitted(begin(amount_cents=10_000)), submitted(begin(amount_cents=5_000))
    with time_machine.travel(monday + timedelta(days=1)):
        manager = visit("/queue/", cast.manager)
        assert "Bezwaar kan tot" in manager.inner_text("main")
        manager.locator("main a", has_text=used.number).click()
        manager.locator("summary", has_text="Bezwaar maken").click()
        manager.fill("#object_reasons", "Dit hoort bij een andere regeling.")
        people.press(manager, manager.locator("form[action$='/object/'] button[type=submit]"))
        assert "Wacht op antwoord" in manager.inner_text("main")
        author = visit(used.get_absolute_url(), cast.caseworker)
        assert "Dit hoort bij een andere regeling." in author.inner_text("main")
    with time_machine.travel(monday + timedelta(days=2)):
        late = visit(other.get_absolute_url(), cast.manager)
        assert late.locator("summary", has_text="Bezwaar maken").count() == 0
        assert "kon bezwaar maken en deed dat niet" in late.inner_text("main")


def test_a_deputy_answers_on_behalf_of_a_manager_who_is_away(visit, cast, begin):
    manager = visit("/queue/", cast.manager, width=PHONE)
    manager.locator("main a", has_text="Afwezig?").click()
    manager.select_option("[name=deputy]", label="Othermanager")
    manager.fill("[name=until]", (timezone.localdate() + timedelta(days=9)).isoformat())
    people.send(manager)
    assert "Othermanager vervangt u" in manager.inner_text("main")
    assert overflow(manager) <= 0

    request = submitted(begin())
    deputy = visit("/queue/", cast.othermanager)
    deputy.locator("main a", has_text=request.number).click()
    assert "namens Manager" in deputy.inner_text("main")
    deputy.check("[name=action][value=agree]")
    people.send(deputy)
    author = visit(request.get_absolute_url(), cast.caseworker)
    assert "Othermanager namens Manager" in author.inner_text("main")

    manager.locator("main button", has_text="Nu beëindigen").click()
    assert deputy.goto(deputy.url.split("/queue")[0] + request.get_absolute_url()).status == 404


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_silence_is_seen_by_both_sides(visit, cast, begin, width):
    cast.income.deputy = cast.othermanager
    cast.income.save()
    request = submitted(begin())
    with time_machine.travel(request.due_at + timedelta(days=5)):
        escalating.watch_deadlines()
        author = visit("/", cast.caseworker, width=width)
        author.wait_for_selector("text=Nog geen antwoord")
        author.goto(author.url.rstrip("/") + request.get_absolute_url())
        assert "Doorgestuurd naar Othermanager" in author.inner_text("main")
        assert overflow(author) <= 0
        deputy = visit("/queue/", cast.othermanager, width=width)
        assert "werkdagen te laat" in deputy.inner_text("main")
        assert overflow(deputy) <= 0
