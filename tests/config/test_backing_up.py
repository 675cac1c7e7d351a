"""The drill: make, back up, wreck, put back, and everything is there again, but for what was destroyed since."""

import hashlib
import shutil
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from accountability.models import Certificate
from accountability.services import destroying, ledger, replaying, verifying
from cases.models import Attachment, Case, JournalEntry
from config import backing_up
from learning.services import recounting, rolling_up
from organisation.models import Event, User
from organisation.services import sealing, sealing_outside
from tests.accountability.destruction import approved, due_cases
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db(transaction=True)


def keep_file(case, words: bytes) -> Attachment:
    told = {"title": "Note", "kind": "txt", "size": len(words), "digest": hashlib.sha256(words).hexdigest()}
    made = Attachment(case=case, added_by=case.handler, **told)
    made.file.save("", ContentFile(words), save=False)
    made.save()
    return made


def everything() -> dict:
    """What a municipality would miss."""
    files = {path.name: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    rows = {model: list(model.objects.order_by("pk").values()) for model in (Case, JournalEntry, Attachment, User)}
    return {"files": files, **rows, "log": Event.objects.count()}


@pytest.fixture
def town(cast):
    stays = CaseFactory(team=cast.income, handler=cast.caseworker)
    JournalEntry.objects.create(case=stays, text="Called back.", author=cast.caseworker)
    keep_file(stays, b"a quotation")
    goes = due_cases(cast)[0]
    keep_file(goes, b"a letter")
    return stays, goes


@pytest.fixture
def archive(town, tmp_path):
    sealing.seal()
    file = tmp_path / "elsewhere" / "backup.tar"
    call_command("backup", str(file), verbosity=0)
    return file


def wreck(*, seals: bool = True) -> None:
    """The machine is lost: files, and everything in the database; the seals stand elsewhere if they were kept."""
    shutil.rmtree(settings.MEDIA_ROOT)
    if seals:
        shutil.rmtree(settings.SEAL_DIR, ignore_errors=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            return
    name = connection.settings_dict["NAME"]
    connection.close()
    for rest in ("", "-wal", "-shm"):
        Path(f"{name}{rest}").unlink(missing_ok=True)


def test_everything_is_there_again_on_an_empty_machine(town, archive):
    before = everything()
    wreck()
    call_command("restore", str(archive), verbosity=0)
    after = everything()
    after["log"] -= Event.objects.filter(verb__in=("destruction.replayed", "logbook.resumed")).count()
    assert after == before
    assert archive.stat().st_mode & 0o077 == 0


def test_what_was_destroyed_since_is_destroyed_again(cast, town, archive):
    stays, goes = town
    rolling_up.roll_up_all()
    destroying.carry_out(approved(cast).pk)
    wreck()
    call_command("restore", str(archive), verbosity=0)
    assert list(Case.objects.values_list("pk", flat=True)) == [stays.pk]
    assert not Case.history.filter(id=goes.pk).exists()
    assert b"a letter" not in b"".join(everything()["files"].values())
    assert Certificate.objects.get().content["lines"][0]["label"] == goes.number
    assert replaying.is_followed()
    rolling_up.roll_up_all()
    assert recounting.verify().differences == ()


def test_the_chain_tells_that_a_backup_was_put_back(cast, town, archive):
    Event.record(actor=cast.caseworker, verb="case.opened", target=town[0])
    sealing.seal()
    wreck(seals=False)
    call_command("restore", str(archive), reason="The disk broke", verbosity=0)
    verdict = verifying.verify()
    assert verdict.findings == []
    (told,) = sealing_outside.read().restores
    assert told["restored"]["reason"].endswith("The disk broke")
    assert told["restored"]["through"] > told["restored"]["after"]
    assert Event.objects.get(verb="logbook.resumed").remark == told["restored"]["reason"]
    assert sealing.seal() == 0


def test_on_another_machine_the_ledger_comes_from_the_archive(cast, town, tmp_path):
    destroying.carry_out(approved(cast).pk)
    file = tmp_path / "later.tar"
    call_command("backup", str(file), verbosity=0)
    lines = ledger.read()
    ledger.path().unlink()
    wreck()
    call_command("restore", str(file), verbosity=0)
    assert ledger.read() == lines
    assert replaying.is_followed()


def test_nothing_is_replaced_without_saying_so(town, archive):
    with pytest.raises(CommandError, match="--overwrite"):
        call_command("restore", str(archive), verbosity=0)
    Case.objects.get(pk=town[0].pk).journal.all().delete()
    call_command("restore", str(archive), overwrite=True, verbosity=0)
    assert JournalEntry.objects.count() == 1


def test_a_damaged_archive_is_refused(archive):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("restore", str(archive), overwrite=True, verbosity=0)


def test_another_kind_of_database_is_refused(archive, monkeypatch):
    told = backing_up.verify(archive) | {"database": "oracle"}
    monkeypatch.setattr(backing_up, "verify", lambda source: told)
    with pytest.raises(CommandError, match="oracle"):
        call_command("restore", str(archive), overwrite=True, verbosity=0)


def test_without_the_tools_of_postgresql_it_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(backing_up.shutil, "which", lambda tool: None)
    with pytest.raises(backing_up.Fault, match="postgresql-client"):
        backing_up._run("pg_dump")


def test_the_archive_holds_all_four(town, archive):
    with tarfile.open(archive) as opened:
        names = {name.split("/")[0] for name in opened.getnames()}
    assert {"manifest.json", backing_up.DATABASES[connection.vendor], "files"} <= names
