"""The page with the reasons for the letter: adjust, read over, copy, and take along as PDF."""

import io
import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from deviations.models import Deviation
from deviations.services import consulting, deciding, explaining, revising, submitting
from deviations.services.revising import Unconfirmed
from deviations.workflow import Action
from organisation.models import AccessEvent
from tests.factories import GroundFactory, RoutineFactory

pytestmark = pytest.mark.django_db

SECONDS = 0.3
THOUGHT = {
    "purpose_served": "It does.",
    "alternatives": "None.",
    "residents_view": "Relieved.",
    "tension": "Fast or sure.",
    "same_again": "yes",
    **{name: "So." for name in ("value_one", "value_two", "core_value", "legal_route", "conclusion")},
}


@pytest.fixture
def agreed(cast, request_) -> Deviation:
    """A request that the manager agreed to, with conditions and two grounds, one of them against the law."""
    law = GroundFactory(label_nl="Afwijken van een eigen beleidsregel", article="Awb, artikel 4:84")
    against = GroundFactory(label_nl="Tegen de wet in", kind="beyond_law")
    deviation = request_(grounds=[law, against], lasts_until="2026-12-31", **THOUGHT)
    today = timezone.localdate()
    consulting.receive(
        deviation=deviation, by=cast.caseworker, view="agrees", text="", received_on=today, reference="L 12"
    )
    action, words = Action.AGREE_WITH_CONDITIONS, {"conditions": "Bewaar de bon.", "reasons": "Well done."}
    board = {"board_on": today, "board_reference": "B 1"}
    deciding.decide(deviation=deviation, action=action, by=cast.manager, **words, **board)
    return Deviation.objects.get(pk=deviation.pk)


def page(deviation) -> str:
    return reverse("deviations:letter", args=[deviation.pk])


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages))


def test_the_text_follows_from_what_was_decided_on(cast, as_user, agreed):
    text = as_user(cast.caseworker).get(page(agreed)).context["form"]["text"].value()
    for words in (
        agreed.if_followed,
        agreed.instead,
        agreed.why_here,
        "It does.",
        "Bewaar de bon.",
        "31 december 2026",
    ):
        assert words in text
    assert "afwijken van een eigen beleidsregel (Awb, artikel 4:84)." in text
    assert "tegen de wet" not in text.lower()
    assert "Well done." not in text


def test_it_is_dutch_on_an_english_screen(cast, as_user, agreed):
    cast.caseworker.language = "en"
    cast.caseworker.save()
    answer = as_user(cast.caseworker).get(page(agreed))
    assert b"Reasons for the letter" in answer.content
    assert b"Daarom doen wij in uw situatie" in answer.content


def test_whoever_reads_the_deviation_reads_it_and_that_is_noted(cast, as_user, agreed):
    for person in (cast.caseworker, cast.colleague, cast.manager):
        assert as_user(person).get(page(agreed)).status_code == 200
    for person in (cast.stranger, cast.othermanager, cast.policy, cast.privacy):
        assert as_user(person).get(page(agreed)).status_code == 404
    assert AccessEvent.objects.filter(target_id=agreed.pk, way="page").count() == 3


def test_without_a_decision_that_counts_there_is_nothing_to_explain(cast, as_user, agreed, request_, draft):
    client = as_user(cast.caseworker)
    recorded = submitting.submit(deviation=draft(kind="considered"), by=cast.caseworker)
    for deviation in (request_(), draft(), recorded):
        assert client.get(page(deviation)).status_code == 404
    other = {"instead": "We visit."}
    with pytest.raises(Unconfirmed) as asked:
        revising.revise(deviation=agreed, by=cast.caseworker, fields=other)
    revising.revise(deviation=agreed, by=cast.caseworker, fields=other, confirmed=asked.value.token)
    assert client.get(page(agreed)).status_code == 404


def test_reading_it_over_points_at_what_does_not_speak_to_the_resident(cast, as_user, agreed):
    answer = as_user(cast.caseworker).post(page(agreed), {"text": "Ik help de inwoner conform beleid."})
    assert [tip.found for tip in answer.context["tips"]] == ["ik", "de inwoner", "conform"]
    assert b"Ik help de inwoner" in answer.content


def test_the_document_says_what_was_adjusted(cast, as_user, agreed, settings):
    text = "Wij doen dit voor u. #panic() $x^2$ *niet vet* =SUM(A1)\r\n\r\nTweede alinea: é, € 5."
    answer = as_user(cast.caseworker).post(page(agreed), {"text": text, "action": "pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert f"{agreed.number.lower()}-redenen.pdf" in answer["Content-Disposition"]
    words = words_of(answer.content)
    assert re.sub(r"\s+", " ", text) in words
    for there in (settings.ORGANISATION_NAME, agreed.number, agreed.case.number, "zelf geen beslissing"):
        assert there in words
    assert AccessEvent.objects.filter(target_id=agreed.pk, way="export").count() == 1


def test_the_document_carries_the_number_that_the_case_has_elsewhere(agreed):
    agreed.case.external_reference = "ZS-2026-1"
    pdf = explaining.document_of(agreed, agreed.decisions.get(), "Tekst.")
    assert "ZS-2026-1" in words_of(pdf)


def test_the_document_is_made_while_somebody_waits(agreed):
    decision, text = agreed.decisions.get(), "Wij doen dit voor u.\n\n" * 60
    explaining.document_of(agreed, decision, text)
    started = time.perf_counter()
    explaining.document_of(agreed, decision, text)
    assert time.perf_counter() - started < SECONDS


def test_nothing_about_a_person_goes_out_unseen(cast, as_user, agreed):
    client = as_user(cast.caseworker)
    blocked = client.post(page(agreed), {"text": "Uw nummer is 111222333.", "action": "pdf"})
    assert blocked.status_code == 422
    assert b"111222333" in blocked.content
    assert client.post(page(agreed), {"text": "", "action": "pdf"}).status_code == 422


def test_what_was_adjusted_is_put_back(cast, as_user, agreed):
    client, decision = as_user(cast.caseworker), agreed.decisions.get()
    key = f"deviations:letter:{decision.pk}"
    client.post(reverse("organisation:draft", args=[key]), {"text": "Mijn eigen woorden."})
    assert client.get(page(agreed)).context["form"]["text"].value() == "Mijn eigen woorden."


def test_the_page_of_the_deviation_leads_to_it(cast, as_user, agreed, request_):
    client = as_user(cast.caseworker)
    assert page(agreed) in client.get(agreed.get_absolute_url()).content.decode()
    waiting = request_()
    assert page(waiting) not in client.get(waiting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("source", ["statute", "ordinance", "policy_rule", "work_instruction", "system", "habit"])
def test_there_are_words_for_every_kind_of_source(source, cast, case, draft):
    routine = RoutineFactory(version__source_type=source)
    drafted = draft(routine=routine, grounds=[GroundFactory()], **THOUGHT)
    deviation = submitting.submit(deviation=drafted, by=cast.caseworker)
    decision = deciding.decide(deviation=deviation, action=Action.REFUSE, by=cast.manager, reasons="Het kan niet.")
    assert "Het kan niet." in explaining.letter_of(Deviation.objects.get(pk=deviation.pk), decision)
