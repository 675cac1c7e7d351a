"""Seven kinds of tampering by somebody with every right in the database: each is found, and the place is told."""

import json
import shutil
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accountability.services.verifying import verify
from organisation.kernel import digests
from organisation.models import AccessEvent, AccessWay, Checkpoint, Event, SealedLine
from organisation.services import sealing, sealing_outside
from organisation.services.erasing_lines import blank, erase_lines
from tests.databases import guards_down
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
CHECKPOINTS, LINES_EACH = 6, 5
START = timezone.now() - timedelta(hours=5)


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def log(cast, case):
    """Half an hour of work with a checkpoint every five minutes; the lines in order of place."""
    with time_machine.travel(START, tick=False) as clock:
        for number in range(CHECKPOINTS):
            for _line in range(LINES_EACH - 1):
                write(cast, case, f"remark {number}")
                clock.shift(timedelta(seconds=2))
            AccessEvent.record(actor=cast.colleague, targets=[case], way=AccessWay.PAGE)
            clock.shift(timedelta(minutes=5))
            assert sealing.seal() == LINES_EACH
    assert verify().is_sound
    return list(SealedLine.objects.order_by("position").values_list("line", flat=True))


def write(cast, case, remark=""):
    return Event.record(actor=cast.caseworker, verb="case.held", target=case, before="open", remark=remark)


def found(kind=None):
    """What a verification finds of a kind: checkpoint, position and line."""
    findings = verify().findings
    assert {finding.kind.value for finding in findings} >= {kind} if kind else not findings
    return [(each.checkpoint, each.position, each.line) for each in findings if each.kind.value == kind]


def redone(line):
    """What an attacker who knows the code would do after a change: a fresh key and a digest that fits."""
    line.fix()
    type(line).objects.filter(pk=line.pk).update(key=line.key, digest=line.digest)
    return line


@pytest.mark.parametrize("change", [{"remark": "Never said"}, {"actor_name": "Somebody else"}, {"after": "closed"}])
def test_1_an_edited_line_is_pointed_at(log, change):
    with guards_down():
        Event.objects.filter(pk=log[7]).update(**change)
    assert found("edited") == [(2, 8, str(log[7]))]


@pytest.mark.parametrize("also", ["line", "place", "checkpoint"])
def test_1_an_edited_line_whose_digest_was_made_again_is_pointed_at(log, also):
    with guards_down():
        Event.objects.filter(pk=log[7]).update(remark="Never said")
        line = redone(Event.objects.get(pk=log[7]))
        leaf = sealing.leaf_of("e", sealing.stays_of(line), line.digest)
        if also != "line":
            SealedLine.objects.filter(line=line.pk).update(leaf=leaf)
        if also == "checkpoint":
            leaves = SealedLine.objects.filter(checkpoint=2).order_by("position").values_list("leaf", flat=True)
            Checkpoint.objects.filter(pk=2).update(root=sealing.root_of([bytes(each) for each in leaves]).hex())
    assert (2, 8, str(log[7])) in found("edited")


@pytest.mark.parametrize("field", ["at", "verb", "digest"])
def test_1_an_edit_of_what_stays_is_pointed_at(log, field):
    changed = {"at": F("at") - timedelta(seconds=30), "verb": "case.opened", "digest": b"\0" * 32}
    with guards_down():
        Event.objects.filter(pk=log[7]).update(**{field: changed[field]})
    assert (2, 8, str(log[7])) in found("edited")


@pytest.mark.parametrize("traces", ["left", "wiped"])
def test_2_a_deleted_line_is_named(log, traces):
    with guards_down():
        if traces == "wiped":
            SealedLine.objects.filter(line=log[7]).delete()
        Event.objects.filter(pk=log[7]).delete()
    assert found("deleted") == [(2, 8, str(log[7]))]


def test_2_a_deleted_place_of_a_line_is_told(log):
    with guards_down():
        SealedLine.objects.filter(line=log[7]).delete()
    assert (2, 8, str(log[7])) in found("deleted")


