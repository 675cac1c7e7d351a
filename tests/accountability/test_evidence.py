"""Evidence from the logbook: whoever has the public key checks it without our code, and one changed byte shows."""

import hashlib
import hmac
import io
import json
import zipfile
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accountability.models import Evidence
from accountability.services import gathering_evidence
from accountability.services.checking_evidence import check
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay, Event, Notice
from organisation.services import sealing
from tests.databases import guards_down
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
WHY = "Klacht 2026-17"


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def log(cast, case):
    """Three checkpoints with lines about the case between others, and one line that is not sealed."""
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False) as clock:
        for number in range(3):
            for _line in range(number + 2):
                Event.record(actor=cast.caseworker, verb="case.held", target=case, remark="Zij verloor haar baan; é")
                AccessEvent.record(actor=cast.colleague, targets=[CaseFactory(), case], way=AccessWay.PAGE)
            clock.shift(timedelta(minutes=5))
            sealing.seal()
    AccessEvent.record(actor=cast.manager, targets=[case], way=AccessWay.PAGE)


@pytest.fixture
def make(cast, run_errands):
    """`make(about)`: the evidence that the privacy officer asks for, and what is in the zip."""

    def made(about, **more):
        evidence = gathering_evidence.ask(about=about, by=cast.privacy, reason=WHY, **more)
        run_errands()
        evidence.refresh_from_db()
        assert evidence.state == "done"
        with default_storage.open(evidence.file.name) as file, zipfile.ZipFile(file) as pack:
            return evidence, {name: pack.read(name) for name in pack.namelist()}

    return made


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    file.seek(0)
    return file


# What follows was written from accountability/reference/evidence/README.md, and uses nothing of ours.


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def signature_holds(signed, body, public):
    if signed["signer"] != public:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signed["signature"]), canonical(body)
        )
    except InvalidSignature:
        return False
    return True


def line_holds(line, checkpoints):
    digest = hmac.new(
        bytes.fromhex(line["facts_key"]), canonical({**line["facts"], "words": line["words"]}), "sha256"
    ).hexdigest()
    if digest != line["digest"]:
        return False
    if line["position"] is None:
        return True
    found = sha(b"\x00", canonical({**line["stays"], "book": line["book"], "digest": line["digest"]}))
    checkpoint = checkpoints[line["checkpoint"]]
    place, size, path = line["position"] - checkpoint["first"], checkpoint["lines"], list(line["path"])
    while size > 1:
        if place ^ 1 < size:
            beside = bytes.fromhex(path.pop(0))
            found = sha(b"\x01", beside, found) if place % 2 else sha(b"\x01", found, beside)
        place, size = place // 2, (size + 1) // 2
    return not path and found.hex() == checkpoint["root"]


def rows(parts, name):
    return [json.loads(line) for line in parts[name].splitlines()]


def holds(parts, public):
    """The recipe, in order."""
    signed = json.loads(parts["manifest.json"])
    if not signature_holds(signed, signed["manifest"], public):
        return False
    files = signed["manifest"]["files"]
    if {*files, "manifest.json"} != {*parts} or any(sha(parts[name]).hex() != files[name] for name in files):
        return False
    seals = rows(parts, "checkpoints.jsonl")
    if not all(signature_holds(seal, seal["checkpoint"], public) for seal in seals):
        return False
    checkpoints = {seal["checkpoint"]["number"]: seal["checkpoint"] for seal in seals}
    return all(line_holds(line, checkpoints) for name in ("gedaan", "geopend") for line in rows(parts, f"{name}.jsonl"))


def public_key():
    return sealing.signer().public


def test_somebody_else_checks_it_by_the_recipe(log, case, make):
    evidence, parts = make(case)
    assert holds(parts, public_key())
    assert not holds(parts, "0" * 64)
    deeds, openings = rows(parts, "gedaan.jsonl"), rows(parts, "geopend.jsonl")
    assert (len(deeds), len(openings), evidence.lines) == (10, 10, 20)  # asking for it is a line too
    assert [line["position"] for line in openings].count(None) == 1
    assert evidence.unsealed == 2
    assert evidence.faults == 0
    assert {line["facts"]["target_id"] for line in deeds + openings} == {str(case.pk)}
    assert b"baan" not in b"".join(parts[name] for name in parts if name != "omslag.pdf")


