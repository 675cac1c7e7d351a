"""The reviewed reference data: it loads twice without change, closes by date, and leaves alone what people changed."""

from datetime import date, timedelta

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.models import Routine, RoutineVersion
from deviations.models import Cause, Ground
from organisation.models import Event, LifeDomain, PolicyDomain
from organisation.services.loading_reference import ReferenceFault, load_all, reference_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_files(settings, tmp_path):
    """`own_files(app, name, change)` lays a changed copy of a list in the municipality's own folder."""
    settings.REFERENCE_DIR = ""

    def lay(app, name, change):
        settings.REFERENCE_DIR = ""
        rows = yaml.safe_load(reference_file(app, name).read_text(encoding="utf-8"))
        rows = change(rows) or rows
        settings.REFERENCE_DIR = str(tmp_path)
        (tmp_path / app).mkdir(exist_ok=True)
        (tmp_path / app / name).write_text(yaml.safe_dump(rows), encoding="utf-8")

    return lay


def test_everything_is_there_after_one_load():
    call_command("load_reference", stdout=None)
    counts = [model.objects.count() for model in (PolicyDomain, LifeDomain, Routine, Ground, Cause)]
    assert counts == [11, 13, 28, 33, 13]
    assert Routine.objects.active().count() == 28
    assert Ground.objects.get(code="BRP-2-23").policy_domains.get().code == "civil_affairs"


def test_loading_twice_changes_nothing():
    load_all()
    lines, versions = Event.objects.count(), RoutineVersion.history.count()
    assert set(load_all().values()) == {0}
    assert (Event.objects.count(), RoutineVersion.history.count()) == (lines, versions)


def test_every_load_of_a_row_is_in_the_logbook():
    load_all()
    line = Event.objects.about(Routine.objects.get(code="INK-03")).get()
    assert (line.verb, line.actor_id) == ("reference.loaded", None)


def test_a_row_that_is_gone_is_closed_by_date_and_comes_back(own_files):
    load_all()
    own_files("organisation", "life_domains.yaml", lambda rows: rows[1:])
    load_all()
    closed = LifeDomain.objects.get(code="income")
    assert closed.valid_until == timezone.localdate() - timedelta(days=1)
    assert closed not in LifeDomain.objects.valid()
    own_files("organisation", "life_domains.yaml", lambda rows: rows)
    load_all()
    assert LifeDomain.objects.get(code="income").valid_until is None


def test_a_row_added_in_the_application_is_never_closed():
    own = Cause.objects.create(code="own", label_nl="Eigen", label_en="Own")
    load_all()
    own.refresh_from_db()
    assert own.valid_until is None


def test_a_ground_corrected_by_a_person_is_left_alone(cast, own_files):
    load_all()
    ground = Ground.objects.get(code="AWB-4-84")
    ground.when_applies = "Zoals onze jurist het leest."
    ground.save()
    Event.record(actor=cast.admin, verb="ground.edit", target=ground)
    load_all()
    ground.refresh_from_db()
    assert ground.when_applies == "Zoals onze jurist het leest."


def test_a_ground_changed_in_its_file_changes(own_files):
    load_all()

    def heavier(rows):
        rows[0] |= {"weight": "D", "domains": ["youth"]}

    own_files("deviations", "grounds.yaml", heavier)
    assert load_all()["grounds"] == 1
    ground = Ground.objects.get(code="INT-01")
    assert (ground.weight, ground.policy_domains.get().code) == ("D", "youth")


def test_a_newer_version_in_the_file_follows_the_one_that_held(own_files):
    load_all()

    def improve(rows):
        row = next(row for row in rows if row["code"] == "INK-03")
        row["versions"].append(
            row["versions"][0] | {"number": 2, "valid_from": date(2026, 6, 1), "reason": "Minder papier"}
        )

    own_files("cases", "routines.yaml", improve)
    assert load_all()["routines"] == 1
    routine = Routine.objects.get(code="INK-03")
    assert routine.version_on(date(2026, 5, 31)).number == 1
    assert routine.version_on(date(2026, 6, 1)).number == 2


def test_a_version_written_by_people_is_never_overwritten(own_files):
    load_all()
    routine = Routine.objects.get(code="INK-03")
    first = routine.versions.get()
    first.valid_until = date(2026, 3, 1)
    first.save()
    ours = RoutineVersion.objects.create(
        routine=routine,
        number=2,
        prescribes="Eén afschrift is genoeg.",
        purpose="Weten waarvan iemand leeft.",
        source_type="work_instruction",
        valid_from=date(2026, 3, 1),
    )

    def rival(rows):
        row = next(row for row in rows if row["code"] == "INK-03")
        row["versions"].append(row["versions"][0] | {"number": 2, "prescribes_nl": "Iets anders"})

    own_files("cases", "routines.yaml", rival)
    assert load_all()["routines"] == 0
    assert routine.versions.get(number=2) == ours
    assert routine.version_on().prescribes == "Eén afschrift is genoeg."


def test_a_routine_renamed_by_a_person_keeps_its_name_and_stays_open(cast, own_files):
    load_all()
    routine = Routine.objects.get(code="INK-03")
    routine.title_nl = "Afschriften"
    routine.save()
    Event.record(actor=cast.policy, verb="routine.edit", target=routine)
    own_files("cases", "routines.yaml", lambda rows: [row for row in rows if row["code"] != "INK-03"])
    load_all()
    routine.refresh_from_db()
    assert routine.title == "Afschriften"
    assert routine.version_on().valid_until is None


def test_a_routine_renamed_in_its_file_is_renamed_and_one_that_is_gone_ends_today(own_files):
    load_all()

    def change(rows):
        rows[0]["title_nl"] = "Zoektermijn"
        return rows[:-1]

    own_files("cases", "routines.yaml", change)
    assert load_all()["routines"] == 2
    assert Routine.objects.get(code="INK-01").title == "Zoektermijn"
    assert Routine.objects.get(code="MIN-01").version_on() is None
    assert load_all()["routines"] == 0


def _no_purpose(rows):
    rows[0]["versions"][0]["purpose_nl"] = " "


def _no_english(rows):
    rows[0]["label_en"] = ""


def _same_code(rows):
    rows[1]["code"] = rows[0]["code"]


@pytest.mark.parametrize(
    ("app", "name", "change", "words"),
    [
        ("cases", "routines.yaml", _no_purpose, "INK-01 version 1: purpose_nl is missing"),
        ("cases", "routines.yaml", lambda rows: rows[0].update(domain="nowhere"), "no policy domain nowhere"),
        ("cases", "routines.yaml", lambda rows: rows[0]["versions"][0].update(source_type="law"), "no kind of source"),
        ("organisation", "life_domains.yaml", _no_english, "label_en is missing"),
        ("organisation", "life_domains.yaml", _same_code, "without a code of its own"),
        ("deviations", "grounds.yaml", lambda rows: rows[0].update(weight="E"), "no kind interpretation or weight E"),
        ("deviations", "grounds.yaml", lambda rows: rows[0].update(domains=["nowhere"]), "no policy domain nowhere"),
        ("deviations", "grounds.yaml", lambda rows: rows[0].update(source_types=["law"]), "no kind of source law"),
    ],
)
def test_a_fault_in_a_file_is_named_and_nothing_is_loaded(own_files, app, name, change, words):
    own_files(app, name, lambda rows: change(rows))
    with pytest.raises(ReferenceFault, match=words):
        load_all()
    with pytest.raises(CommandError, match=words):
        call_command("load_reference")
    assert not PolicyDomain.objects.exists()
