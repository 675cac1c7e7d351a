"""Everything about one case in one readable file: made for who asks, kept for a while, and gone with its case."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accountability.models import AccessRequest
from accountability.rules.access_sections import HELD_BACK, SECTIONS
from accountability.services import answering_access, describing, destroying, hanging, listing_destruction
from cases.models import Case, JournalEntry
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, Errand, Event, Notice, User

from .canary import BIRD, Cage
from .destruction import approved, due_cases

pytestmark = pytest.mark.django_db
BIRDS = re.compile(rf"{BIRD}\d+")


def begun(cast, case, reference="INZ-2026-7") -> AccessRequest:
    told = {"asker": "resident", "reference": reference, "asked_on": timezone.localdate()}
    return answering_access.begin(case=case, by=cast.privacy, **told)


@pytest.fixture
def answered(cast, run_errands):
    """The answer about a case that is due, made by a worker."""
    case = due_cases(cast)[0]
    JournalEntry.objects.create(case=case, text="Called back.", author=cast.caseworker)
    made = begun(cast, case)
    run_errands()
    made.refresh_from_db()
    return made


def kept(made: AccessRequest) -> list[bool]:
    return [default_storage.exists(getattr(made, name).name) for name in answering_access.KINDS.values()]


def content_of(field) -> bytes:
    with default_storage.open(field.name) as opened:
        return opened.read()


@pytest.fixture
def whole(cast, as_user, run_errands):
    """The answer about a case with everything on it."""
    made = begun(cast, Cage(cast, as_user).make())
    run_errands()
    made.refresh_from_db()
    return made


def birds_in(found, labels) -> set[str]:
    """The words of the cage in these models, of today and of before; but for fields that are not told."""
    said = set()
    for label in labels:
        model = apps.get_model(label)
        fields = [each.attname for each in describing.told_fields(model) if not each.many_to_many]
        for table in filter(None, (model, hanging.history_of(model))):
            for row in table._base_manager.filter(pk__in=found.rows.get(table) or found.history.get(table) or ()):
                said |= set(BIRDS.findall(str([getattr(row, name, "") for name in fields])))
    return said


def test_every_word_stands_in_it_but_for_what_is_held_back(cast, whole):
    page = content_of(whole.page).decode()
    paper = PdfReader(io.BytesIO(content_of(whole.paper)))
    told = set(BIRDS.findall(page))
    assert set(BIRDS.findall("".join(each.extract_text() for each in paper.pages))) == told
    found = hanging.hanging_on(Case, [whole.case_id])
    mine = birds_in(found, [label for section in SECTIONS for label in section.models])
    assert len(mine) > 80
    assert mine - told == set()
    assert birds_in(found, HELD_BACK) & told <= mine  # what a colleague put in the deviation as well
    for person in (cast.caseworker, cast.colleague, cast.stranger, cast.manager, cast.controller):
        assert not re.search(rf"\b{person.name}\b", page)


def test_it_needs_nothing_else_and_is_read_aloud_well(whole):
    page = content_of(whole.page).decode()
    assert '<html lang="nl">' in page
    assert not re.search(r"<(script|link|img)|src=|url\(|https?://", page)
    root = PdfReader(io.BytesIO(content_of(whole.paper))).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    with zipfile.ZipFile(io.BytesIO(content_of(whole.bundle))) as book:
        assert len(book.namelist()) == whole.attachments == 1
        assert BIRD.encode() in book.read(book.namelist()[0])


def test_making_it_and_taking_it_along_is_written_down(cast, as_user, answered):
    assert list(AccessEvent.objects.values_list("way", "basis", "actor_name")) == [("export", "role", "Privacy")]
    assert Notice.objects.get(recipient=cast.caseworker).event.verb == "access_request.begin"
    assert Notice.objects.get(recipient=cast.privacy).event.verb == "access_request.ready"
    client = as_user(cast.privacy)
    file = client.get(reverse("accountability:access-request-file", args=[answered.pk, "html"]))
    assert b"".join(file.streaming_content) == content_of(answered.page)
    assert "attachment" in file["Content-Disposition"]
    assert AccessEvent.objects.filter(way="export").count() == 2
    assert Event.objects.filter(verb="access_request.download", target_id=answered.case_id).count() == 1


def test_the_same_request_is_made_once_and_who_may_is_asked_anew(cast, as_user, answered):
    assert begun(cast, answered.case) == answered
    assert Errand.objects.filter(task=answering_access.TASK).count() == 1
    cast.privacy.groups.clear()
    cast.privacy = User.objects.get(pk=cast.privacy.pk)
    file = reverse("accountability:access-request-file", args=[answered.pk, "pdf"])
    assert as_user(cast.privacy).get(file).status_code == 404
    with pytest.raises(Refused):
        begun(cast, answered.case, "INZ-2")


def test_after_two_weeks_the_files_go_and_they_can_be_made_again(cast, as_user, answered, run_errands):
    assert answering_access.take_away_due() == 0
    AccessRequest.objects.update(ready_at=timezone.now() - timedelta(days=15))
    assert [answering_access.take_away_due(), answering_access.take_away_due()] == [1, 0]
    assert kept(answered) == [False] * 3
    client = as_user(cast.privacy)
    page = client.get(reverse("accountability:access-request-file", args=[answered.pk, "pdf"]))
    assert page.status_code == 409
    client.post(reverse("accountability:access-request-again", args=[answered.pk]))
    run_errands()
    answered.refresh_from_db()
    assert answered.is_ready
    assert kept(answered) == [True] * 3


def test_a_case_that_is_being_destroyed_is_refused_with_the_reason(cast, as_user, answered, run_errands):
    made = approved(cast)
    case = answered.case
    with pytest.raises(Refused, match="wordt vernietigd"):
        begun(cast, case, "INZ-2")
    page = as_user(cast.privacy).get(reverse("accountability:access-request-new", args=[case.pk]))
    assert "wordt vernietigd" in page.content.decode()
    destroying.carry_out(made.pk)
    assert not AccessRequest.objects.exists()
    assert kept(answered) == [False] * 3


def test_destroyed_while_it_was_being_made_nothing_is_left(cast, monkeypatch):
    (case,) = due_cases(cast)
    request = begun(cast, case)
    gather = answering_access.gathering.gather

    def meanwhile(case):
        everything = gather(case)
        destroying.carry_out(approved(cast).pk)
        return everything

    monkeypatch.setattr(answering_access.gathering, "gather", meanwhile)
    answering_access.make(request_id=request.pk)
    assert not Case.objects.exists()
    assert kept(request) == [False] * 3


def test_a_case_on_a_list_that_is_still_looked_through_can_be_asked_for(cast):
    (case,) = due_cases(cast)
    listing_destruction.make(by=cast.privacy)
    assert begun(cast, case).pk
