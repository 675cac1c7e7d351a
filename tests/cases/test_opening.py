"""Opening a case."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Case, RoutineUse, RoutineVersion
from cases.services.applying import apply_routine
from cases.services.opening import open_case
from organisation.kernel.access import Refused
from organisation.models import Event
from tests.factories import CaseFactory, LifeDomainFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """What is needed to open a case."""
    return {
        "by": cast.caseworker,
        "team": cast.income,
        "subject": "Statements",
        "question": "Must I print them?",
        "policy_domain": PolicyDomainFactory(),
    }


def test_a_case_gets_a_number_a_handler_and_a_line_in_the_logbook(told, cast):
    case = open_case(**told, needed="A way without paper.", contact_count=2)
    assert case.number == f"Z-{timezone.localdate().year}-00001"
    assert (case.handler, case.team, case.state) == (cast.caseworker, cast.income, "open")
    assert (case.needed, case.contact_count) == ("A way without paper.", 2)
    event = Event.objects.about(case).get()
    assert (event.verb, event.actor_id, event.actor_roles) == ("case.opened", cast.caseworker.pk, "caseworker")
    assert case.history.count() == 1


def test_each_chosen_routine_counts_once_in_the_month_and_the_team(told, cast):
    routines = RoutineFactory.create_batch(2)
    case = open_case(**told, routines=routines, life_domains=[LifeDomainFactory()])
    uses = case.routine_uses.all()
    today = timezone.localdate()
    assert {use.routine for use in uses} == set(routines)
    assert {(use.team, use.period, use.outcome) for use in uses} == {
        (cast.income, today.year * 100 + today.month, "followed")
    }
    assert case.life_domains.count() == 1


def test_a_routine_without_a_version_of_today_opens_nothing(told):
    routine = RoutineFactory(version=False)
    with pytest.raises(Refused, match=routine.code):
        open_case(**told, routines=[routine])
    assert not Case.objects.exists()


def test_somebody_of_another_team_opens_nothing(told, cast):
    with pytest.raises(Refused):
        open_case(**told | {"by": cast.stranger})


def test_a_closed_team_gets_no_cases(told, cast):
    cast.income.closed_on = timezone.localdate()
    cast.income.save()
    with pytest.raises(Refused):
        open_case(**told)


def test_the_same_form_sent_twice_gives_one_case(told):
    key = uuid4()
    first, second = open_case(**told, key=key), open_case(**told, key=key)
    assert first == second
    assert first.pk == key
    assert Case.objects.count() == 1
    assert RoutineUse.objects.count() == 0


def test_the_same_key_with_other_words_gives_a_second_case(told):
    key = uuid4()
    first = open_case(**told, key=key)
    second = open_case(**told | {"question": "Something else"}, key=key)
    assert first.pk != second.pk
    assert Case.objects.count() == 2


def test_a_key_of_somebody_elses_case_shows_nothing_of_it(told, cast):
    theirs = CaseFactory(team=cast.youth, handler=cast.stranger, subject="Statements", question="Must I print them?")
    mine = open_case(**told, key=theirs.pk)
    assert mine.pk != theirs.pk
    assert mine.handler == cast.caseworker


def test_applying_a_routine_again_changes_nothing(told, cast):
    case, routine = open_case(**told), RoutineFactory()
    use = apply_routine(case=case, routine=routine, by=cast.colleague)
    assert apply_routine(case=case, routine=routine, by=cast.colleague) == use
    assert Event.objects.about(use).count() == 1
    with pytest.raises(Refused):
        apply_routine(case=case, routine=routine, by=cast.stranger)


def test_a_new_version_of_a_routine_is_another_use(told, cast):
    case, routine = open_case(**told), RoutineFactory()
    apply_routine(case=case, routine=routine, by=cast.caseworker)
    old = routine.version_on()
    old.valid_until = timezone.localdate()
    old.save()
    RoutineVersion.objects.create(
        routine=routine, number=2, prescribes="x", purpose="y", source_type="habit", valid_from=timezone.localdate()
    )
    apply_routine(case=case, routine=routine, by=cast.caseworker)
    assert case.routine_uses.count() == 2


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_five_times_at_once_gives_one_case(told):
    key, made, faults = uuid4(), [], []

    def send() -> None:
        try:
            made.append(open_case(**told, key=key).pk)
        except Exception as fault:  # noqa: BLE001 - a thread must not swallow what went wrong
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert set(made) == {key}
    assert Case.objects.count() == 1
