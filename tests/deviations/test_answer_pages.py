"""The queue, answering, and the author's own steps in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deviations.models import Deviation
from deviations.services import deciding, submitting
from deviations.workflow import Action
from organisation.models import Draft, User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.caseworker)


def decide_url(deviation):
    return reverse("deviations:decide", args=[deviation.pk])


def test_the_queue_goes_by_deadline_and_what_was_done_stands_apart(manager, request_):
    normal, urgent, done = request_(), request_(urgency="urgent"), request_(urgency="already_done")
    shown = manager.get(reverse("deviations:queue"))
    assert shown.context["page"].rows == [urgent, normal]
    assert list(shown.context["already_done"]) == [done]


def test_what_is_late_says_so_in_words(manager, request_):
    deviation = request_()
    deviation.due_at = timezone.now() - timedelta(days=20)
    deviation.save()
    assert "te laat" in manager.get(reverse("deviations:queue")).content.decode()
    assert "te laat" in manager.get(deviation.get_absolute_url()).content.decode()


def test_an_own_request_is_not_in_ones_own_queue(cast, as_user, request_):
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    own = request_(User.objects.get(pk=cast.manager.pk))
    client = as_user(cast.manager)
    assert client.get(reverse("deviations:queue")).context["page"].rows == []
    assert client.get(decide_url(own)).status_code == 409
    assert client.post(decide_url(own), {"action": "agree"}).status_code == 409
    own.refresh_from_db()
    assert own.state == "awaiting"


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"action": "agree"}, "agreed"),
        ({"action": "agree_with_conditions", "conditions": "Until May."}, "agreed_with_conditions"),
        ({"action": "return", "question": "Why?"}, "draft"),
        ({"action": "refuse", "reasons": "No.", "alternative": "Yes."}, "refused"),
    ],
)
def test_after_an_answer_comes_the_next(cast, as_user, manager, request_, data, state):
    first, second = request_(urgency="urgent"), request_()
    answer = manager.post(decide_url(first), data)
    assert (answer.status_code, answer.url) == (303, decide_url(second))
    first.refresh_from_db()
    assert first.state == state
    assert as_user(cast.caseworker).get(first.get_absolute_url()).status_code == 200
    assert manager.post(decide_url(second), data).url == reverse("deviations:queue")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "evaluate"},
        {"action": "edit"},
        {"action": "refuse"},
        {"action": "agree_with_conditions", "conditions": " "},
        {"action": "return"},
        {"action": "refuse", "reasons": "BSN 111222333"},
        {"action": "refuse", "reasons": "x" * 10_000},
    ],
    ids=lambda value: str(value)[:50],
)
def test_half_an_answer_is_none(manager, request_, data):
    deviation = request_()
    assert manager.post(decide_url(deviation), data).status_code == 422
    deviation.refresh_from_db()
    assert deviation.state == "awaiting"


def test_the_second_answer_hears_who_was_first(cast, as_user, manager, request_):
    deviation, second = request_(), UserFactory()
    MembershipFactory(user=second, team=cast.income, role="manager")
    manager.post(decide_url(deviation), {"action": "agree"})
    late = as_user(second).post(decide_url(deviation), {"action": "refuse", "reasons": "No."})
    assert late.status_code == 409
    assert "Manager" in str(late.context["refusal"])


def test_a_text_that_changed_is_read_again_first(cast, manager, request_):
    deviation = request_()
    deciding.return_with_question(deviation=deviation, by=cast.manager, question="Why?")
    submitting.submit(deviation=deviation, by=cast.caseworker, reply="So.")
    assert manager.post(decide_url(deviation), {"action": "agree", "version": "1"}).status_code == 409


def test_comparable_earlier_answers_are_shown_beside_the_form(cast, manager, request_):
    earlier = request_()
    deciding.decide(deviation=earlier, action=Action.AGREE, by=cast.manager)
    shown = manager.get(decide_url(request_()))
    assert [each.deviation for each in shown.context["precedents"].nearest] == [earlier]


def test_who_does_not_lead_the_team_does_not_find_it(cast, as_user, request_):
    deviation = request_()
    for person in (cast.othermanager, cast.stranger, cast.policy, cast.admin):
        assert as_user(person).post(decide_url(deviation), {"action": "agree"}).status_code == 404


def test_the_author_takes_it_back_or_withdraws_it(client, request_):
    deviation = request_()
    assert client.post(reverse("deviations:take-back", args=[deviation.pk])).status_code == 303
    assert client.post(reverse("deviations:take-back", args=[deviation.pk])).status_code == 409
    assert client.post(reverse("deviations:withdraw", args=[deviation.pk]), {"reasons": "x" * 9_000}).status_code == 422
    assert client.post(reverse("deviations:withdraw", args=[deviation.pk]), {"reasons": "Done."}).status_code == 303
    assert Deviation.objects.get().state == "withdrawn"
    assert client.get(deviation.get_absolute_url()).status_code == 200


def test_looking_back_in_the_browser(cast, client, as_user, request_):
    deviation = request_()
    url = reverse("deviations:evaluate", args=[deviation.pk])
    assert client.get(url).status_code == 303
    assert client.post(url, {"helped": "yes"}).status_code == 409
    deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    assert client.get(url).status_code == 200
    assert client.post(url, {"helped": "maybe"}).status_code == 422
    assert as_user(cast.colleague).get(url).status_code == 404
    client.post(reverse("organisation:draft", args=[f"deviations:evaluate:{deviation.pk}"]), {"otherwise": "More debt"})
    assert client.get(url).context["form"]["otherwise"].value() == "More debt"
    assert client.post(url, {"helped": "yes", "real_cents": "90", "otherwise": "More debt."}).status_code == 303
    assert not Draft.objects.exists()
    assert "More debt." in client.get(deviation.get_absolute_url()).content.decode()


def test_a_closed_button_says_why(cast, as_user, request_):
    deviation = request_()
    MembershipFactory(user=cast.manager, team=cast.income, role="caseworker")
    may = as_user(cast.manager).get(deviation.get_absolute_url()).context["may"]
    assert may["agree"]
    assert not may["withdraw"]
    assert may["withdraw"].reason
    assert as_user(cast.caseworker).get(deviation.get_absolute_url()).context["may"]["withdraw"]


def test_a_half_written_answer_is_kept_until_it_is_sent(manager, request_):
    deviation = request_()
    key = f"deviations:decide:{deviation.pk}"
    manager.post(reverse("organisation:draft", args=[key]), {"question": "Since when?", "version": "0"})
    form = manager.get(decide_url(deviation)).context["form"]
    assert (form["question"].value(), form["version"].value()) == ("Since when?", deviation.version)
    said = {"action": "return", "question": "Since when?", "version": deviation.version}
    assert manager.post(decide_url(deviation), said).status_code == 303
    assert not Draft.objects.exists()
