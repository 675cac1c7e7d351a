"""The pages of the catalogue of routines."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Routine, SourceType
from cases.services.prescribing import add_version
from tests.factories import DeviationFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db
TEXT = {"prescribes": "Wait two weeks.", "purpose": "Order.", "source_type": "habit"}


@pytest.fixture
def routine(db):
    return RoutineFactory(code="INK-01", title="Statements")


def page(name: str, routine, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"code": routine.code, **more})


def test_the_catalogue_is_filtered_by_words_domain_and_kind_of_source(cast, routine, as_user):
    other = RoutineFactory(version__source_type="statute")
    client, where = as_user(cast.reporter), reverse("cases:routine-list")

    def found(**filters):
        return set(client.get(where, filters).context["page"].rows)

    assert found() == {routine, other}
    assert found(q="statements") == {routine, other}
    assert found(q="ink-01") == {routine}
    assert found(source_type="statute") == {other}
    assert found(policy_domain=routine.policy_domain.code) == {routine}
    assert found(q="nothing like it") == set()


@pytest.mark.parametrize("source", SourceType.values)
def test_the_page_says_what_its_source_means_for_departing_from_it(cast, source, as_user):
    routine = RoutineFactory(version__source_type=source)
    body = as_user(cast.stranger).get(routine.get_absolute_url()).content.decode()
    assert str(routine.version_on().departing) in body
    assert "new-version" not in body


def test_versions_are_compared_word_by_word(cast, routine, as_user):
    text = TEXT | {"prescribes": "Two months of statements come with the application."}
    add_version(routine=routine, by=cast.admin, valid_from=timezone.localdate(), reason="Less paper", seen=1, **text)
    body = as_user(cast.caseworker).get(routine.get_absolute_url()).content.decode()
    assert "Less paper" in body
    assert "<del>" in body
    assert "Three" in body
    assert "Two" in body


def test_a_routine_that_ended_says_so(cast, routine, as_user):
    version = routine.versions.get()
    version.valid_until = timezone.localdate()
    version.save()
    client = as_user(cast.policy)
    assert client.get(routine.get_absolute_url()).context["current"] is None
    assert client.get(reverse("cases:routine-list")).status_code == 200


def test_a_new_version_through_its_page(cast, routine, as_user):
    client, where = as_user(cast.policy), page("routine-version", routine)
    told = TEXT | {"valid_from": timezone.localdate().isoformat(), "reason": "Better", "seen": 1}
    assert client.get(where).context["form"]["seen"].value() == 1
    assert client.post(where, told | {"purpose": " "}).status_code == 422
    assert client.post(where, told).status_code == 303
    second = client.post(where, told)
    assert second.status_code == 409
    assert "Wait two weeks." in second.content.decode()
    assert second.context["form"]["seen"].value() == 2


def test_a_version_in_use_is_not_corrected_through_its_page(cast, routine, as_user):
    client, where = as_user(cast.admin), page("routine-correct", routine, number=1)
    assert where in client.get(routine.get_absolute_url()).content.decode()
    seen = client.get(where).context["form"]["seen"].value()
    assert client.post(where, {}).status_code == 422
    assert client.post(where, TEXT | {"seen": seen}).status_code == 303
    DeviationFactory(routine=routine)
    assert where not in client.get(routine.get_absolute_url()).content.decode()
    assert client.post(where, TEXT | {"seen": "x"}).status_code == 409
    assert client.get(page("routine-correct", routine, number=7)).status_code == 404


def test_a_new_routine_through_its_page(cast, as_user):
    client, where = as_user(cast.admin), reverse("cases:routine-new")
    told = TEXT | {
        "code": "TST-01",
        "title": "New",
        "policy_domain": PolicyDomainFactory().pk,
        "valid_from": "2026-01-01",
    }
    assert client.post(where, told | {"code": "../x"}).status_code == 422
    assert client.post(where, told).status_code == 303
    assert client.post(where, told).status_code == 409
    assert Routine.objects.get().version_on().prescribes == "Wait two weeks."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x"])
def test_the_address_of_a_source_is_a_web_address(cast, as_user, address):
    told = TEXT | {"source_url": address, "code": "TST-02", "title": "x", "valid_from": "2026-01-01"}
    told |= {"policy_domain": PolicyDomainFactory().pk}
    assert as_user(cast.admin).post(reverse("cases:routine-new"), told).status_code == 422
