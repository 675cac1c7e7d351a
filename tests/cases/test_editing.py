"""Changing the facts of a case; nothing of another is overwritten silently."""

import pytest

from cases.models import Case
from cases.services.editing import edit_case
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Event
from tests.factories import CaseFactory, LifeDomainFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker, subject="Old")


def test_a_change_is_kept_in_history_and_logbook(cast, case):
    edit_case(case=case, by=cast.colleague, version=1, subject="New", needed="")
    case.refresh_from_db()
    assert (case.subject, case.version) == ("New", 2)
    assert case.history.count() == 2
    assert Event.objects.about(case).get().after == "subject"


def test_saving_without_a_change_writes_nothing(cast, case):
    edit_case(case=case, by=cast.caseworker, version=1, subject="Old", life_domains=[])
    case.refresh_from_db()
    assert case.version == 1
    assert not Event.objects.about(case).exists()


def test_who_comes_second_is_told_and_overwrites_nothing(cast, case):
    edit_case(case=case, by=cast.colleague, version=1, subject="First")
    with pytest.raises(ChangedMeanwhile) as told:
        edit_case(case=case, by=cast.caseworker, version=1, subject="Second")
    assert told.value.now.subject == "First"
    assert Case.objects.get(pk=case.pk).subject == "First"


def test_life_domains_are_a_change_too(cast, case):
    domain = LifeDomainFactory()
    edit_case(case=case, by=cast.caseworker, version=1, life_domains=[domain])
    assert list(case.life_domains.all()) == [domain]
    assert Event.objects.about(case).get().after == "life_domains"
    edit_case(case=case, by=cast.caseworker, version=2, subject="New")
    assert list(case.life_domains.all()) == [domain]


def test_only_the_handler_chooses_who_may_see_it(cast, case):
    with pytest.raises(Refused, match="[Hh]andler|behandelaar"):
        edit_case(case=case, by=cast.colleague, version=1, confidentiality="named")
    edit_case(case=case, by=cast.caseworker, version=1, confidentiality="named")
    assert not Case.objects.visible_to(cast.colleague).exists()


@pytest.mark.parametrize("who", ["stranger", "manager", "policy", "admin"])
def test_nobody_else_changes_a_case(cast, case, who):
    Case.objects.filter(pk=case.pk).update(before_manager=True)
    with pytest.raises(Refused):
        edit_case(case=case, by=getattr(cast, who), version=1, subject="Mine")


def test_a_closed_case_is_not_changed(cast, case):
    Case.objects.filter(pk=case.pk).update(state="closed", result="not", closed_at=case.opened_at)
    with pytest.raises(Refused):
        edit_case(case=case, by=cast.caseworker, version=1, subject="New")
