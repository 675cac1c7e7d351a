"""The pages of the catalogue of routines."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cases.models import Routine, SourceType
from cases.services import prescribing
from cases.services.prescribing import add_version
from organisation.kernel.access import Refused
from organisation.models import Event
from tests.factories import DeviationFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db
TEXT = {"prescribes": "Wait two weeks.", "purpose": "Order.", "source_type": "habit"}


@pytest.fixture
def routine(db):
    return RoutineFactory(code="INK-01", title_nl="Statements")


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
    assert second.context["form"]["seen"].value() == "2"


def test_two_keepers_of_the_catalogue_the_second_sees_both_texts(cast, routine, as_user):
    client, where = as_user(cast.policy), page("routine-version", routine)
    told = TEXT | {"valid_from": timezone.localdate().isoformat(), "reason": "Better", "seen": 1}
    as_user(cast.admin).post(where, told | {"prescribes": "Wait one week."})
    second = client.post(where, told)
    assert [each.name for each in second.context["form"].conflict.differences] == ["prescribes"]
    assert "<del>" in second.content.decode()
    taken = client.post(where, told | {"seen": 2, "_take": "prescribes"})
    assert taken.status_code == 409
    assert taken.context["form"]["prescribes"].value() == "Wait one week."
    assert routine.versions.count() == 2


def test_two_who_correct_one_version_the_second_sees_both_texts(cast, routine, as_user):
    client, where = as_user(cast.policy), page("routine-correct", routine, number=1)
    told = TEXT | {"seen": client.get(where).context["form"]["seen"].value()}
    as_user(cast.admin).post(where, told | {"purpose": "Theirs."})
    second = client.post(where, told | {"purpose": "Mine."})
    assert second.status_code == 409
    assert [each.name for each in second.context["form"].conflict.differences] == ["purpose"]
    again = told | {"purpose": "Mine.", "seen": second.context["form"]["seen"].value()}
    assert client.post(where, again | {"_take": "all"}).context["form"]["purpose"].value() == "Theirs."
    assert client.post(where, again).status_code == 303


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
        "title_nl": "New",
        "policy_domain": PolicyDomainFactory().pk,
        "valid_from": "2026-01-01",
    }
    assert client.post(where, told | {"code": "../x"}).status_code == 422
    assert client.post(where, told).status_code == 303
    assert client.post(where, told).status_code == 409
    assert Routine.objects.get().version_on().prescribes == "Wait two weeks."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x"])
def test_the_address_of_a_source_is_a_web_address(cast, as_user, address):
    told = TEXT | {"source_url": address, "code": "TST-02", "title_nl": "x", "valid_from": "2026-01-01"}
    told |= {"policy_domain": PolicyDomainFactory().pk}
    assert as_user(cast.admin).post(reverse("cases:routine-new"), told).status_code == 422


def test_title_and_owner_change_everywhere_with_a_line_in_the_logbook(cast, routine, as_user):
    client = as_user(cast.policy)
    told = {"title_nl": "Afschriften", "title_en": "Statements of account", "owner": "Team Income"}
    answer = client.post(page("routine-edit", routine), told | {"seen": routine.fingerprint})
    assert answer.status_code == 303
    routine.refresh_from_db()
    assert (routine.title_nl, routine.title_en, routine.owner) == tuple(told.values())
    assert Event.objects.about(routine).get().before == "INK-01 Statements"
    assert routine.history.count() == 2
    with translation.override("en"):
        assert str(routine) == "INK-01 Statements of account"
    with translation.override("nl"):
        assert str(routine) == "INK-01 Afschriften"


def test_a_routine_without_an_english_title_is_read_in_dutch(routine):
    with translation.override("en"):
        assert routine.title == "Statements"


def test_who_renames_second_reads_what_stands_there_first(cast, routine, as_user):
    told = {"title_nl": "Afschriften", "title_en": "", "owner": ""}
    seen = routine.fingerprint
    assert as_user(cast.admin).post(page("routine-edit", routine), told | {"seen": seen}).status_code == 303
    late = as_user(cast.policy).post(page("routine-edit", routine), told | {"title_nl": "Anders", "seen": seen})
    assert late.status_code == 409
    assert 'value="Anders"' in late.content.decode()
    routine.refresh_from_db()
    assert routine.title_nl == "Afschriften"
    again = late.context["form"]["seen"].value()
    assert as_user(cast.policy).post(page("routine-edit", routine), told | {"seen": again}).status_code == 303
    assert Event.objects.about(routine).count() == 1  # the same once more changes nothing


def test_who_does_not_keep_the_catalogue_does_not_rename(cast, routine):
    with pytest.raises(Refused):
        prescribing.rename_routine(
            routine=routine, by=cast.manager, seen=routine.fingerprint, title_nl="x", title_en="", owner=""
        )
