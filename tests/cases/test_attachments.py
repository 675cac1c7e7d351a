"""Files in a case: what is taken, who gets them, and that they are gone when they are taken away (promise 8)."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Attachment
from cases.services import attaching, sharing
from organisation.kernel import handed_in
from organisation.kernel.access import Refused
from organisation.kernel.handed_in import Unfit, kind_of
from organisation.models import AccessEvent, Event, User
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a quotation"


def packed(**parts: str) -> bytes:
    """A zip with these parts; two underscores stand for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            # A fixed moment: these bytes name tests, and each process must give them the same name.
            entry = zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", "."))
            made.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


WORD = {"[Content_Types]_dot_xml": "<Types/>", "word__document_dot_xml": "<w/>"}
ODT = "application/vnd.oasis.opendocument.text"


def file(content: bytes = PDF, name: str = "Offerte mevrouw Jansen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def quotation(cast, case):
    return attaching.attach(case=case, by=cast.caseworker, title="Quotation", file=file())


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n....", "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0....", "jpg"),
        ("a.txt", "Één regel.\n".encode(), "txt"),
        ("a.docx", packed(**WORD), "docx"),
        ("a.odt", packed(mimetype=ODT), "odt"),
    ],
)
def test_what_is_allowed_is_known_by_name_and_content(name, content, kind):
    assert kind_of(name, io.BytesIO(content), len(content)) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a", PDF),
        ("a.pdf.exe", PDF),
        ("a.svg", b"<svg onload='x'/>"),
        ("a.html", b"<script>"),
        ("a.pdf", b"<script>"),
        ("a.png", PDF),
        ("a.txt", b"MZ\x00\x01"),
        ("a.txt", "é".encode("latin-1")),
        ("a.pdf", b""),
        ("a.docx", b"PK\x03\x04 not a zip"),
        ("a.docx", packed(readme="x")),
        ("a.docx", packed(**WORD, word__vbaProject_dot_bin="x")),
        ("a.xlsx", packed(**WORD)),
        ("a.odt", packed(mimetype="application/x")),
        ("a.ods", packed(mimetype=ODT)),
        ("a.odt", packed(mimetype=ODT, Basic__Standard__script_dot_xml="x")),
        ("a.odt", packed(content="x")),
    ],
)
def test_everything_else_is_refused_with_a_sentence(name, content):
    with pytest.raises(Unfit, match="."):
        kind_of(name, io.BytesIO(content), len(content))


def test_a_file_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(handed_in, "MOST_UNPACKED", 1_000)
    bomb = packed(**WORD, filler="0" * 100_000)
    assert len(bomb) < 1_000
    with pytest.raises(Unfit):
        kind_of("a.docx", io.BytesIO(bomb), len(bomb))


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(Unfit, match="10"):
        kind_of("a.pdf", io.BytesIO(), handed_in.MOST_BYTES + 1)


def test_nothing_of_the_name_it_came_with_is_kept(quotation):
    kept = " ".join(str(getattr(quotation, known.name)) for known in Attachment._meta.concrete_fields)
    assert "Jansen" not in kept + quotation.download_name
    assert quotation.download_name == "quotation.pdf"
    with quotation.file.open() as content:
        assert content.read() == PDF


def test_the_page_adds_shows_and_takes_away(cast, case, as_user, django_capture_on_commit_callbacks):
    client, where = as_user(cast.caseworker), reverse("cases:attach", args=[case.pk])
    assert client.post(where, {"title": "Quotation", "file": file(), "key": uuid4()}).status_code == 303
    attachment = case.attachments.get()
    storage, name = attachment.file.storage, attachment.file.name
    assert "Quotation" in client.get(case.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("cases:detach", args=[case.pk, attachment.pk])).status_code == 303
    assert not case.attachments.exists()
    assert not storage.exists(name)
    verbs = set(Event.objects.about(case).values_list("verb", flat=True))
    assert {"attachment.added", "attachment.removed"} <= verbs


def test_it_is_only_ever_a_download_and_that_is_logged(cast, quotation, as_user):
    answer = as_user(cast.colleague).get(reverse("cases:attachment", args=[quotation.case_id, quotation.pk]))
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quotation.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert AccessEvent.objects.get(target_id=quotation.pk).way == "export"


def test_a_file_of_another_case_is_not_found_through_ones_own(cast, quotation, as_user):
    own = CaseFactory(team=cast.youth, handler=cast.stranger)
    client = as_user(cast.stranger)
    for case in (own, quotation.case):
        assert client.get(reverse("cases:attachment", args=[case.pk, quotation.pk])).status_code == 404
    assert not Attachment.objects.visible_to(cast.stranger).exists()
    assert Attachment.objects.visible_to(cast.colleague).get() == quotation


def test_a_wrong_file_is_told_at_the_field_and_what_was_typed_stays(cast, case, as_user):
    told = {"title": "Offerte van de bakker", "file": file(b"<script>")}
    answer = as_user(cast.caseworker).post(reverse("cases:attach", args=[case.pk]), told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Offerte van de bakker" in page
    assert 'id="id_file_error"' in page
    assert not case.attachments.exists()


def test_the_same_form_twice_keeps_it_once_and_the_same_file_is_not_added_again(cast, case):
    key = uuid4()
    words = {"case": case, "by": cast.caseworker, "title": "Quotation"}
    first = attaching.attach(**words, file=file(), key=key)
    assert attaching.attach(**words, file=file(), key=key) == first
    with pytest.raises(Refused):
        attaching.attach(**words, file=file(), key=uuid4())
    assert case.attachments.count() == 1


def test_a_case_holds_so_many_files_and_a_file_of_a_service_is_checked_too(cast, case, quotation, monkeypatch):
    with pytest.raises(Refused):
        attaching.attach(case=case, by=cast.caseworker, title="x", file=file(b"<script>"))
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    with pytest.raises(Refused):
        attaching.attach(case=case, by=cast.caseworker, title="x", file=file(PDF + b"2"))


def test_who_reads_along_downloads_but_adds_and_takes_nothing(cast, case, quotation, as_user):
    share = {"case": case, "by": cast.caseworker, "to": cast.stranger, "work": False, "reason": "x"}
    sharing.share_case(**share, until=quotation.added_at.date().replace(year=2030))
    reader = User.objects.get(pk=cast.stranger.pk)
    assert as_user(reader).get(reverse("cases:attachment", args=[case.pk, quotation.pk])).status_code == 200
    with pytest.raises(Refused):
        attaching.attach(case=case, by=reader, title="x", file=file(PDF + b"2"))
    with pytest.raises(Refused):
        attaching.detach(attachment=quotation, by=reader)


def test_taking_away_twice_is_taking_away_once(cast, quotation):
    attaching.detach(attachment=quotation, by=cast.colleague)
    attaching.detach(attachment=quotation, by=cast.colleague)
    assert Event.objects.filter(verb="attachment.removed").count() == 1


def test_a_file_whose_row_cannot_be_written_leaves_nothing_behind(cast, case, monkeypatch):
    def fail(**told):
        raise OSError

    monkeypatch.setattr(Event, "record", fail)
    with pytest.raises(OSError, match="^$"):
        attaching.attach(case=case, by=cast.caseworker, title="x", file=file())
    folder = Attachment._meta.get_field("file").storage
    assert not folder.exists("attachments") or folder.listdir("attachments") == ([], [])
