"""The page on which an author changes what was decided on, and where everybody reads what that was."""

import re

import pytest
from django.urls import reverse

from deviations.models import Decision, Deviation
from deviations.services import deciding, submitting
from deviations.workflow import Action
from organisation.models import AccessEvent, Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(cast, request_) -> Deviation:
    """A request of the caseworker that the manager agreed to, with conditions."""
    deviation = request_()
    action, conditions = Action.AGREE_WITH_CONDITIONS, "Write it in the journal."
    deciding.decide(deviation=deviation, action=action, by=cast.manager, conditions=conditions)
    return Deviation.objects.get(pk=deviation.pk)


def page(name: str, thing) -> str:
    return reverse(f"deviations:{name}", args=[thing.pk])


def typed(deviation: Deviation, **changes) -> dict[str, str]:
    """The form as a browser sends it, with other line ends."""
    names = ("kind", "urgency", "belongs_or_helps", "if_followed", "instead", "why_here", "version")
    same = {name: str(getattr(deviation, name)).replace("\n", "\r\n") for name in names}
    return same | {"routine": str(deviation.routine_id), **changes}


def confirmed(response) -> dict[str, str]:
    """What the button sends that says yes to this difference; nothing when there is no such button."""
    found = re.search(r'name="confirmed" value="([0-9a-f]{64})"', response.content.decode())
    return {"confirmed": found[1]} if found else {}


def test_an_older_window_is_shown_both_texts_and_may_take_over_what_stands_there(cast, as_user, agreed):
    client, sent = as_user(cast.caseworker), typed(agreed, instead="We visit this household.", version="0")
    form = client.post(page("revise", agreed), sent).context["form"]
    assert [each.name for each in form.conflict.differences] == ["instead"]
    assert form["version"].value() == str(agreed.version)
    taken = client.post(page("revise", agreed), sent | {"version": agreed.version, "_take": "instead"})
    assert (taken.status_code, taken.context["form"]["instead"].value()) == (409, agreed.instead)


def test_the_page_says_beforehand_what_it_means(cast, as_user, agreed):
    answer = as_user(cast.caseworker).get(page("revise", agreed))
    assert cast.manager.name in answer.content.decode()
    assert b"hr-differences" not in answer.content
    assert not confirmed(answer)


def test_first_the_difference_then_the_yes_then_a_draft(cast, as_user, agreed):
    client, sent = as_user(cast.caseworker), typed(agreed, instead="We visit this household.")
    shown = client.post(page("revise", agreed), sent)
    assert shown.status_code == 200
    assert b"<ins>" in shown.content
    assert b"We visit this household." in shown.content
    agreed.refresh_from_db()
    assert agreed.state == "agreed_with_conditions"
    done = client.post(page("revise", agreed), sent | confirmed(shown))
    assert (done.status_code, done.url) == (303, page("edit", agreed))
    text = client.get(done.url).content.decode()
    assert "Write it in the journal." in text
    assert "<ins>" in text
    assert "We visit this household." in text


def test_a_yes_to_another_text_is_no_yes(cast, as_user, agreed):
    client = as_user(cast.caseworker)
    shown = client.post(page("revise", agreed), typed(agreed, instead="We visit this household."))
    again = client.post(page("revise", agreed), typed(agreed, instead="We write.") | confirmed(shown))
    assert again.status_code == 200
    assert confirmed(again) not in ({}, confirmed(shown))
    agreed.refresh_from_db()
    assert agreed.state == "agreed_with_conditions"


def test_what_only_adds_is_saved_at_once(cast, as_user, agreed):
    done = as_user(cast.caseworker).post(page("revise", agreed), typed(agreed, structural="structural"))
    assert (done.status_code, done.url) == (303, agreed.get_absolute_url())
    agreed.refresh_from_db()
    assert (agreed.state, agreed.structural) == ("agreed_with_conditions", "structural")


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(cast, as_user, agreed):
    wrong = as_user(cast.caseworker).post(page("revise", agreed), typed(agreed, instead="Bsn 111222333 calls."))
    assert wrong.status_code == 422
    assert b"111222333" in wrong.content
    assert Decision.objects.final().exists()


def test_what_changed_meanwhile_or_not_at_all_is_refused_in_place(cast, as_user, agreed):
    client = as_user(cast.caseworker)
    for sent in (typed(agreed), typed(agreed, version="0", instead="We visit this household.")):
        refused = client.post(page("revise", agreed), sent)
        assert refused.status_code == 409
        assert sent["instead"].encode() in refused.content