def test_3_a_line_inserted_in_the_past_is_pointed_at(log, cast, case):
    with time_machine.travel(START + timedelta(minutes=3), tick=False):
        forged = write(cast, case)
    assert sealing.seal() == 0
    assert found("inserted") == [(None, None, str(forged.pk))]


def test_3_a_line_inserted_under_an_old_checkpoint_is_pointed_at(log, cast, case):
    with time_machine.travel(START + timedelta(minutes=2), tick=False):
        forged = write(cast, case)
    with guards_down():
        for row in SealedLine.objects.filter(position__gt=8).order_by("-position"):
            SealedLine.objects.filter(pk=row.pk).update(position=row.position + 1)
        leaf = sealing.leaf_of("e", sealing.stays_of(forged), forged.digest)
        SealedLine.objects.create(position=9, book="e", line=forged.pk, leaf=leaf, checkpoint_id=2)
        Checkpoint.objects.filter(pk=2).update(lines=F("lines") + 1)
        Checkpoint.objects.filter(pk__gt=2).update(first=F("first") + 1)
    assert str(forged.pk) in [line for *_where, line in found("inserted")]


def test_4_lines_that_changed_places_are_pointed_at(log):
    one, other = SealedLine.objects.filter(position__in=(7, 9)).order_by("position")
    with guards_down():
        SealedLine.objects.filter(position__in=(7, 9)).delete()
        for row, position in ((one, 9), (other, 7)):
            values = {"book": row.book, "line": row.line, "leaf": row.leaf, "checkpoint_id": row.checkpoint_id}
            SealedLine.objects.create(position=position, **values)
    assert found("reordered") == [(2, 7, str(log[6])), (2, 9, str(log[8]))]


def test_4_lines_that_changed_their_dates_are_pointed_at(log):
    one, other = Event.objects.get(pk=log[6]), Event.objects.get(pk=log[8])
    with guards_down():
        Event.objects.filter(pk=one.pk).update(at=other.at)
        Event.objects.filter(pk=other.pk).update(at=one.at)
    assert found("edited") == [(2, 7, str(log[6])), (2, 9, str(log[8]))]


def cut_off(log, first):
    for kind in (Event, AccessEvent):
        kind.objects.filter(pk__in=log[first - 1 :]).delete()


def test_5_a_tail_of_lines_that_was_cut_off_is_told_with_where_it_began(log):
    with guards_down():
        cut_off(log, first=24)
    assert found("truncated") == [(5, 24, str(log[23]))]


def test_5_a_tail_that_was_cut_off_with_its_checkpoints_is_known_outside(log):
    with guards_down():
        SealedLine.objects.filter(position__gt=20).delete()
        Checkpoint.objects.filter(pk__gt=4).delete()
        cut_off(log, first=21)
    assert found("truncated") == [(5, 21, str(log[20]))]
    with pytest.raises(sealing_outside.Diverged):
        sealing.seal()


def test_5_a_table_that_was_emptied_is_known_outside(log):
    with guards_down():
        for kind in (SealedLine, Checkpoint, AccessEvent):
            kind.objects.all().delete()
        Event.objects.all().delete()
    assert found("truncated") == [(1, 1, str(log[0]))]


def test_6_a_clock_that_was_put_back_is_told(log, cast, case):
    with time_machine.travel(START + timedelta(minutes=25), tick=False):
        line = write(cast, case)
        sealing.seal()
    assert (7, 31, "") in found("clock_back")
    assert line.pk == SealedLine.objects.get(position=31).line


def test_6_a_line_that_is_dated_back_is_told_also_when_its_date_was_given(log, cast, case):
    sealing.seal()
    with guards_down():
        made = write(cast, case)
        Event.objects.filter(pk=made.pk).update(at=timezone.now() - timedelta(minutes=50))
        redone(Event.objects.get(pk=made.pk))
    sealing.seal()
    assert found("clock_back") == [(7, 31, str(made.pk))]


