"""The dossier of a deviation: who reads how much, frozen at the decision, and only ever added to."""

import io
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accountability.models import DossierNote, FrozenDossier
from accountability.rules.dossiers import Scope
from accountability.services import freezing_dossiers, reading_dossiers
from deviations.models import Deviation
from deviations.services import deciding, recording, submitting
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, Event
from tests.factories import CaseFactory, RoutineFactory

pytestmark = pytest.mark.django_db

SECRET = "The account is blocked since the divorce."
WORDS = {"if_followed": "It waits for weeks.", "instead": "We look together.", "why_here": SECRET}


@pytest.fixture
def request_(cast) -> Deviation:
    """A request of the caseworker, sent in."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker, question="How do I pay the rent?")
    routine = RoutineFactory(version__source_type="work_instruction")
    draft = recording.begin(case=case, by=cast.caseworker, fields={"routine": routine, **WORDS})
    return submitting.submit(deviation=draft, by=cast.caseworker)


@pytest.fixture
def agreed(cast, request_) -> Deviation:
    """The same, agreed to by the manager."""
    deciding.decide(deviation=request_, action=Action.AGREE, by=cast.manager, reasons="This helps.")
    return Deviation.objects.get(pk=request_.pk)


def address(name: str, deviation: Deviation) -> str:
    return reverse(f"accountability:{name}", args=[deviation.pk])


def page(client, deviation: Deviation) -> str:
    return client.get(address("dossier", deviation)).content.decode()


def test_a_decision_freezes_the_dossier_once_with_its_digest_in_the_logbook(agreed):
    assert freezing_dossiers.freeze_due() == 1
    assert freezing_dossiers.freeze_due() == 0
    frozen = FrozenDossier.objects.get()
    assert frozen.content["text"]["why_here"] == SECRET
    assert Event.objects.get(verb="dossier.freeze").after == frozen.digest
    assert freezing_dossiers.is_untouched(frozen)


def test_a_worker_freezes_it_soon(agreed, run_errands):
    from organisation.services.running_errands import write_slots

    write_slots(timezone.now())
    run_errands()
    assert FrozenDossier.objects.filter(deviation=agreed).exists()


def test_it_holds_what_was_known_then_also_when_it_is_frozen_later(cast, agreed):
    agreed.case.question = "Something else"
    agreed.case.save()
    freezing_dossiers.freeze_due()
    assert FrozenDossier.objects.get().content["case"]["question"] == "How do I pay the rent?"


@pytest.mark.parametrize("model", [FrozenDossier, DossierNote])
def test_the_database_refuses_to_change_what_was_kept(cast, agreed, model):
    freezing_dossiers.freeze_due()
    freezing_dossiers.add_note(deviation=agreed, by=cast.caseworker, kind="remark", text="Sent.")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(deviation=agreed)


def test_it_goes_when_the_case_goes(cast, agreed):
    freezing_dossiers.freeze_due()
    freezing_dossiers.add_note(deviation=agreed, by=cast.caseworker, kind="remark", text="Sent.")
    agreed.case.delete()
    assert not FrozenDossier.objects.exists()
    assert not DossierNote.objects.exists()


def test_who_gives_account_reads_all_of_it(cast, agreed, as_user):
    for person in (cast.caseworker, cast.manager):
        text = page(as_user(person), agreed)
        assert SECRET in text
        assert agreed.case.number in text


def test_internal_control_reads_who_decided_and_nothing_about_the_resident(cast, agreed, as_user):
    text = page(as_user(cast.controller), agreed)
    assert "Manager" in text
    for hidden in (SECRET, "How do I pay the rent?", agreed.case.number, "This helps."):
        assert hidden not in text, hidden


def test_a_colleague_hears_for_whom_it_is(cast, agreed, as_user):
    colleague = as_user(cast.colleague)
    assert colleague.get(address("dossier", agreed)).status_code == 404
    card = colleague.get(address("dossier-card", agreed))
    assert card.status_code == 200
    assert f'href="{address("dossier", agreed)}"' not in card.content.decode()


def test_reading_and_taking_along_are_written_down(cast, agreed, as_user):
    client = as_user(cast.manager)
    page(client, agreed)
    client.get(address("dossier-pdf", agreed))
    told = AccessEvent.objects.about(agreed).filter(actor_id=cast.manager.pk)
    assert sorted(told.values_list("way", flat=True)) == ["export", "page"]


def test_a_draft_has_no_dossier_and_a_request_has_one_that_is_not_frozen(cast, request_, as_user):
    assert 'id="mandate"' in page(as_user(cast.caseworker), request_)
    assert not FrozenDossier.objects.exists()
    draft = recording.begin(case=request_.case, by=cast.caseworker, fields=WORDS)
    assert as_user(cast.caseworker).get(address("dossier", draft)).status_code == 404


def test_a_note_is_added_by_who_gives_account_and_shows_with_name_and_moment(cast, agreed, as_user):
    client = as_user(cast.caseworker)
    sent = {"kind": "letter", "reference": "2026/1234", "text": ""}
    assert client.post(address("dossier-note", agreed), sent).status_code == 303
    text = page(client, agreed)
    assert "2026/1234" in text
    note = DossierNote.objects.get()
    assert (note.by, note.kind) == (cast.caseworker, "letter")


@pytest.mark.parametrize(("kind", "missing"), [("remark", "text"), ("letter", "reference")])
def test_a_note_says_something(cast, agreed, as_user, kind, missing):
    answer = as_user(cast.caseworker).post(address("dossier-note", agreed), {"kind": kind})
    assert answer.status_code == 422
    assert missing in answer.context["form"].errors


def test_nobody_adds_before_there_is_a_decision(cast, request_):
    with pytest.raises(Refused):
        freezing_dossiers.add_note(deviation=request_, by=cast.caseworker, kind="remark", text="Early.")


def test_others_do_not_add(cast, agreed):
    for person in (cast.colleague, cast.controller, cast.stranger, cast.policy):
        with pytest.raises(Refused):
            freezing_dossiers.add_note(deviation=agreed, by=person, kind="remark", text="No.")


def test_it_says_what_changed_since(cast, agreed):
    freezing_dossiers.freeze_due()
    agreed.case.question = "Something else"
    agreed.case.save()
    agreed = Deviation.objects.get(pk=agreed.pk)
    (change,) = reading_dossiers.read(agreed, Scope.WHOLE).changes
    assert "How do I pay the rent?" in change.before
    assert "Something else" in change.after
    assert not reading_dossiers.read(agreed, Scope.CONTROL).changes


def test_the_document_is_accessible_and_says_the_same(cast, agreed, as_user):
    answer = as_user(cast.caseworker).get(address("dossier-pdf", agreed))
    reader = PdfReader(io.BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (an object of the reader)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    words = re.sub(r"\s+", " ", " ".join(part.extract_text() for part in reader.pages))
    for told in (SECRET, "This helps.", agreed.case.number, FrozenDossier.objects.get().digest[:12]):
        assert told in words, told


def test_the_document_of_internal_control_tells_nothing_about_the_resident(cast, agreed, as_user):
    answer = as_user(cast.controller).get(address("dossier-pdf", agreed))
    words = " ".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Manager" in words
    for hidden in (SECRET, "This helps.", agreed.case.number):
        assert hidden not in re.sub(r"\s+", " ", words)
