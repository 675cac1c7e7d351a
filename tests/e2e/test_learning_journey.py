"""From a rise in the figures to a new rule and what it did in half a year: signal, question, decision, effect, answer.

The town is small and of its own, with its own web server, so that its clock can be moved.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import RoutineVersion
from deviations.services import recording, submitting
from organisation.kernel.periods import Period
from organisation.models import User
from tests.factories import CaseFactory, RoutineFactory, TeamFactory
from tests.learning import builders
from tests.learning.dice import dice

from . import people
from .conftest import DESK, PHONE, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

ROUTINES, MONTHS, ROSE = 4, 24, 4
USES, USUAL, RISEN, AFTERWARDS = 100, 10, 30, 3
WORDS = {
    "if_followed": "De aanvraag blijft weken liggen.",
    "instead": "We bekijken de afschriften samen.",
    "why_here": "De rekening is geblokkeerd.",
}


@pytest.fixture
def town(cast):
    """Four routines in three teams for two years; in one team one of them has risen threefold, four months ago."""
    made = builders.town(routines=ROUTINES, teams=[cast.income, cast.youth, TeamFactory(name="Wonen")])
    made.routines[0] = RoutineFactory(version__source_type="work_instruction")
    now, chance = Period.of(timezone.now()), dice()
    for back in range(1, MONTHS + 1):
        for routine in range(ROUTINES):
            for team in range(3):
                rose = (routine, team) == (0, 0) and back <= ROSE
                count(made, routine, team, now - back, int(chance.poisson(RISEN if rose else USUAL)))
    return made


def count(town, routine, team, month, deviations):
    """What a register says of one month."""
    builders.add(town, deviations, routine=routine, team=team, period=int(month))
    builders.report_uses(town, USES, routine=routine, team=team, period=int(month))


@pytest.fixture
def request_of(town):
    """`request_of(person)`: a deviation from the first routine that they recorded here."""

    def submit(person):
        author = User.objects.get(pk=person.pk)
        case = CaseFactory(team=town.teams[0], handler=author)
        draft = recording.begin(case=case, by=author, fields={"routine": town.routines[0], **WORDS})
        return submitting.submit(deviation=draft, by=author)

    return submit


def step(page, action, **fields):
    """Take one step of the question; fields by name."""
    form = page.locator(f"form[action$='/{action}/']")
    if fields:
        fold = page.locator(f"#step-{action}")
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif field.get_attribute("type") == "checkbox":
            field.set_checked(value)
        else:
            field.fill(value)
    people.press(page, form.locator("button[type=submit], button:not([type])").last)


def from_signal_to_question(page) -> str:
    """The policy officer finds the signal on the first screen, takes it, and opens a question; answers its address."""
    page.locator("main a", has_text="Vaker dan eerst").first.click()
    assert "keer zo vaak" in page.inner_text("main")
    people.send(page)
    assert "U kijkt naar dit signaal" in page.inner_text("body")
    page.locator("main a", has_text="Leervraag openen").click()
    page.fill("[name=title]", "Afschriften zijn niet te krijgen")
    page.fill("[name=problem]", "Wie geen rekening heeft, krijgt geen afschriften en dus geen hulp.")
    people.send(page)
    assert "/learning/questions/" in page.url
    return people.path(page)


def test_a_rise_becomes_a_new_rule_and_who_signalled_it_hears_that_it_helped(visit, cast, town, request_of, night):
    mine = [request_of(person) for person in (cast.caseworker, cast.colleague)]
    night()
    policy = visit("/", cast.policy)
    question = from_signal_to_question(policy)

    step(policy, "inquire")
    step(policy, "ask")
    teller = visit("/", cast.caseworker, width=PHONE)
    teller.locator("main a", has_text="Wilt u vertellen wat er gebeurde?").click()
    teller.fill("[name=story]", "De bank had de rekening dichtgezet. Samen bellen hielp.")
    people.send(teller)

    policy.goto(policy.url)
    assert "Samen bellen hielp" in policy.inner_text("main")
    step(policy, "propose", findings="De bank sluit rekeningen bij schulden.", proposal="Vraag alleen een verklaring.")
    step(policy, "decide", improvement="change_rule", reasons="Afschriften bewijzen hier niets.")
    step(
        policy, "carry_out", carried_out="De werkinstructie is gewijzigd.", new_version=True,
        prescribes="Een verklaring volstaat.", purpose="Weten waarvan iemand leeft.",
    )  # fmt: skip
    assert RoutineVersion.objects.get(routine=town.routines[0], number=2).prescribes == "Een verklaring volstaat."
    assert "Nog te vroeg om te zeggen" in policy.inner_text("main")

    with time_machine.travel(timezone.now() + timedelta(days=183)):
        half_a_year_later(town)
        night()
        look_at_the_effect(visit, cast, question)
        the_caseworker_hears(visit, cast, mine[0])
        policy = visit(question, cast.policy)
        step(policy, "close")
        assert "Gesloten" in policy.inner_text(".hr-head__title")


def half_a_year_later(town):
    """Since the new rule the first routine is departed from hardly ever; the rest goes on as it was."""
    now, chance = Period.of(timezone.now()), dice()
    for back in range(1, 7):
        for routine in range(ROUTINES):
            for team in range(3):
                count(town, routine, team, now - back, int(chance.poisson(USUAL if routine else AFTERWARDS)))


def look_at_the_effect(visit, cast, question):
    """The page says what happened, at a desk and on a phone; the policy officer answers everybody."""
    for width in (PHONE, DESK):
        policy = visit(question, cast.policy, width=width)
        assert "Er wordt minder vaak van afgeweken" in policy.inner_text("main")
        assert overflow(policy) <= 0
    step(policy, "check", effect="Wie geen rekening heeft, is nu binnen een dag geholpen.")
    assert policy.locator("form[action$='/close/'] button").is_disabled(), "somebody does not know yet"
    step(policy, "reply", kind="helped", text="U zei dat afschriften niet lukten. Nu volstaat een verklaring.")


def the_caseworker_hears(visit, cast, mine):
    """The answer stands on the first screen; and the whole line on the deviation it began with."""
    reader = visit("/", cast.caseworker)
    answer = reader.locator("main li", has_text="Afschriften zijn niet te krijgen").first
    assert "Dit is veranderd, en het hielp" in answer.inner_text()
    answer.locator("a").click()
    assert "Nu volstaat een verklaring." in reader.inner_text("main")
    reader.goto(reader.url.split("/learning")[0] + mine.get_absolute_url())
    reader.wait_for_selector("text=Afschriften zijn niet te krijgen")
    assert "Wie geen rekening heeft, is nu binnen een dag geholpen." in reader.inner_text("main")
