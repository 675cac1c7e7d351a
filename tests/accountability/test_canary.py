"""Destroyed is destroyed: words that stood nowhere else are looked for byte by byte, wherever bytes are kept."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import UUIDField
from django.urls import reverse

from accountability.models import Certificate, DestructionList
from accountability.services import hanging
from cases.models import Case
from learning.models import LearningReport, ReportStory
from learning.services import recounting, rolling_up

from .canary import BIRD, Cage, bird, empty_fields

pytestmark = pytest.mark.django_db(transaction=True)


def database_bytes() -> bytes:
    """The SQLite file with its log and index, or a dump of the PostgreSQL database."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        paths = [Path(f"{where['NAME']}{rest}") for rest in ("", "-wal", "-shm")]
        return b"".join(path.read_bytes() for path in paths if path.exists())
    command = ["pg_dump", "-h", where["HOST"], "-p", str(where["PORT"] or 5432), "-U", where["USER"], where["NAME"]]
    env = os.environ | {"PGPASSWORD": where["PASSWORD"]}
    return subprocess.run(command, env=env, check=True, capture_output=True).stdout


def folder_bytes(folder: Path) -> bytes:
    """Every file below it, with its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"".join(str(path).encode() + path.read_bytes() for path in files)


def birds(found: bytes) -> int:
    return found.lower().count(BIRD.encode())


def agree_to_destroy(cast, as_user) -> DestructionList:
    """By the pages, as two people do."""
    maker, approver = as_user(cast.privacy), as_user(cast.controller)
    maker.post(reverse("accountability:destruction-make"), {})
    made = DestructionList.objects.get()
    line = made.lines.get()
    maker.post(reverse("accountability:destruction-step", args=[made.pk, "submit"]))
    assert approver.get(made.get_absolute_url()).status_code == 200
    assert line.state == "listed"
    approver.post(reverse("accountability:destruction-step", args=[made.pk, "approve"]))
    return made


@pytest.fixture
def caged(cast, as_user):
    return Cage(cast, as_user).make()


def test_every_text_that_can_be_typed_was_typed(caged):
    assert empty_fields(caged) == []


def test_nothing_is_left_of_it_anywhere(cast, as_user, caged, run_errands, tmp_path):
    run_errands()
    assert birds(database_bytes()) > 100
    assert birds(folder_bytes(tmp_path)) > 100  # the file that was not detached, and the answer to who it is about
    assert len(list(tmp_path.rglob("*.zip"))) == 2  # evidence about the case, and about the caseworker
    found = hanging.hanging_on(Case, [caged.pk])
    files = found.files()
    made = agree_to_destroy(cast, as_user)
    run_errands()
    made.refresh_from_db()
    assert made.state == "done"
    assert birds(database_bytes()) == 0
    assert birds(folder_bytes(tmp_path)) == 0
    assert not list(tmp_path.rglob("*.zip"))
    assert keys_left(found) <= {caged.pk}  # the line of the list keeps the key of the case: the ledger names it too
    assert not any((Path(settings.MEDIA_ROOT) / name).exists() for name in files)


def keys_left(found) -> set:
    """Keys of what was destroyed that are still to be found, as a table or a JSON writes them."""
    left = database_bytes().replace(b"-", b"")
    keys = {key for model, keys in found.rows.items() if isinstance(model._meta.pk, UUIDField) for key in keys}
    return {key for key in keys if key.hex.encode() in left}


def test_the_figures_and_the_certificate_stay(cast, as_user, caged, run_errands):
    run_errands()
    rolling_up.roll_up_all()
    made = agree_to_destroy(cast, as_user)
    run_errands()
    assert recounting.verify().differences == ()
    rolling_up.roll_up_all()
    verdict = recounting.verify()
    assert verdict.differences == ()
    assert verdict.cells > 1
    certificate = Certificate.objects.get(pk=made.pk)
    page = as_user(cast.controller).get(certificate.get_absolute_url()).content.decode()
    assert caged.number in page
    assert BIRD not in page
    assert as_user(cast.privacy).get(reverse("accountability:certificate-pdf", args=[made.pk])).content[:4] == b"%PDF"


def test_a_published_story_stays_and_leads_to_nobody(cast, as_user, caged, run_errands):
    run_errands()
    story = ReportStory.objects.get()
    LearningReport.objects.filter(pk=story.report_id).update(
        state="published", published_by=cast.policy, published_at="2026-01-01T00:00Z"
    )
    released = bird("vrijgegeven")
    ReportStory.objects.update(text=released, released_by=cast.reporter, released_at="2026-01-01T00:00Z")
    agree_to_destroy(cast, as_user)
    run_errands()
    story.refresh_from_db()
    assert (story.text, story.link) == (released, None)
    assert birds(database_bytes()) == 1