def test_what_was_typed_and_not_sent_is_put_back(cast, as_user, agreed):
    client, key = as_user(cast.caseworker), f"deviations:revise:{agreed.pk}"
    client.post(reverse("organisation:draft", args=[key]), typed(agreed, instead="We visit.", version="0"))
    put_back = client.get(page("revise", agreed))
    assert b"We visit." in put_back.content
    assert f'name="version" value="{agreed.version}"' in put_back.content.decode()
    sent = typed(agreed, instead="We visit.")
    client.post(page("revise", agreed), sent | confirmed(client.post(page("revise", agreed), sent)))
    assert not Draft.objects.filter(key=key).exists()


def test_what_cannot_be_changed_here_leads_back_to_its_page(cast, as_user, request_):
    waiting = request_()
    client = as_user(cast.caseworker)
    assert client.get(page("revise", waiting)).url == waiting.get_absolute_url()
    assert client.post(page("revise", waiting), typed(waiting, instead="We visit.")).status_code == 409


def test_the_manager_sees_the_old_decision_beside_the_new_text(cast, as_user, agreed):
    author, manager = as_user(cast.caseworker), as_user(cast.manager)
    sent = typed(agreed, instead="We visit this household.")
    author.post(page("revise", agreed), sent | confirmed(author.post(page("revise", agreed), sent)))
    decision = Decision.objects.get()
    assert manager.get(agreed.get_absolute_url()).status_code == 404
    meanwhile = manager.get(decision.get_absolute_url()).content.decode()
    assert agreed.instead in meanwhile
    assert "We visit" not in meanwhile
    assert decision.digest in meanwhile
    assert AccessEvent.objects.filter(actor_id=cast.manager.pk, target_id=agreed.pk).exists()
    submitting.submit(deviation=agreed, by=cast.caseworker)
    for address in (page("decide", agreed), agreed.get_absolute_url()):
        text = manager.get(address).content.decode()
        assert "Write it in the journal." in text
        assert "<del>" in text
        assert "We visit this household." in text


def test_a_stranger_finds_nothing(cast, as_user, agreed):
    decision = Decision.objects.get()
    for person in (cast.stranger, cast.othermanager, cast.policy):
        for address in (page("revise", agreed), decision.get_absolute_url()):
            assert as_user(person).get(address).status_code == 404
    assert as_user(cast.colleague).get(page("revise", agreed)).status_code == 404


def test_what_a_space_agreed_to_shows_the_limits_it_passed(cast, as_user, draft, space):
    room = space()
    deviation = submitting.submit(deviation=draft(amount_cents=4_000), by=cast.caseworker)
    client = as_user(cast.caseworker)
    assert str(room) in client.get(page("revise", deviation)).content.decode()
    text = client.get(deviation.decisions.get().get_absolute_url()).content.decode()
    assert deviation.decisions.get().snapshot["limits"][0] in text


def test_what_was_refused_becomes_a_new_request_that_both_pages_lead_to(cast, as_user, request_):
    refused = request_()
    deciding.decide(deviation=refused, action=Action.REFUSE, by=cast.manager, reasons="There is another way.")
    refused.refresh_from_db()
    client = as_user(cast.caseworker)
    assert page("revise", refused) in client.get(refused.get_absolute_url()).content.decode()
    sent = typed(refused, instead="We visit this household.", reasons="It is cheaper.")
    done = client.post(page("revise", refused), sent)
    again = Deviation.objects.exclude(pk=refused.pk).get()
    assert (done.status_code, done.url) == (303, page("edit", again))
    text = client.get(done.url).content.decode()
    for words in (refused.number, "There is another way.", "It is cheaper.", "<ins>"):
        assert words in text
    old = client.get(refused.get_absolute_url()).content.decode()
    assert again.number in old
    assert page("revise", refused) not in old
    assert again.number not in as_user(cast.manager).get(refused.get_absolute_url()).content.decode()
    assert client.post(page("revise", refused), sent).status_code == 409
    submitting.submit(deviation=again, by=cast.caseworker)
    text = as_user(cast.manager).get(page("decide", again)).content.decode()
    for words in (refused.number, "There is another way.", "It is cheaper.", "We visit this household."):
        assert words in text
