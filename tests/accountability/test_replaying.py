"""A backup that is put back shows nothing of what was destroyed since."""

import json

import pytest
from django.core.management import call_command

from accountability import middleware
from accountability.models import Certificate, DestructionLine, DestructionList, LedgerMark, Replay
from accountability.services import destroying, ledger, replaying
from cases.models import Case
from cases.services import keeping
from deviations.models import Deviation
from organisation import readiness
from tests.factories import DeviationFactory
from tests.learning import builders

from .destruction import approved, due_cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _look_anew():
    middleware._seen.update(at=0.0, digest="")


def forget_the_list():
    """As in an older database: no list, no certificate and no mark."""
    for model in (DestructionLine, DestructionList, Certificate, LedgerMark):
        model.objects.all().delete()


@pytest.fixture
def put_back(cast):
    """A case that was destroyed, and is there again."""
    case, other = due_cases(cast, 2)
    keeping.place_hold(case=other, by=cast.privacy, kind="other", reason="Stays")
    made = approved(cast)
    destroying.carry_out(made.pk)
    certificate = Certificate.objects.get().content
    forget_the_list()
    Case.objects.bulk_create([case])
    DeviationFactory(case=case)
    return case, other, certificate


def test_no_page_is_served_until_it_is_destroyed_again(cast, as_user, put_back):
    case, other, certificate = put_back
    client = as_user(cast.privacy)
    assert client.get("/").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert json.loads(client.get("/readyz").content)["parts"]["destructions"] == readiness.FAILED
    call_command("replay_destructions", verbosity=0)
    assert client.get("/").status_code == 200
    assert json.loads(client.get("/readyz").content)["parts"]["destructions"] == readiness.OK
    assert list(Case.objects.values_list("pk", flat=True)) == [other.pk]
    assert not Deviation.objects.exists()
    assert Certificate.objects.get().content == certificate


def test_doing_it_twice_destroys_nothing_more(put_back):
    assert replaying.replay().destroyed == 1
    assert replaying.replay().destroyed == 0
    assert Replay.objects.count() == 2


def test_a_hold_of_that_older_database_was_lifted_before_it_was_destroyed(cast, put_back):
    keeping.place_hold(case=put_back[0], by=cast.privacy, kind="objection", reason="Of then")
    assert replaying.replay().destroyed == 1


def test_what_is_being_carried_out_now_keeps_nobody_out(cast, as_user):
    (case,) = due_cases(cast)
    made = approved(cast)
    made.lines.update(state="going")
    ledger.write([{"what": "destroyed", "kind": "case", "thing": str(case.pk), "list": str(made.pk)}])
    assert as_user(cast.privacy).get("/").status_code == 200


def test_a_ledger_that_is_lost_is_told_but_closes_nothing(cast, as_user, put_back):
    replaying.replay()
    ledger.path().unlink()
    assert not replaying.is_followed()
    assert as_user(cast.privacy).get("/").status_code == 200


def test_a_register_is_destroyed_again_too(cast):
    town = builders.town()
    builders.add(town, 3)
    ledger.write([{"what": "destroyed", "kind": "register", "thing": str(town.register.pk), "list": "x"}])
    assert not replaying.is_up_to_date()
    replaying.replay()
    assert not Deviation.objects.exists()
    assert replaying.is_up_to_date()


def test_a_line_that_was_cut_off_is_mended_and_a_changed_one_is_found():
    ledger.write([{"what": "spared", "kind": "case", "thing": "a"}])
    with ledger.path().open("a") as file:
        file.write('{"what": "destr')
    ledger.write([{"what": "spared", "kind": "case", "thing": "b"}])
    assert [line.entry["thing"] for line in ledger.read()] == ["a", "b"]
    ledger.path().write_text(ledger.path().read_text().replace('"thing":"a"', '"thing":"c"'))
    with pytest.raises(ledger.Broken):
        ledger.read()


def test_another_copy_of_the_ledger_is_taken_over(tmp_path):
    ledger.write([{"what": "spared", "kind": "case", "thing": "a"}])
    copy = ledger.read()
    ledger.path().unlink()
    assert ledger.take_over(copy) == 1
    assert ledger.read() == copy
    assert ledger.take_over(copy) == 0
