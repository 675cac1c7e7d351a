"""From requests to a space in the browser: choosing, one form, and what came of each."""

import pytest
from django.urls import reverse

from deviations.models import Decision, Deviation, DiscretionarySpace, Generalisation
from deviations.services import deciding, withdrawing
from deviations.workflow import Action
from organisation.models import AccessEvent, Draft
from tests.factories import RoutineFactory

pytestmark = pytest.mark.django_db

PAGE = "deviations:generalise"


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


def choose(client, requests):
    return client.get(reverse(PAGE), {"request": [str(asked.pk) for asked in requests]})


def typed(page, **changes) -> dict:
    """What the form sends when nothing in it is changed."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    chosen = [asked for asked, _reason in page.context["rows"]]
    sent |= {"request": [str(asked.pk) for asked in chosen], **changes}
    sent |= {f"version-{asked.pk}": asked.version for asked in chosen}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def test_alike_requests_are_pointed_at_in_the_queue(manager, request_, routine):
    request_()
    assert "Vergelijkbare verzoeken" not in manager.get(reverse("deviations:queue")).content.decode()
    request_()
    page = manager.get(reverse("deviations:queue"))
    assert page.context["alike"] == [{"code": routine.code, "title": routine.title, "count": 2}]
    found = manager.get(reverse(PAGE), {"routine": routine.code})
    assert len(found.context["rows"]) == 2


def test_the_form_is_filled_in_with_what_they_have_in_common(manager, cast, request_, routine):
    asked = [request_(amount_cents=cents) for cents in (0, 12_050)]
    form = choose(manager, asked).context["form"]
    assert form["routines"].value() == [routine.pk]
    assert form["people"].value() == [cast.caseworker.pk]
    assert form["team"].value() == cast.income.pk
    assert [form[f"{name}_slider"].value() for name in ("purpose", "rules", "means", "deciding", "sight")] == [
        4, 2, 1, 1, 2,
    ]  # fmt: skip
    assert form["cents_per_deviation"].value() == "121,00"
    assert form["never_child_safety"].value() is True


def test_from_four_requests_to_one_space_in_one_step(manager, cast, request_, draft):
    asked = [request_() for _number in range(4)]
    page = choose(manager, asked)
    sent = manager.post(reverse(PAGE), typed(page, reasons="Do so from now on."))
    made = Generalisation.objects.get()
    assert (sent.status_code, sent.url) == (303, made.get_absolute_url())
    assert DiscretionarySpace.objects.get().state == "active"
    result = manager.get(sent.url).content.decode()
    assert "4 verzoeken zijn akkoord" in result
    assert all(deviation.number in result for deviation in asked)
    assert {deviation.state for deviation in Deviation.objects.all()} == {"agreed"}


def test_sent_twice_it_counts_once(manager, request_):
    sent = typed(choose(manager, [request_()]))
    first = manager.post(reverse(PAGE), sent)
    assert manager.post(reverse(PAGE), sent).url == first.url
    assert (DiscretionarySpace.objects.count(), Decision.objects.count()) == (1, 1)


def test_others_about_the_same_routine_are_offered_and_other_routines_are_not(manager, request_):
    asked, alike = request_(), request_()
    request_(routine=RoutineFactory(version__source_type="habit"))
    page = choose(manager, [asked])
    assert [deviation.pk for deviation in page.context["more"]] == [alike.pk]


def test_what_could_not_be_answered_is_shown_with_its_reason(manager, cast, request_):
    stays, goes, withdrawn = request_(), request_(), request_()
    sent = typed(choose(manager, [stays, goes, withdrawn]))
    deciding.decide(deviation=goes, action=Action.REFUSE, by=cast.manager, reasons="No.")
    withdrawing.withdraw(deviation=withdrawn, by=cast.caseworker)
    page = manager.get(manager.post(reverse(PAGE), sent).url)
    assert (page.context["agreed"], page.context["skipped"]) == (1, 2)
    assert "2 zijn overgeslagen" in page.content.decode()


def test_what_had_no_turn_is_answered_with_one_button(manager, cast, request_, as_user):
    sent = typed(choose(manager, [request_()]))
    url = manager.post(reverse(PAGE), sent).url
    row = Generalisation.objects.get().answers.get()
    fresh = request_()
    row.deviation, row.result, row.version = fresh, "", fresh.version
    row.save()
    assert url in manager.get(reverse("deviations:queue")).content.decode()
    assert "1 verzoek was nog niet aan de beurt" in manager.get(url).content.decode()
    assert manager.post(url).status_code == 303
    fresh.refresh_from_db()
    assert fresh.state == "agreed"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("valid_until", "2020-01-01"),
        ("action", "refuse"),
        ("give", "x"),
        ("conditions", "BSN 111222333"),
        ("rules_slider", "9"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_choice_stays(manager, request_, field, value):
    asked = request_()
    answer = manager.post(reverse(PAGE), typed(choose(manager, [asked]), **{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert [row.pk for row, _reason in answer.context["rows"]] == [asked.pk]
    assert not DiscretionarySpace.objects.exists()


def test_conditions_that_are_promised_are_needed(manager, request_):
    sent = typed(choose(manager, [request_()]), action="agree_with_conditions")
    assert manager.post(reverse(PAGE), sent).status_code == 422


def test_a_space_that_cannot_be_given_says_why_and_answers_nothing(manager, request_):
    asked = request_()
    answer = manager.post(reverse(PAGE), typed(choose(manager, [asked]), people=[]))
    assert answer.status_code == 409
    asked.refresh_from_db()
    assert asked.state == "awaiting"


def test_nothing_chosen_leads_back_to_the_queue(manager, request_):
    for query in ({}, {"request": "x"}, {"routine": "x"}):
        assert manager.get(reverse(PAGE), query).url == reverse("deviations:queue")
    assert manager.post(reverse(PAGE), typed(choose(manager, [request_()]), request=[])).status_code == 409


def test_reading_them_is_written_down(manager, cast, request_):
    asked = request_()
    choose(manager, [asked])
    assert AccessEvent.objects.filter(actor_id=cast.manager.pk, target_id=asked.pk).exists()


def test_others_are_not_told_that_it_exists(cast, as_user, manager, request_):
    sent = typed(choose(manager, [request_()]))
    url = manager.post(reverse(PAGE), sent).url
    assert as_user(cast.caseworker).get(reverse(PAGE)).status_code == 404
    for person in (cast.caseworker, cast.othermanager, cast.policy):
        assert as_user(person).get(url).status_code == 404
        assert as_user(person).post(url).status_code == 404


def test_another_managers_requests_cannot_be_chosen(cast, as_user, request_):
    assert choose(as_user(cast.othermanager), [request_()]).url == reverse("deviations:queue")


def test_what_is_typed_is_kept_for_exactly_these_requests(manager, request_):
    first, second = request_(), request_()
    page = choose(manager, [first, second])
    kept = reverse("organisation:draft", args=[page.context["form"].draft_key])
    manager.post(kept, typed(page, name="Half of a na"))
    assert choose(manager, [second, first]).context["form"]["name"].value() == "Half of a na"
    assert choose(manager, [first]).context["form"].draft is None
    page = choose(manager, [first, second])
    assert manager.post(reverse(PAGE), typed(page, name="Whole name")).status_code == 303
    assert not Draft.objects.exists()
