"""The public register: drawn by chance, in safe classes, in words that a second person releases."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accountability.models import Proposing, RegisterLine
from accountability.rules.classes import Told
from accountability.services import classing, forgetting, proposing, registering
from cases.models import Case
from deviations.models import Deviation
from learning.services import reporting
from organisation.checking import doubt_of
from organisation.kernel.access import Refused
from organisation.kernel.periods import Quarter
from organisation.models import Event, Notice
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory, TeamFactory, UserFactory
from tests.learning import builders

from .register_builders import line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(cast):
    """Three routines: two of one domain that are large, and a small one of another domain."""
    made = builders.town(routines=3, teams=[cast.income, TeamFactory()], domains=2)
    for routine, count in ((0, 30), (1, 4), (2, 30)):
        builders.add(made, count, routine=routine, period=202602)
    return made


def propose(by, year=2026, domain=None, most=50) -> Proposing:
    """As the worker does it."""
    asked = proposing.ask(year=year, domain=domain, most=most, by=by)
    proposing.run(proposing_id=asked.pk)
    asked.refresh_from_db()
    return asked


def test_lines_are_proposed_in_classes_and_without_words(town, cast):
    asked = propose(cast.reporter, most=20)
    lines = RegisterLine.objects.all()
    assert (asked.state, asked.made, len(lines)) == ("done", 20, 20)
    assert {each.state for each in lines} == {"proposed"}
    assert not any(each.summary for each in lines)


def test_every_line_is_about_k_households_or_more(town, cast):
    propose(cast.reporter)
    rows = classing.population(2026).rows
    assert RegisterLine.objects.exists()
    for each in RegisterLine.objects.all():
        assert len({row.household for row in rows if each.told.holds(row)}) >= 10


def test_what_is_small_is_withheld_and_counted(town, cast):
    # It is all there is of its domain.
    assert propose(cast.reporter).withheld == 4
    assert not RegisterLine.objects.filter(routine=town.routines[1]).exists()


def test_a_case_for_named_colleagues_only_is_never_in_it(town, cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker, confidentiality="named")
    row = DeviationFactory(case=case, state="agreed", answer="agreed", period=202602, routine=town.routines[0])
    assert row.pk not in classing.population(2026).keys
    assert len(classing.population(2026).keys) == 64


def test_only_quarters_that_are_over(town, cast):
    builders.add(town, 30, routine=0, period=202611)
    assert len(classing.population(2026).keys) == 64
    assert classing.population(2027).keys == []
    assert classing.years() == [2026]


def test_a_quarter_is_told_only_where_its_figures_are_shown(town, cast):
    propose(cast.reporter, most=1)
    assert RegisterLine.objects.get().quarter is None
    reporting.make(quarter=Quarter(2026, 1), by=cast.policy)
    propose(cast.reporter)
    shown = classing.may_tell(2026)
    assert RegisterLine.objects.filter(quarter=1).exists()
    assert all(shown(each.told) for each in RegisterLine.objects.all())
    small = Told(year="2026", quarter="1", kind="made", routine=str(town.routines[1].pk))
    assert not shown(small)


def test_one_line_for_each_household_ever(town, cast):
    Deviation.objects.filter(routine=town.routines[0]).update(register_reference="same")
    propose(cast.reporter)
    propose(cast.reporter)
    assert RegisterLine.objects.filter(deviation__register_reference="same").count() <= 1


def test_who_made_the_deviation_is_asked_and_writes(town, cast):
    for _number in range(12):
        case = CaseFactory(team=cast.income, handler=cast.caseworker, policy_domain=town.domains[0])
        DeviationFactory(
            case=case, author=cast.caseworker, state="agreed", answer="agreed", period=202602, routine=town.routines[0],
            policy_domain=town.domains[0],
        )  # fmt: skip
    propose(cast.reporter, most=100)
    asked = Notice.objects.filter(event__verb="register.propose", recipient=cast.caseworker)
    own = RegisterLine.objects.filter(deviation__author=cast.caseworker)
    assert asked.count() == own.count() > 0
    assert (
        registering.write(line=own.first(), summary="Er waren geen afschriften.", by=cast.caseworker).state == "written"
    )
    with pytest.raises(Refused):
        registering.write(line=own.last(), summary="x", by=cast.colleague)


def test_a_second_person_releases(town, cast):
    propose(cast.reporter, most=1)
    one = registering.write(line=RegisterLine.objects.get(), summary="Er was geen bewijs.", by=cast.policy)
    for person in (cast.reporter, cast.policy):
        with pytest.raises(Refused, match="tweede persoon"):
            registering.release(line=one, by=person)
    third = UserFactory()
    third.groups.add(*cast.reporter.groups.all())
    assert registering.release(line=one, by=third).state == "released"


def test_the_database_knows_that_too(cast):
    one = line(cast.reporter, state="written", written_by=cast.policy)
    for person in (cast.reporter, cast.policy):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterLine.objects.filter(pk=one.pk).update(state="released", released_by=person, released_at=NOW)


def test_what_may_point_to_a_person_is_ticked_or_stays_out(town, cast):
    propose(cast.reporter, most=1)
    one = registering.write(line=RegisterLine.objects.get(), summary="Mevrouw Jansen had niets.", by=cast.reporter)
    with pytest.raises(Refused, match="Jansen"):
        registering.release(line=one, by=cast.policy)
    with pytest.raises(Refused, match="persoonsgegevens"):
        registering.write(line=one, summary="Het nummer was 111222333.", by=cast.reporter)
    ticks = [doubt_of("summary", one.summary, ()).token]
    assert registering.release(line=one, by=cast.policy, ticks=ticks).state == "released"


def test_a_class_that_became_small_is_not_released(town, cast):
    propose(cast.reporter, most=1, domain=town.domains[0])
    one = registering.write(line=RegisterLine.objects.get(), summary="Er was geen bewijs.", by=cast.reporter)
    gone = Deviation.objects.exclude(pk=one.deviation_id).values_list("pk", flat=True)
    Deviation.objects.filter(pk__in=list(gone)).delete()
    with pytest.raises(Refused, match="minder huishoudens"):
        registering.release(line=one, by=cast.policy)


def test_taken_back_it_loses_its_words_and_keeps_its_place(cast):
    one = line(cast.reporter)
    with pytest.raises(Refused):
        registering.take_back(line=one, reason=" ", by=cast.policy)
    one = registering.take_back(line=one, reason="Er stond te veel in.", by=cast.policy)
    assert (one.state, one.summary, one.reason) == ("taken_back", "", "Er stond te veel in.")
    assert one in RegisterLine.objects.public()
    with pytest.raises(Refused):
        registering.release(line=one, by=UserFactory())


def test_left_out_it_is_gone_but_for_the_logbook(cast):
    one = line(cast.reporter, state="proposed")
    registering.leave_out(line=one, by=cast.policy)
    assert not RegisterLine.objects.exists()
    assert Event.objects.filter(verb="register.leave_out", target_label=one.number).exists()


def test_the_line_stays_when_the_deviation_is_destroyed(cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    one = line(cast.reporter, deviation=DeviationFactory(case=case, routine=RoutineFactory()))
    case.delete()
    one.refresh_from_db()
    assert (one.deviation, one.state) == (None, "released")


def test_destruction_takes_what_was_not_released_and_leaves_what_was(cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    kept, gone = (
        line(cast.reporter, state=state, deviation=DeviationFactory(case=case, routine=RoutineFactory()))
        for state in ("taken_back", "written")
    )
    forgetting.forget(Case, [case.pk], because_of=kept)
    kept.refresh_from_db()
    assert kept.deviation is None
    assert not RegisterLine.objects.filter(pk=gone.pk).exists()


def test_delivered_twice_it_proposes_once_and_a_lost_role_proposes_nothing(town, cast):
    asked = proposing.ask(year=2026, domain=None, most=5, by=cast.reporter)
    assert proposing.ask(year=2026, domain=None, most=9, by=cast.policy) == asked
    for _delivery in range(3):
        proposing.run(proposing_id=asked.pk)
    assert RegisterLine.objects.count() == 5
    other = proposing.ask(year=2026, domain=town.domains[0], most=5, by=cast.reporter)
    cast.reporter.groups.clear()
    proposing.run(proposing_id=other.pk)
    other.refresh_from_db()
    assert (other.state, RegisterLine.objects.count()) == ("failed", 5)