def test_one_changed_byte_anywhere_fails_by_the_recipe_and_by_the_command(log, case, make):
    _evidence, whole = make(case)
    for name in whole:
        for at in (0, len(whole[name]) // 3, len(whole[name]) - 1):
            changed = bytearray(whole[name])
            changed[at] ^= 1
            parts = whole | {name: bytes(changed)}
            with suppress(ValueError, KeyError):  # what cannot be read any more does not hold either
                assert not holds(parts, public_key()), (name, at)
            assert not check(zipped(parts), sealing.trusted()).holds, (name, at)


def test_a_line_that_was_changed_with_its_digest_and_manifest_still_fails(log, case, make):
    """By somebody who has our key too: the checkpoint was signed before."""
    _evidence, parts = make(case)
    line = json.loads(parts["gedaan.jsonl"].splitlines()[0])
    line["facts"]["actor_name"] = "Somebody else"
    told = {**line["facts"], "words": line["words"]}
    line["digest"] = hmac.new(bytes.fromhex(line["facts_key"]), canonical(told), "sha256").hexdigest()
    parts["gedaan.jsonl"] = b"\n".join([canonical(line), *parts["gedaan.jsonl"].splitlines()[1:], b""])
    manifest = json.loads(parts["manifest.json"])["manifest"]
    manifest["files"]["gedaan.jsonl"] = sha(parts["gedaan.jsonl"]).hex()
    signed = {"manifest": manifest, "signature": sealing.signer().sign(manifest), "signer": public_key()}
    parts["manifest.json"] = canonical(signed)
    assert not holds(parts, public_key())
    assert check(zipped(parts), sealing.trusted()).faults == [
        "gedaan.jsonl, line 1: its path does not lead to checkpoint 1."
    ]


def test_the_command_says_that_it_holds_or_what_is_wrong(log, case, make, tmp_path):
    evidence, parts = make(case)
    path, out = tmp_path / "bewijs.zip", StringIO()
    with default_storage.open(evidence.file.name) as file:
        path.write_bytes(file.read())
    assert hashlib.sha256(path.read_bytes()).hexdigest() == evidence.digest
    call_command("verify_evidence", path, stdout=out)
    assert "It holds." in out.getvalue()
    with pytest.raises(CommandError, match="does not hold") as fault:
        call_command("verify_evidence", path, signer=["0" * 64], stdout=out)
    assert fault.value.returncode == 1
    path.write_bytes(b"no zip")
    with pytest.raises(CommandError):
        call_command("verify_evidence", path, stdout=out)
    with pytest.raises(CommandError) as fault:
        call_command("verify_evidence", tmp_path / "nothing", stdout=out)
    assert fault.value.returncode == 2


def test_what_no_longer_fits_its_seal_is_told(log, cast, case, make):
    first = Event.objects.about(case).order_by("at", "id").first()
    with guards_down():
        Event.objects.filter(pk=first.pk).update(actor_name="Never there")
    evidence, parts = make(case)
    assert evidence.faults == 1
    assert not check(zipped(parts), sealing.trusted()).holds
    assert "niet passen" in PdfReader(io.BytesIO(parts["omslag.pdf"])).pages[0].extract_text()


def test_the_period_and_the_colleague_are_what_was_asked_for(log, cast, case, make):
    _evidence, parts = make(cast.colleague)
    assert {line["facts"]["actor_id"] for line in rows(parts, "geopend.jsonl")} == {str(cast.colleague.pk)}
    tomorrow = timezone.localdate() + timedelta(days=1)
    evidence, _parts = make(case, since=tomorrow, until=tomorrow)
    assert evidence.lines == 0
    table = parts["geopend.csv"].decode().splitlines()
    assert len(table) == 1 + len(rows(parts, "geopend.jsonl"))
    standard = [json.loads(line) for line in parts["verwerkingen.jsonl"].splitlines()]
    assert {line["attributes"]["dpl.core.data_subject_id_type"] for line in standard} == {"urn:handelingsruimte:case"}


def test_who_asks_is_told_and_takes_it_along_and_both_are_written_down(log, cast, case, as_user, run_errands):
    client = as_user(cast.privacy)
    ask = reverse("accountability:file-evidence", args=[case.pk])
    assert ask in client.get(reverse("accountability:file-log", args=[case.pk])).content.decode()
    assert client.post(ask, {"reason": ""}).status_code == 422
    late = {"reason": WHY, "since": "2026-02-02", "until": "2026-02-01"}
    assert client.post(ask, late).status_code == 422
    page = client.post(ask, {"reason": WHY}).url
    assert client.post(ask, {"reason": WHY}).url == page
    evidence = Evidence.objects.get()
    assert "hx-trigger" in client.get(page).content.decode()
    assert client.get(reverse("accountability:evidence-file", args=[evidence.pk])).status_code == 404
    run_errands()
    assert Notice.objects.get().url == page
    assert WHY in client.get(page).content.decode()
    answer = client.get(reverse("accountability:evidence-file", args=[evidence.pk]))
    assert answer["Content-Disposition"].startswith('attachment; filename="bewijs-Z-')
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as pack:
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pack.read("omslag.pdf"))).pages)
        assert WHY in text
        assert "Privacy" in text
    told = list(Event.objects.filter(verb__startswith="logbook.evidence").order_by("at").values_list("verb", "remark"))
    assert told == [("logbook.evidence_asked", WHY), ("logbook.evidence_made", ""), ("logbook.evidence_taken", "")]
    assert AccessEvent.objects.filter(way=AccessWay.LOG, target_id=case.pk).count() == 2


