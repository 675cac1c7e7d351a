"""The page of the seal: what is sealed and waits, what a verification found and where, and who is told."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape

from accountability.models import Verification
from accountability.rules.tampering import Said
from accountability.services import checking_log, overseeing_seal
from organisation.models import Event, Notice, SealedLine
from organisation.services import sealing, sealing_outside
from tests.databases import guards_down

from .test_tamper_drills import START, case, cut_off, log, rebuild, write

pytestmark = pytest.mark.django_db
__all__ = ("case", "log")
SEAL = "/accountability/log/seal/"
WATCHERS = {"Privacy", "Controller", "Admin"}


def edit(lines, cast, thing):
    Event.objects.filter(pk=lines[7]).update(remark="Never said")


def delete(lines, cast, thing):
    Event.objects.filter(pk=lines[7]).delete()


def insert(lines, cast, thing):
    with time_machine.travel(START + timedelta(minutes=3), tick=False):
        write(cast, thing)


def reorder(lines, cast, thing):
    one, other = SealedLine.objects.filter(position__in=(7, 9)).order_by("position")
    SealedLine.objects.filter(position__in=(7, 9)).delete()
    for row, position in ((one, 9), (other, 7)):
        SealedLine.objects.create(
            position=position, book=row.book, line=row.line, leaf=row.leaf, checkpoint_id=row.checkpoint_id
        )


def truncate(lines, cast, thing):
    cut_off(lines, first=24)


def clock_back(lines, cast, thing):
    with time_machine.travel(START + timedelta(minutes=25), tick=False):
        write(cast, thing)
        sealing.seal()


def rebuilt(lines, cast, thing):
    rebuild(lines, cast, sign=True)


SEVEN = {
    edit: ("Een regel is veranderd", 8),
    delete: ("Een regel is weggehaald", 8),
    insert: ("Een regel is later ingevoegd", None),
    reorder: ("Regels zijn van plaats verwisseld", 7),
    truncate: ("Het einde is afgekapt", 24),
    clock_back: ("De tijd klopt niet", 31),
    rebuilt: ("Het einde is opnieuw gemaakt", 21),
}


def verified():
    """What the clock does at night."""
    checking_log.run(verification_id=None)
    return Verification.objects.done().first()


@pytest.mark.parametrize("tamper", SEVEN, ids=lambda tamper: tamper.__name__)
def test_each_of_seven_kinds_is_shown_where_it_is_and_told(log, case, cast, as_user, tamper):
    with guards_down():
        tamper(log, cast, case)
    made = verified()
    words, position = SEVEN[tamper]
    for url in (SEAL, made.get_absolute_url()):
        page = as_user(cast.privacy).get(url)
        text = page.content.decode()
        found = {(str(each.kind.label), each.position) for each in page.context["found"]}
        assert (words, position) in found
        assert words in text
        assert all(str(each.meaning) in text and each.line in text for each in page.context["found"])
        assert all(conditional_escape(each.told) in text for each in page.context["found"])
        assert {each.told for each in page.context["found"]}.isdisjoint(each["told"] for each in made.findings)
    told = Notice.objects.filter(event__verb="logbook.not_sound")
    assert {notice.recipient.name for notice in told} == WATCHERS
    assert {notice.url for notice in told} == {made.get_absolute_url()}


def test_what_a_verification_remarks_is_told_in_the_language_of_the_reader(log, cast, as_user):
    now = Said("Outside, %(where)s cannot be read.", {"where": "the end of 2026-07.jsonl"})
    done = {"state": "done", "finished_at": timezone.now()}
    made = Verification.objects.create(notes=[now.fields(), "What was kept before stays as it was."], **done)
    text = as_user(cast.privacy).get(made.get_absolute_url()).content.decode()
    assert "Buiten de database is the end of 2026-07.jsonl niet te lezen." in text
    assert "What was kept before stays as it was." in text
    assert str(now) == "Outside, the end of 2026-07.jsonl cannot be read."


def test_a_sound_logbook_is_shown_as_such_and_tells_nobody(log, cast, as_user):
    empty = as_user(cast.admin).get(SEAL).content.decode()
    assert "Nog niet gecontroleerd" in empty
    made = verified()
    text = as_user(cast.admin).get(SEAL).content.decode()
    assert "Het logboek is zoals het geschreven is" in text
    assert (made.lines, made.checkpoints) == (30, 6)
    assert not Notice.objects.exists()
    assert verified() == made  # a night that was missed is not made up for when one was just done


def test_nothing_sealed_yet_is_no_fault(cast, as_user):
    assert "Er is nog niets verzegeld" in as_user(cast.privacy).get(SEAL).content.decode()
    assert overseeing_seal.watch() is False


def test_a_seal_that_lags_is_shown_and_told_once(log, case, cast, as_user):
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        sealing.seal()
        write(cast, case)
        assert overseeing_seal.state().is_well
        assert overseeing_seal.state().waiting == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        assert overseeing_seal.watch() is True
        assert overseeing_seal.watch() is False
        assert "Er wordt niets meer verzegeld" in as_user(cast.controller).get(SEAL).content.decode()
        assert {notice.recipient.name for notice in Notice.objects.all()} == WATCHERS
        sealing.seal()
        assert overseeing_seal.watch() is False
        assert overseeing_seal.state().is_well


def test_a_folder_that_ends_elsewhere_or_cannot_be_read_is_shown(log, cast, as_user, settings, monkeypatch):
    client = as_user(cast.controller)
    kept = settings.SEAL_DIR.rename(settings.SEAL_DIR.with_name("kept"))
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        sealing.seal()
    assert "eindigen niet gelijk" not in client.get(SEAL).content.decode()
    for file in settings.SEAL_DIR.glob("*.jsonl"):
        file.unlink()
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert overseeing_seal.state().differs
    assert "eindigen niet gelijk" in client.get(SEAL).content.decode()
    assert kept.exists()

    def unreadable(*args):
        raise PermissionError

    monkeypatch.setattr(sealing_outside, "standing", unreadable)
    assert "niet te lezen" in client.get(SEAL).content.decode()


def test_somebody_has_it_verified_and_sees_how_far_it_is(log, cast, as_user, run_errands):
    client = as_user(cast.admin)
    assert client.post(reverse("accountability:verify-log")).url == SEAL
    client.post(reverse("accountability:verify-log"))
    asked = Verification.objects.get()
    assert "hx-trigger" in client.get(SEAL).content.decode()
    assert "De controle loopt" in client.get(asked.get_absolute_url()).content.decode()
    run_errands()
    checking_log.run(verification_id=asked.pk)
    asked.refresh_from_db()
    assert asked.is_sound
    assert Event.objects.filter(verb="logbook.verify_asked").count() == 1
    assert "Admin" in client.get(SEAL).content.decode()


def test_one_that_fails_or_falls_silent_says_so(log, cast, as_user, monkeypatch):
    def away(*args):
        raise FileNotFoundError

    with monkeypatch.context() as patch:
        patch.setattr(checking_log, "verify", away)
        patch.setattr(checking_log, "verify", lambda **_more: away())
        checking_log.run(verification_id=None)
    silent = Verification.objects.create(state="running", heard_at=timezone.now() - timedelta(hours=1))
    client = as_user(cast.privacy)
    for one in Verification.objects.all():
        assert "niet afgemaakt" in client.get(one.get_absolute_url()).content.decode()
    assert "Halverwege gestopt" in client.get(SEAL).content.decode()
    assert checking_log.ask(by=cast.privacy) != silent


def test_verifications_of_long_ago_go(log):
    Verification.objects.create(requested_at=timezone.now() - timedelta(days=400))
    verified()
    assert Verification.objects.count() == 1


def test_more_findings_than_are_kept_are_counted(log, monkeypatch):
    monkeypatch.setattr(checking_log, "MOST_FINDINGS", 1)
    with guards_down():
        Event.objects.filter(pk__in=log).update(actor_name=F("actor_name"), remark="Never said")
    made = verified()
    assert len(made.findings) == 1 < made.found


def test_the_guards_of_the_database_are_in_the_findings(log, monkeypatch):
    monkeypatch.setattr("organisation.services.guarding.missing", lambda: ["organisation_event_no_update"])
    (found,) = checking_log.located(verified().findings)
    assert (found.kind, found.line, found.at) == ("guard", "", None)
