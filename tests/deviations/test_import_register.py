"""A register is checked as a whole, brought in batch by batch, and counts when all of it is in."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from cases.models import RoutineUseTotal, RoutineVersion
from deviations.models import Deviation, RegisterImport
from deviations.services import checking_register, importing_register
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice, Team
from tests.factories import CauseFactory, LifeDomainFactory, PolicyDomainFactory, RoutineFactory

HEADING = (
    "date;team;policy_domain;routine;source_type;kind;answer;outcome;amount;"
    "life_domains;neighbourhood;causes;reasons;case_reference;routine_uses"
)
MADE = "2026-03-02;Inkomen;income;INK-03;;made;agreed;yes;840;debts;;slow;Het paste niet.;Z-77;41"
CONSIDERED = "2026-03-03;Inkomen;income;INK-03;;considered;;;;;;;;;"
ONLY_USES = "2026-04-01;Inkomen;income;INK-03;;;;;;;;;;;39"


@pytest.fixture
def known(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    RoutineFactory(code="INK-03", policy_domain=PolicyDomainFactory(code="income"))
    LifeDomainFactory(code="debts")
    CauseFactory(code="slow")
    return cast


def received(*lines, by=None, heading=HEADING, create_missing=False, raw=None):
    content = raw if raw is not None else "\n".join((heading, *lines)).encode()
    register = importing_register.receive(
        file=ContentFile(content, "r.csv"), name="r.csv", create_missing=create_missing, by=by
    )
    return checking_register.check(register=register)


def brought_in(*lines, by=None, **options):
    register = received(*lines, by=by, **options)
    importing_register.start(register=register, by=by)
    importing_register.bring_in(register_id=register.pk)
    register.refresh_from_db()
    return register


def test_rows_become_deviations_with_their_reference_and_without_a_case(known):
    register = brought_in(MADE, CONSIDERED, ONLY_USES, by=known.policy)
    made = Deviation.objects.get(register_line=2)
    assert (register.state, register.rows_done, register.deviations_done) == ("done", 3, 2)
    assert (made.state, made.answer, made.outcome, made.amount_cents) == ("evaluated", "agreed", "yes", 84_000)
    assert (made.period, made.register_reference, made.case, made.author) == (202603, "Z-77", None, None)
    assert [term.code for term in made.life_domains.all()] == ["debts"]
    assert [term.code for term in made.causes.all()] == ["slow"]
    assert made.history.count() == 1
    assert Deviation.objects.get(register_line=3).state == "recorded"


def test_a_row_is_dated_by_the_day_that_stands_in_it(known):
    brought_in(MADE, by=known.policy)
    made = Deviation.objects.get(register_line=2)
    assert made.created_at == made.submitted_at
    assert (made.created_at.year, made.created_at.month) == (2026, 3)


def test_monthly_uses_are_kept_once_for_each_month_routine_and_team(known):
    brought_in(MADE, ONLY_USES)
    assert set(RoutineUseTotal.objects.values_list("period", "uses")) == {(202603, 41), (202604, 39)}


def test_one_wrong_row_stops_the_whole_register_and_names_its_line(known):
    register = received(MADE, MADE.replace("made", "gemaakt"), CONSIDERED)
    assert register.state == RegisterImport.State.REJECTED
    assert [fault[:2] for fault in register.faults_by_line] == [(3, "kind")]
    with pytest.raises(Refused):
        importing_register.start(register=register, by=None)
    assert not Deviation.objects.exists()


def test_a_citizen_service_number_in_the_reasons_stops_the_row(known):
    register = received(MADE.replace("Het paste niet.", "Mevrouw met BSN 111222333"))
    assert [fault[:2] for fault in register.faults_by_line] == [(2, "reasons")]


def test_other_identifying_data_in_the_reasons_is_replaced(known):
    brought_in(MADE.replace("Het paste niet.", "Mail naar piet@example.nl over de huur"))
    assert "piet@example.nl" not in Deviation.objects.get().why_here


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "date"),
        (b"datum;team\n2026-01-01;Inkomen", "date"),
        ("date;team;policy_domain;routine;kind\n2026-01-01;Inkómen".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04\x00\xff\xfe\x00binary", "UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_what_to_do(known, raw, word):
    register = received(raw=raw)
    assert register.state == RegisterImport.State.REJECTED
    assert word in register.faults_by_line[0][2]


def test_a_comma_and_a_byte_order_mark_are_read_as_well(known):
    raw = b"\xef\xbb\xbf" + "\n".join((HEADING, MADE)).replace(";", ",").encode()
    assert received(raw=raw).state == RegisterImport.State.CHECKED


def test_one_fault_on_many_lines_is_told_once_with_its_lines(known):
    wrong = MADE.replace("Inkomen", "Nieuw team")
    register = received(wrong, CONSIDERED, wrong, wrong)
    assert register.faults_total == 3
    assert [(column, times, lines) for column, _message, times, lines in register.faults] == [("team", 3, [2, 4, 5])]


def test_unknown_names_are_faults_unless_they_may_be_made(known):
    line = MADE.replace("Inkomen", "Nieuw team").replace("INK-03", "NEW-1").replace(";income;", ";Nieuw domein;")
    register = received(line)
    assert register.faults_total == 3
    assert register.missing == {"team": ["Nieuw team"], "policy_domain": ["Nieuw domein"], "routine": ["NEW-1"]}
    brought_in(line, CONSIDERED, create_missing=True, by=known.admin)
    team = Team.objects.get(name="Nieuw team")
    assert team.group.name == f"team:{team.pk}"
    version = RoutineVersion.objects.get(routine__code="NEW-1")
    assert version.valid_from.isoformat() == "2026-03-02"
    assert Deviation.objects.get(routine__code="NEW-1").routine_version == version


def test_rows_do_not_count_before_the_whole_register_is_in(known, monkeypatch):
    monkeypatch.setattr(importing_register, "BATCH", 1)
    register = received(MADE, CONSIDERED, MADE, CONSIDERED)
    importing_register.start(register=register, by=None)
    keep, calls = importing_register._keep, []

    def keep_two(*args):
        calls.append(1)
        if len(calls) > 2:
            raise RuntimeError("the machine stops")
        keep(*args)

    monkeypatch.setattr(importing_register, "_keep", keep_two)
    with pytest.raises(RuntimeError):
        importing_register.bring_in(register_id=register.pk)
    assert Deviation.objects.count() == 2
    assert not Deviation.objects.counted().exists()

    monkeypatch.setattr(importing_register, "_keep", keep)
    importing_register.bring_in(register_id=register.pk)
    assert Deviation.objects.counted().count() == 4
    assert sorted(Deviation.objects.values_list("register_line", flat=True)) == [2, 3, 4, 5]


def test_ten_deliveries_bring_it_in_once_and_tell_once(known):
    register = received(MADE, by=known.policy)
    importing_register.start(register=register, by=known.policy)
    for _delivery in range(10):
        importing_register.bring_in(register_id=register.pk)
    assert Deviation.objects.count() == 1
    assert Event.objects.filter(verb="register.imported").count() == 1
    assert Notice.objects.filter(recipient=known.policy).count() == 1


def test_the_same_file_is_brought_in_once(known):
    brought_in(MADE)
    again = received(MADE)
    with pytest.raises(Refused, match="eerder"):
        importing_register.start(register=again, by=None)
    assert Deviation.objects.count() == 1


def test_the_file_itself_is_gone_once_its_rows_are_in(known, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        brought_in(MADE)
    assert not list(tmp_path.rglob("*.csv"))


def test_an_upload_waits_on_the_errand_book(known):
    register = received(MADE, by=known.policy)
    assert Errand.objects.filter(task="deviations.tasks.check_register", subject=register.pk).count() == 1


def run(tmp_path, *lines, **options):
    file = tmp_path / "register.csv"
    file.write_text("\n".join((HEADING, *lines)), encoding="utf-8")
    out = io.StringIO()
    call_command("import_register", file, stdout=out, **options)
    return out.getvalue()


def test_the_command_brings_in_a_register(known, tmp_path):
    assert "2 rows, 2 deviations" in run(tmp_path, MADE, CONSIDERED)


def test_a_dry_run_leaves_nothing_behind(known, tmp_path):
    assert "2 rows checked, 0 errors" in run(tmp_path, MADE, CONSIDERED, dry_run=True)
    assert not RegisterImport.objects.exists()
    assert not Deviation.objects.exists()
    assert not list(tmp_path.rglob("registers/*"))


def test_the_command_names_each_wrong_line_and_fails(known, tmp_path, capsys):
    with pytest.raises(CommandError):
        run(tmp_path, MADE, MADE.replace("2026-03-02", "maart"))
    assert not RegisterImport.objects.exists()


def test_the_command_fails_on_a_second_time_an_unknown_person_or_no_file(known, tmp_path):
    run(tmp_path, MADE)
    with pytest.raises(CommandError, match="eerder"):
        run(tmp_path, MADE)
    with pytest.raises(CommandError, match="nobody@"):
        run(tmp_path, MADE, by="nobody@example.nl")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_register", tmp_path / "none.csv")