def test_who_lost_the_role_gets_nothing_any_more(log, cast, case, as_user, run_errands):
    evidence = gathering_evidence.ask(about=case, by=cast.privacy, reason=WHY)
    cast.privacy.groups.clear()
    run_errands()
    evidence.refresh_from_db()
    assert evidence.state == "failed"
    assert as_user(cast.privacy).get(evidence.get_absolute_url()).status_code == 404
    assert "niet gemaakt" in as_user(cast.controller).get(evidence.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        gathering_evidence.ask(about=case, by=cast.manager, reason=WHY)
    with pytest.raises(Refused):
        gathering_evidence.take_along(evidence=evidence, by=cast.manager)


def test_a_second_run_changes_nothing_and_one_that_was_destroyed_leaves_no_file(log, cast, case, make, monkeypatch):
    evidence, _parts = make(case)
    gathering_evidence.run(evidence_id=evidence.pk)
    assert Event.objects.filter(verb="logbook.evidence_made").count() == 1
    other = gathering_evidence.ask(about=cast.colleague, by=cast.controller, reason=WHY)
    real = gathering_evidence.packing_evidence.pack

    def destroyed_meanwhile(*args, **kwargs):
        Evidence.objects.filter(pk=other.pk).delete()
        return real(*args, **kwargs)

    monkeypatch.setattr(gathering_evidence.packing_evidence, "pack", destroyed_meanwhile)
    gathering_evidence.run(evidence_id=other.pk)
    assert not default_storage.exists(other.file.name)


def test_it_goes_after_seven_days(log, case, make, as_user, cast):
    evidence, _parts = make(case)
    assert gathering_evidence.sweep() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert gathering_evidence.sweep() == 1
    assert not default_storage.exists(evidence.file.name)
    assert as_user(cast.privacy).get(evidence.get_absolute_url()).status_code == 404


def test_a_file_that_is_lost_is_not_there(log, case, make, as_user, cast):
    evidence, _parts = make(case)
    default_storage.delete(evidence.file.name)
    url = reverse("accountability:evidence-file", args=[evidence.pk])
    assert as_user(cast.privacy).get(url).status_code == 404


def test_the_database_keeps_it_about_one_thing_with_a_reason(cast, case):
    for wrong in ({"case": case, "person": cast.manager}, {}, {"case": case, "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(**{"reason": WHY, "requested_by": cast.privacy} | wrong)
