"""When most comparable ones went the other way, author and decider say what makes this one different."""

import pytest
from django.urls import reverse

from deviations.models import Deviation, Distinction
from deviations.services import deciding, recording, submitting
from deviations.services.distinguishing import NotDistinguished
from deviations.services.submitting import Incomplete
from deviations.workflow import Action

pytestmark = pytest.mark.django_db

REFUSE = {"action": Action.REFUSE, "reasons": "Nee."}
AGREE = {"action": Action.AGREE}


@pytest.fixture
def earlier(cast, draft):
    """`earlier(REFUSE, 3)` are so many requests with the same words that were answered like this."""

    def make(answer: dict, count: int) -> list[Deviation]:
        made = []
        for _ in range(count):
            asked = draft(differs="Anders dan de rest.")
            submitting.submit(deviation=asked, by=cast.caseworker)
            deciding.decide(deviation=asked, by=cast.manager, differs="Daarom.", **answer)
            made.append(asked)
        return made

    return make


def test_the_author_is_asked_when_most_were_refused(cast, draft, earlier):
    refused = earlier(REFUSE, 3)
    asked = draft()
    with pytest.raises(Incomplete) as missing:
        submitting.submit(deviation=asked, by=cast.caseworker)
    assert missing.value.fields == ("differs",)
    recording.save_draft(deviation=asked, by=cast.caseworker, fields={"differs": "Hier is een baby."})
    submitting.submit(deviation=asked, by=cast.caseworker)
    said = Distinction.objects.get(deviation=asked)
    assert (said.side, said.text, said.by) == ("author", "Hier is een baby.", cast.caseworker)
    assert (said.agreed, said.refused) == (0, 3)
    assert sorted(said.precedents) == sorted(str(each.pk) for each in refused)
    assert said.said_at is not None


@pytest.mark.parametrize(("answer", "count"), [(REFUSE, 2), (AGREE, 3)])
def test_the_author_is_not_asked_otherwise(cast, draft, earlier, answer, count):
    earlier(answer, count)
    assert submitting.submit(deviation=draft(), by=cast.caseworker).state == "awaiting"


def test_what_was_only_considered_asks_for_nothing(cast, draft, earlier):
    earlier(REFUSE, 3)
    assert submitting.submit(deviation=draft(kind="considered"), by=cast.caseworker).state == "recorded"


def test_a_space_does_not_take_the_question_away(cast, draft, earlier, space):
    earlier(REFUSE, 3)
    space()
    with pytest.raises(Incomplete):
        submitting.submit(deviation=draft(), by=cast.caseworker)


@pytest.mark.parametrize(("answers", "answer"), [(AGREE, REFUSE), (REFUSE, AGREE)])
def test_who_decides_the_other_way_says_what_is_different(cast, draft, earlier, answers, answer):
    earlier(answers, 3)
    asked = submitting.submit(deviation=draft(differs="Een baby."), by=cast.caseworker)
    with pytest.raises(NotDistinguished):
        deciding.decide(deviation=asked, by=cast.manager, **answer)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("awaiting", "")
    deciding.decide(deviation=asked, by=cast.manager, differs="De brief is gelezen.", **answer)
    said = Distinction.objects.get(deviation=asked, side="decider")
    assert (said.text, said.by, said.counted) == ("De brief is gelezen.", cast.manager, 3)


def test_who_decides_like_the_others_is_not_asked(cast, request_, earlier):
    earlier(AGREE, 3)
    asked = request_()
    deciding.decide(deviation=asked, by=cast.manager, differs="Zomaar.", **AGREE)
    assert not Distinction.objects.filter(deviation=asked).exists()


def test_a_second_answer_at_once_leaves_one_distinction(cast, request_, earlier):
    earlier(AGREE, 3)
    asked = request_()
    deciding.decide(deviation=asked, by=cast.manager, differs="Een.", **REFUSE)
    with pytest.raises(deciding.WrongState):
        deciding.decide(deviation=asked, by=cast.manager, differs="Twee.", **REFUSE)
    assert Distinction.objects.get(deviation=asked).text == "Een."


def test_what_is_typed_is_kept_and_put_back(cast, draft):
    asked = draft(differs="Bijna")
    for text in ("Bijna af", ""):
        recording.save_draft(deviation=asked, by=cast.caseworker, fields={"differs": text}, typing=True)
        assert Distinction.objects.get(deviation=asked).text == text
    draft()
    assert Distinction.objects.count() == 1


def test_the_form_asks_at_the_place_and_shows_it_afterwards(cast, as_user, draft, earlier, routine):
    earlier(REFUSE, 3)
    asked, client = draft(), as_user(cast.caseworker)
    url = reverse("deviations:edit", args=[asked.pk])
    before = client.get(url)
    assert "zijn er 3 afgewezen" in before.content.decode()
    assert [str(name) for _field, name in before.context["missing"]] == ["Wat maakt deze anders?"]
    sent = {
        "case": str(asked.case.pk), "draft": str(asked.pk), "routine": str(routine.pk), "kind": "made",
        "urgency": "normal", "belongs_or_helps": "2", "if_followed": asked.if_followed, "instead": asked.instead,
        "why_here": asked.why_here, "action": "submit",
    }  # fmt: skip
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert refused.context["form"].errors["differs"]
    assert client.post(url, sent | {"differs": "Hier is een baby."}).status_code == 303
    page = client.get(reverse("deviations:deviation", args=[asked.pk])).content.decode()
    assert "Hier is een baby." in page
    assert "en waren er 3 afgewezen" in page


def test_the_decider_is_asked_at_the_place(cast, as_user, request_, earlier):
    earlier(AGREE, 3)
    asked, client = request_(), as_user(cast.manager)
    url = reverse("deviations:decide", args=[asked.pk])
    assert "De meeste vergelijkbare afwijkingen kregen akkoord" in client.get(url).content.decode()
    answer = {"action": "refuse", "reasons": "Nee.", "version": str(asked.version)}
    missing = client.post(url, answer)
    assert missing.status_code == 422
    assert missing.context["form"].errors["differs"]
    assert client.post(url, answer | {"differs": "De brief is gelezen."}).status_code == 303


def test_who_may_not_see_the_deviation_does_not_read_what_was_said(cast, as_user, draft):
    asked = draft(differs="Geheim.")
    url = reverse("deviations:deviation", args=[asked.pk])
    assert as_user(cast.stranger).get(url).status_code == 404
