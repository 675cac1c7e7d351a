"""Makes requests and spaces by the services, as people would."""

from collections.abc import Callable

import pytest

from cases.models import Routine
from deviations.models import Cause, Consultation, Deviation, DiscretionarySpace, Ground
from deviations.services import consulting, granting, recording, submitting
from tests.factories import CaseFactory, CauseFactory, GroundFactory, RoutineFactory

WORDS = {
    "if_followed": "The application stays incomplete for weeks.",
    "instead": "We look at the statements together.",
    "why_here": "The account is blocked.",
}


@pytest.fixture
def routine(cast) -> Routine:
    """A work instruction: departing from it weighs A."""
    return RoutineFactory(version__source_type="work_instruction")


@pytest.fixture
def case(cast):
    """A case of the caseworker."""
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def draft(cast, case, routine) -> Callable[..., Deviation]:
    """`draft(amount_cents=…)` is a complete draft of the caseworker, with these fields."""

    def make(by=None, **fields) -> Deviation:
        author = by or cast.caseworker
        return recording.begin(case=case, by=author, fields={"routine": routine, **WORDS, **fields})

    return make


@pytest.fixture
def request_(cast, draft) -> Callable[..., Deviation]:
    """`request_()` is a request of the caseworker that awaits an answer."""

    def make(by=None, **fields) -> Deviation:
        return submitting.submit(deviation=draft(by, **fields), by=by or cast.caseworker)

    return make


@pytest.fixture
def space(cast, routine) -> Callable[..., DiscretionarySpace]:
    """`space(cents_per_period=…)` is a space in force, held by the caseworker unless told otherwise."""

    def make(people=None, whole_team=False, routines=None, by=None, **fields) -> DiscretionarySpace:
        giver = by or cast.manager
        written = {
            "name": "Statements", "purpose": "Helping sooner.", "rules_slider": 3, "means_slider": 1,
            "deciding_slider": 4, "purpose_slider": 4, "cents_per_deviation": 50_000,
            "valid_until": "2099-12-31", "routines": routines or [routine], **fields,
        }  # fmt: skip
        held_by = [cast.caseworker] if people is None else people
        drafted = granting.draft_space(
            team=cast.income, by=giver, fields=written, people=held_by, whole_team=whole_team
        )
        return granting.grant_space(space=drafted, by=giver)

    return make


@pytest.fixture
def terms(db) -> tuple[Ground, Cause]:
    """A ground that weighs B, and a cause."""
    return GroundFactory(), CauseFactory()


@pytest.fixture
def ask(cast) -> Callable[..., Consultation]:
    """`ask(deviation)` asks the colleague, by the caseworker, unless told otherwise."""

    def make(deviation, by=None, **words) -> Consultation:
        said = {"kind": "peer", "asked": cast.colleague, "question": "Would you do this?", **words}
        return consulting.ask(deviation=deviation, by=by or cast.caseworker, **said)

    return make


@pytest.fixture
def advised(cast, ask) -> Callable[..., Consultation]:
    """`advised(deviation)`: the colleague agrees, and the author followed it."""

    def make(deviation, **words) -> Consultation:
        question = ask(deviation, **words)
        consulting.answer(consultation=question, by=question.asked, view="agrees")
        return consulting.settle(consultation=question, by=question.author, followed=True)

    return make
