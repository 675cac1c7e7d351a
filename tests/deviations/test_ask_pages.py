"""Proposing a space in the browser, and answering it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceRequest
from deviations.services import asking
from organisation.models import Draft, Membership
from tests.factories import RoutineFactory

pytestmark = pytest.mark.django_db

NEW = "deviations:space-request-new"


@pytest.fixture
def caseworker(cast, as_user):
    return as_user(cast.caseworker)


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


@pytest.fixture
def typed(cast, routine):
    """`typed(name=…)` is what the form sends."""

    def fields(**changes) -> dict:
        return {
            "team": str(cast.income.pk), "name": "Statements by telephone", "why": "It happens each week.",
            "routines": [str(routine.pk)], "limits": "", "cents_per_deviation": "150", "cents_per_month": "",
            "until": "", **changes,
        }  # fmt: skip

    return fields


@pytest.fixture
def asked(cast, caseworker, typed) -> SpaceRequest:
    caseworker.post(reverse(NEW), typed())
    return SpaceRequest.objects.get()


def answer(client, asked, **said):
    return client.post(reverse("deviations:space-request-answer", args=[asked.pk]), said)


def test_from_proposal_to_space(cast, caseworker, manager, asked):
    assert asked.get_absolute_url() in manager.get(reverse("deviations:queue")).content.decode()
    assert asked.number in manager.get(reverse("deviations:block-queue")).content.decode()
    granting = answer(manager, asked, action="grant", version=asked.version)
    space = DiscretionarySpace.objects.get()
    assert granting.url == reverse("deviations:space-edit", args=[space.pk])
    form = manager.get(granting.url).context["form"]
    assert form["cents_per_deviation"].value() == "150,00"
    assert manager.post(reverse("deviations:space-grant", args=[space.pk])).status_code == 303
    page = caseworker.get(asked.get_absolute_url()).content.decode()
    assert space.get_absolute_url() in page
    assert "Gegeven" in page


def test_a_question_and_its_answer(caseworker, manager, asked, typed):
    assert answer(manager, asked, action="return", question="How often?").status_code == 303
    needs = caseworker.get(reverse("deviations:block-needs-me")).content.decode()
    url = reverse("deviations:space-request-reply", args=[asked.pk])
    assert url in needs
    page = caseworker.get(url)
    assert "How often?" in page.content.decode()
    assert page.context["form"]["name"].value() == "Statements by telephone"
    assert caseworker.post(url, typed()).status_code == 422
    version = page.context["form"]["version"].value()
    assert caseworker.post(url, typed(text="Each Monday.", name="Wider", version=version)).status_code == 303
    asked.refresh_from_db()
    assert (asked.state, asked.name) == ("asked", "Wider")
    assert "Each Monday." in manager.get(asked.get_absolute_url()).content.decode()
    assert caseworker.get(url).url == asked.get_absolute_url()
    assert caseworker.post(url, typed(text="Once more.")).status_code == 409


def test_declined_with_reasons(caseworker, manager, asked):
    assert answer(manager, asked, action="decline").status_code == 422
    assert answer(manager, asked, action="return").status_code == 422
    said = {"reasons": "Too wide.", "alternative": "Ask each time."}
    assert answer(manager, asked, action="decline", **said).status_code == 303
    page = caseworker.get(asked.get_absolute_url()).content.decode()
    assert "Too wide." in page
    assert "Ask each time." in page
    assert answer(manager, asked, action="decline", reasons="x").status_code == 409


def test_withdrawn_by_who_proposed_it(caseworker, manager, asked):
    url = reverse("deviations:space-request-withdraw", args=[asked.pk])
    assert manager.post(url).status_code == 409
    assert caseworker.post(url).status_code == 303
    assert caseworker.post(url).status_code == 409


def test_begun_from_a_deviation(cast, caseworker, request_, as_user, typed):
    deviation = request_(amount_cents=12_000)
    link = f"{reverse(NEW)}?deviation={deviation.pk}"
    assert link in caseworker.get(deviation.get_absolute_url()).content.decode()
    form = caseworker.get(link).context["form"]
    assert form["routines"].value() == [deviation.routine_id]
    assert form["cents_per_deviation"].value() == "120,00"
    caseworker.post(link, typed())
    asked = SpaceRequest.objects.get()
    assert asked.deviation == deviation
    assert deviation.number in as_user(cast.manager).get(asked.get_absolute_url()).content.decode()
    assert as_user(cast.colleague).get(link).status_code == 404
    assert caseworker.get(f"{reverse(NEW)}?deviation=x").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("why", ""), ("why", "BSN 111222333"), ("routines", []), ("until", "2020-01-01"),
        ("cents_per_month", "-1"), ("team", "00000000-0000-0000-0000-000000000000"), ("limits", "x" * 3_000),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_field(caseworker, typed, field, value):
    page = caseworker.post(reverse(NEW), typed(**{field: value}))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not SpaceRequest.objects.exists()


def test_a_statute_is_not_offered(caseworker, typed):
    statute = RoutineFactory(version__source_type="statute")
    form = caseworker.get(reverse(NEW)).context["form"]
    assert statute not in form.fields["routines"].queryset
    assert caseworker.post(reverse(NEW), typed(routines=[str(statute.pk)])).status_code == 422


def test_sent_twice_it_counts_once_and_what_was_typed_goes(cast, caseworker, typed):
    key = str(caseworker.get(reverse(NEW)).context["form"]["key"].value())
    Draft.objects.create(user=cast.caseworker, key="deviations:space-request:new", fields={"name": ["x"]})
    assert caseworker.get(reverse(NEW)).context["form"]["name"].value() == "x"
    assert caseworker.post(reverse(NEW), typed(key=key)).status_code == 303
    assert not Draft.objects.filter(key="deviations:space-request:new").exists()
    assert caseworker.post(reverse(NEW), typed(key=key)).status_code == 409
    assert SpaceRequest.objects.count() == 1


def test_a_proposal_that_was_changed_meanwhile_is_read_again(manager, asked):
    assert answer(manager, asked, action="grant", version=asked.version + 1).status_code == 409
    assert not DiscretionarySpace.objects.exists()


def test_who_left_the_team_proposes_nothing_any_more(cast, caseworker, typed):
    Membership.objects.filter(user=cast.caseworker).update(until=timezone.localdate())
    assert caseworker.post(reverse(NEW), typed()).status_code == 404


def test_the_list_and_the_ways_to_it(caseworker, manager, asked, cast, as_user):
    for client in (caseworker, manager):
        assert asked.number in client.get(reverse("deviations:space-request-list")).content.decode()
    assert reverse(NEW) in caseworker.get(reverse("deviations:block-my-room")).content.decode()
    assert reverse(NEW) in caseworker.get(reverse("deviations:space-list")).content.decode()
    assert reverse(NEW) not in manager.get(reverse("deviations:space-list")).content.decode()
    assert asked.number not in as_user(cast.policy).get(reverse("deviations:space-request-list")).content.decode()


def test_others_are_not_told_that_it_exists(cast, as_user, asked):
    for person in (cast.colleague, cast.stranger, cast.othermanager, cast.policy):
        assert as_user(person).get(asked.get_absolute_url()).status_code == 404
        assert answer(as_user(person), asked, action="grant").status_code == 404
    assert as_user(cast.manager).get(reverse(NEW)).status_code == 404
    assert as_user(cast.manager).get(reverse("deviations:space-request-reply", args=[asked.pk])).status_code == 404


def test_the_manager_sees_how_the_team_asked_until_now(manager, asked, request_):
    request_()
    assert asking.past_of(asked).requests == 1
    assert "1 keer" in manager.get(asked.get_absolute_url()).content.decode()


def test_a_half_written_answer_to_a_proposal_is_kept(manager, asked):
    page = manager.get(asked.get_absolute_url()).context["form"]
    manager.post(reverse("organisation:draft", args=[page.draft_key]), {"question": "For whom?", "version": "0"})
    form = manager.get(asked.get_absolute_url()).context["form"]
    assert (form["question"].value(), form["version"].value()) == ("For whom?", asked.version)
    answer(manager, asked, action="return", question="For whom?")
    assert not Draft.objects.exists()
