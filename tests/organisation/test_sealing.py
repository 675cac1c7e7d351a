"""The seal: every line gets one place, outside stands what stands inside, and a crash in between does no harm."""

import base64
import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.demo import municipality
from organisation.kernel import digests, seals
from organisation.kernel.merkle import path_of, root_by_path
from organisation.models import AccessEvent, AccessWay, Checkpoint, Event, Heartbeat, SealedLine
from organisation.services import sealing, sealing_outside
from tests.databases import guards_down
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(cast):
    """`write(3)` writes so many lines."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)

    def some(count=1):
        for _line in range(count - 1):
            Event.record(actor=cast.caseworker, verb="case.held", target=case)
        AccessEvent.record(actor=cast.colleague, targets=[case], way=AccessWay.PAGE)

    return some


def outside():
    return [json.loads(line) for path in sorted(settings.SEAL_DIR.glob("*.jsonl")) for line in path.open()]


def test_every_line_gets_one_place_in_order_of_time(write):
    write(5)
    assert sealing.seal() == 5
    write(2)
    assert sealing.seal() == 2
    assert sealing.seal() == 0
    rows = list(SealedLine.objects.values_list("position", "book", "checkpoint"))
    assert rows == [(1, "e", 1), (2, "e", 1), (3, "e", 1), (4, "e", 1), (5, "a", 1), (6, "e", 2), (7, "a", 2)]
    assert Heartbeat.objects.filter(name="seal").exists()


def test_a_checkpoint_names_the_one_before_it_and_is_signed(write):
    for _time in range(2):
        write()
        sealing.seal()
    first, second = Checkpoint.objects.all()
    assert (first.previous, second.previous) == (seals.BEFORE_ALL, first.body.digest)
    assert second.signer == sealing.signer().public
    assert seals.is_signed(second.body.fields(), second.signature, second.signer)
    assert not seals.is_signed(first.body.fields(), second.signature, second.signer)
    assert not seals.is_signed(second.body.fields(), "no signature", second.signer)


def test_outside_stands_what_stands_inside_and_nothing_about_anybody(write, cast):
    write(3)
    sealing.seal()
    (record,) = outside()
    checkpoint = Checkpoint.objects.get()
    assert record["checkpoint"] == checkpoint.body.fields()
    names = [name[1:33] for name in record["lines"]]
    assert names == [each.line.hex for each in SealedLine.objects.all()]
    text = json.dumps(record)
    assert not [word for word in (cast.caseworker.name, "Z-20", str(cast.caseworker.pk)) if word in text]


def test_a_line_can_be_proved_with_its_path_alone(write):
    write(6)
    sealing.seal()
    leaves = [bytes(each.leaf) for each in SealedLine.objects.all()]
    line = Event.objects.get(pk=SealedLine.objects.get(position=3).line)
    key = digests.facts_key(bytes(line.key))
    digest = digests.digest_of_facts(key, line.facts(), digests.words_digest(bytes(line.key), line.words()))
    leaf = seals.leaf_of("e", sealing.stays_of(line), digest)
    assert root_by_path(leaf, 2, 6, path_of(leaves, 2)).hex() == Checkpoint.objects.get().root


def test_a_line_whose_transaction_ended_late_gets_a_later_place(write):
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        write()
        sealing.seal()
    write()
    sealing.seal()
    with time_machine.travel(timezone.now() - timedelta(minutes=3), tick=False):
        write()  # as if its transaction ended only now
    assert sealing.seal() == 1
    assert SealedLine.objects.get(position=3).checkpoint_id == 3


def test_a_history_that_was_played_is_sealed_only_when_that_is_said(write):
    write()
    sealing.seal()
    with time_machine.travel(timezone.now() - timedelta(days=300), tick=False):
        write(4)
    assert sealing.seal() == 0
    assert sealing.seal(brought_in=True) == 4
    assert Checkpoint.objects.get(pk=2).brought_in


def test_many_lines_stand_under_several_checkpoints(write, monkeypatch):
    monkeypatch.setattr(sealing, "MOST", 4)
    write(10)
    assert sealing.seal() == 10
    assert [each.lines for each in Checkpoint.objects.all()] == [4, 4, 2]


def test_what_was_not_written_outside_is_written_by_the_next_run(write, monkeypatch):
    write()
    with monkeypatch.context() as patch:
        patch.setattr(sealing_outside, "_append", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sealing.seal()
    assert Checkpoint.objects.count() == 1
    assert sealing.seal() == 0
    assert [record["checkpoint"]["number"] for record in outside()] == [1]
    assert sealing_outside.write() == 0


def test_half_a_line_is_written_again_whole(write):
    write()
    sealing.seal()
    (path,) = settings.SEAL_DIR.glob("*.jsonl")
    path.write_bytes(path.read_bytes()[:40])
    write()
    sealing.seal()
    assert path.read_text().count("\n") == 3
    assert set(sealing_outside.read().places) == {1, 2}
    assert len(sealing_outside.read().unreadable) == 1


def test_a_folder_that_is_ahead_stops_the_seal_until_somebody_says_why(write):
    for _time in range(3):
        write()
        sealing.seal()
    with guards_down():  # as a backup of before would have it
        SealedLine.objects.filter(position__gt=1).delete()
        Checkpoint.objects.filter(pk__gt=1).delete()
    with pytest.raises(sealing_outside.Diverged):
        sealing.seal()
    given_up = sealing.resume(reason="The disk broke.")
    assert (given_up["after"], given_up["through"]) == (1, 3)
    assert sealing.seal() == 3  # the two lines that lost their place, and the one that tells of it
    assert Event.objects.get(verb="logbook.resumed").remark == "The disk broke."
    read = sealing_outside.read()
    assert (set(read.places), len(read.restores)) == ({1, 2}, 1)
    assert read.record(2).body == Checkpoint.objects.get(pk=2).body


def test_the_key_is_that_of_the_settings(settings):
    made_of_secret = sealing.signer().public
    settings.SEAL_KEY = base64.b64encode(b"\x07" * 32).decode()
    assert sealing.signer().public != made_of_secret
    assert sealing.trusted() == {sealing.signer().public}
    settings.SEAL_TRUSTED = [made_of_secret]
    assert sealing.trusted() == {sealing.signer().public, made_of_secret}


def test_the_clock_seals(write, run_errands, settings):
    from organisation.services import running_errands

    settings.DAILY_ERRANDS = []
    write()
    running_errands.tick()
    run_errands()
    assert Checkpoint.objects.filter(lines__gte=1).exists()


def test_the_command_seals_and_goes_on_after_a_restore_when_told_why(write):
    for _time in range(2):
        write()
        call_command("seal_log", stdout=StringIO())
    with guards_down():
        SealedLine.objects.filter(position=2).delete()
        Checkpoint.objects.filter(pk=2).delete()
    with pytest.raises(CommandError, match="--restored"):
        call_command("seal_log", stdout=StringIO())
    out = StringIO()
    call_command("seal_log", restored="A disk broke.", stdout=out)
    assert out.getvalue().startswith("Given up: checkpoints 2 to 2.\n2 lines sealed.")


def test_a_demo_that_is_made_anew_gives_up_the_seals_of_the_one_before(write):
    write()
    municipality.seal()
    with guards_down():
        SealedLine.objects.all().delete()
        Checkpoint.objects.all().delete()
    municipality.seal()
    assert [each.brought_in for each in Checkpoint.objects.all()] == [True]
    assert len(sealing_outside.read().restores) == 1
