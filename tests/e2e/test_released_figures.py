"""The main job to its end: what two deviations change in the figures that policy staff read once they are released.

The municipality is small and of its own, with its own web server, so that its clock can be moved past the quarter.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.services import opening
from deviations.services import deciding, recording, submitting
from deviations.workflow import Action
from learning.services import releasing
from organisation.kernel.periods import Period
from organisation.kernel.protecting import rounded
from tests.factories import PolicyDomainFactory, RoutineFactory

from . import people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# Other households of this quarter: with one more the released figure is still the same, with two it is the next.
OTHERS = 11
WORDS = {
    "if_followed": "Zonder kaart kan deze inwoner geen inkomen aanvragen.",
    "instead": "We stellen samen vast wie het is.",
    "why_here": "Een nieuwe kaart kost geld dat er nog niet is.",
}


@pytest.fixture
def routine(cast):
    """The routine of the journey, applied to eleven others; beside it one that another team departs from."""
    field, code = people.ROUTINE
    cast.income.policy_domains.add(PolicyDomainFactory(label_nl="Inkomen"))
    mine, theirs = (
        RoutineFactory(
            code=of, title_nl=title, policy_domain=PolicyDomainFactory(label_nl=name),
            version__source_type="work_instruction",
        )
        for of, title, name in ((code, "Zich melden met een geldige kaart", field), ("JGD-01", "Wachten", "Jeugdhulp"))
    )  # fmt: skip
    for number in range(OTHERS):
        departed_from(mine, cast.income, cast.colleague, cast.manager, number)
        departed_from(theirs, cast.youth, cast.stranger, cast.othermanager, number)
    return mine


def departed_from(routine, team, author, manager, number):
    """Another household, for whom somebody departs from it and their manager agrees."""
    case = opening.open_case(
        by=author, team=team, subject=f"Huishouden {number}", question="Kan het ook anders?",
        policy_domain=routine.policy_domain, routines=[routine],
    )  # fmt: skip
    draft = recording.begin(case=case, by=author, fields={"routine": routine, **WORDS})
    deciding.decide(deviation=submitting.submit(deviation=draft, by=author), action=Action.AGREE, by=manager)


def journey(caseworker, manager) -> list[str]:
    """A request that is answered, a space, and a deviation that needs no answer any more; the addresses of it all."""
    case = people.open_case(caseworker, "Melden zonder geldige kaart")
    request = people.record_deviation(caseworker, case)
    assert "Wacht op antwoord" in caseworker.inner_text("main")
    people.agree_with_conditions(manager, request)
    space = people.give_space(manager, "Caseworker")
    other_case = people.open_case(caseworker, "Nog iemand zonder geldige kaart")
    at_once = people.record_deviation(caseworker, other_case)
    assert "Akkoord door ruimte" in caseworker.inner_text("main")
    return [case, request, f"{request}decide/", space, other_case, at_once]


def test_policy_staff_read_both_deviations_in_the_figures_of_the_released_quarter(visit, cast, routine, night):
    assert [rounded(OTHERS + more) for more in (0, 1, 2)] == [10, 10, 15], "both have to be counted for the last"
    caseworker, manager = visit("/", cast.caseworker), visit("/", cast.manager)
    addresses = journey(caseworker, manager)
    night()
    assert people.figures_of(manager) == (OTHERS + 2, OTHERS + 2)
    policy = visit("/", cast.policy)
    assert people.figures_of(policy) == (0, 0), "nothing is told of a quarter that is not over"

    over = Period.of(timezone.now()).quarter.last.ends_before
    with time_machine.travel(over + releasing.AFTER + timedelta(days=1)):
        night()
        policy = visit("/", cast.policy)
        assert people.figures_of(policy) == (15, 15)
        stranger = visit("/", cast.stranger)
        for address in addresses:
            assert stranger.goto(address).status == 404, address