def rebuild(log, cast, sign):
    """Cut the last two checkpoints off, and seal other lines in their place."""
    cut_off(log, first=21)
    SealedLine.objects.filter(position__gt=20).delete()
    Checkpoint.objects.filter(pk__gt=4).delete()
    kept = settings.SEAL_DIR.rename(settings.SEAL_DIR.with_name("kept"))
    with time_machine.travel(START + timedelta(minutes=28), tick=False):
        for _line in range(7):
            write(cast, cast.income)
        with pytest.MonkeyPatch.context() as patch:
            if not sign:
                patch.setattr(sealing, "signer", lambda: sealing.Signer(b"a key that is not ours at all..!"))
            sealing.seal()
    shutil.rmtree(settings.SEAL_DIR)
    kept.rename(settings.SEAL_DIR)


@pytest.mark.parametrize("sign", [True, False])
def test_7_a_tail_that_was_made_again_is_told_with_where_it_began(log, cast, sign):
    with guards_down():
        rebuild(log, cast, sign)
    findings = verify().findings
    (rebuilt,) = [each for each in findings if each.kind == "rebuilt"]
    assert (rebuilt.checkpoint, rebuilt.position, rebuilt.line) == (5, 21, str(log[20]))
    assert ("unsigned" in {each.kind.value for each in findings}) is not sign
    assert {"truncated"} <= {each.kind.value for each in findings}


def test_a_trigger_that_is_gone_is_told(log):
    name, table = "organisation_event_no_update", "organisation_event"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert [str(finding.told) for finding in verify().findings] == [f"The trigger {name} is not there."]


def test_erasure_keeps_the_seal_whole(log, cast, case):
    count = erase_lines(about=[("cases.case", case.pk)], because_of=cast.income, by=cast.privacy)
    assert count == len(log)
    verdict = verify()
    assert verdict.is_sound
    assert verdict.erased == count
    sealing.seal()
    assert verify().is_sound


def test_a_line_that_was_emptied_on_the_sly_is_told(log, cast, case):
    Event.objects.filter(pk=log[7]).update(**blank(Event), key=None, erased_in=case.pk)
    assert found("erased") == [(None, None, str(log[7]))]


def test_one_more_than_was_told_is_told(log, cast, case):
    other = CaseFactory(team=cast.income, handler=cast.caseworker)
    write(cast, other)
    erase_lines(about=[("cases.case", other.pk)], because_of=cast.income, by=cast.privacy)
    telling = Event.objects.get(verb="logbook.erased")
    Event.objects.filter(pk=log[7]).update(**blank(Event), key=None, erased_in=telling.pk)
    assert len(found("erased")) == 1


def test_an_erased_line_that_was_filled_again_is_pointed_at(log, cast, case):
    erase_lines(about=[("cases.case", case.pk)], because_of=cast.income, by=cast.privacy)
    with guards_down():
        Event.objects.filter(pk=log[7]).update(actor_name="Somebody")
    assert found("edited") == [(2, 8, str(log[7]))]


def test_the_command_tells_it_to_people_and_machines(log):
    out = StringIO()
    call_command("verify_log", stdout=out)
    assert "Sound." in out.getvalue()
    with guards_down():
        Event.objects.filter(pk=log[7]).update(remark="Never said")
    for form in ("text", "json"):
        out = StringIO()
        with pytest.raises(CommandError) as fault:
            call_command("verify_log", format=form, stdout=out)
        assert fault.value.returncode == 1
    told = json.loads(out.getvalue())
    assert told["sound"] is False
    assert told["findings"][0] == {
        "kind": "edited", "checkpoint": 2, "position": 8, "line": str(log[7]), "facts": {},
        "told": "What this line says does not fit its digest.",
        "sentence": "What this line says does not fit its digest.",
    }  # fmt: skip


def test_digests_are_not_checked_against_themselves(log):
    """The drills above rest on this: a digest made again fits its line."""
    line = Event.objects.get(pk=log[7])
    assert digests.digest_of(bytes(line.key), line.facts(), line.words()) == bytes(line.digest)
