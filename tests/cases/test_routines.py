"""Keeping the catalogue of routines."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Routine, RoutineUse
from cases.services.prescribing import add_routine, add_version, correct_version
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Event
from tests.factories import CaseFactory, DeviationFactory, PolicyDomainFactory, RoutineFactory, RoutineVersionFactory

pytestmark = pytest.mark.django_db
TEXT = {"prescribes": "Wait.", "purpose": "Order.", "source_type": "habit", "source_reference": "", "source_url": ""}


@pytest.fixture
def routine(db):
    return RoutineFactory()


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


def version(routine, by, **told):
    told = {"valid_from": day(0), "reason": "Better", "seen": 1} | TEXT | told
    return add_version(routine=routine, by=by, **told)


def test_a_new_version_ends_the_one_before_it_on_the_day_it_begins(cast, routine):
    made = version(routine, cast.policy, valid_from=day(10))
    old = routine.versions.get(number=1)
    assert (made.number, old.valid_until, made.valid_until) == (2, day(10), None)
    assert routine.version_on(day(9)) == old
    assert routine.version_on(day(10)) == made
    event = Event.objects.about(routine).get()
    assert (event.before, event.remark) == (str(old), "Better")
    assert old.history.count() == 2


def test_a_version_begins_after_the_one_before_it(cast, routine):
    with pytest.raises(Refused):
        version(routine, cast.admin, valid_from=day(-700))
    assert routine.versions.count() == 1


def test_who_did_not_see_the_last_version_is_told(cast, routine):
    version(routine, cast.admin)
    with pytest.raises(ChangedMeanwhile) as told:
        version(routine, cast.policy, valid_from=day(1))
    assert told.value.now.number == 2


def test_a_routine_that_had_ended_stays_ended_in_between(cast, routine):
    old = routine.versions.get()
    old.valid_until = day(-5)
    old.save()
    version(routine, cast.admin)
    old.refresh_from_db()
    assert old.valid_until == day(-5)
    assert routine.version_on(day(-3)) is None


def test_a_routine_without_any_version_gets_its_first(cast):
    assert version(RoutineFactory(version=False), cast.admin, seen=0).number == 1


@pytest.mark.parametrize("who", ["caseworker", "manager", "reporter", "privacy", "controller"])
def test_nobody_else_keeps_the_catalogue(cast, routine, who):
    person = getattr(cast, who)
    for act in (
        lambda: version(routine, person),
        lambda: correct_version(version=routine.version_on(), by=person, seen="x", **TEXT),
        lambda: add_routine(
            by=person, code="X-1", title_nl="x", policy_domain=routine.policy_domain, valid_from=day(0), **TEXT
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_a_new_routine_has_a_first_version_and_its_code_is_its_own(cast):
    told = {"by": cast.admin, "title_nl": "x", "policy_domain": PolicyDomainFactory(), "valid_from": day(0), **TEXT}
    made = add_routine(code="TST-01", **told)
    assert made.version_on().purpose == "Order."
    with pytest.raises(Refused, match="TST-01"):
        add_routine(code="TST-01", **told)
    assert Routine.objects.count() == 1


def test_a_version_nobody_used_is_corrected_and_a_used_one_is_not(cast, routine):
    current = routine.version_on()
    told = TEXT | {"by": cast.policy, "version": current}
    correct_version(**told, seen=current.fingerprint)
    current.refresh_from_db()
    assert current.prescribes == "Wait."
    assert Event.objects.about(routine).get().verb == "routine.version_corrected"
    with pytest.raises(Refused):
        correct_version(**told | {"purpose": "Late."}, seen="something older")
    correct_version(**told, seen=current.fingerprint)
    assert Event.objects.about(routine).count() == 1
    case = CaseFactory()
    RoutineUse.objects.create(case=case, routine=routine, routine_version=current, team=case.team, period=202601)
    with pytest.raises(Refused):
        correct_version(**told | {"purpose": "Late."}, seen=current.fingerprint)


def test_a_deviation_is_use_too(routine):
    assert not routine.version_on().is_used()
    DeviationFactory(routine=routine)
    assert routine.version_on().is_used()


def test_the_database_keeps_one_open_version_and_wants_a_purpose(routine):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineVersionFactory(routine=routine, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineVersionFactory(routine=RoutineFactory(version=False), purpose="")
