"""`manage.py check_settings` tells what is wrong before it goes wrong."""

import base64
from io import StringIO

import pytest
from django.core.checks import Error, Warning
from django.core.management import CommandError, call_command

from config import checks
from organisation import readiness

pytestmark = pytest.mark.django_db
COMMAND = "config.management.commands.check_settings"


def told():
    out = StringIO()
    call_command("check_settings", stdout=out)
    return out.getvalue()


def test_without_findings_it_passes_also_before_the_worker_lives(monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.run_checks", list)
    assert "database: ok" in told()
    assert "background: failed" in told()


def test_each_finding_is_told_with_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(
        f"{COMMAND}.run_checks", lambda: [Error("HTTPS is off.", hint="Switch it on.", id="config.E005")]
    )
    with pytest.raises(CommandError, match="not right"):
        call_command("check_settings")
    assert "config.E005: HTTPS is off. Switch it on." in capsys.readouterr().out


def test_a_part_that_fails_is_named(monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.run_checks", list)
    monkeypatch.setattr(readiness, "_migrations_are_applied", lambda: False)
    with pytest.raises(CommandError, match="migrations"):
        told()


def test_a_warning_is_told_and_stops_nothing(monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.run_checks", lambda: [Warning("SEAL_KEY is empty.", id="config.W001")])
    assert "config.W001: SEAL_KEY is empty." in told()


def test_production_is_warned_about_the_key_and_the_folder_of_the_seal(settings, tmp_path):
    def codes():
        return [finding.id for finding in checks.seal(None)]

    assert codes() == []
    settings.DEMO, settings.VAR_DIR, settings.SEAL_DIR = False, tmp_path, tmp_path / "seals"
    assert codes() == ["config.W001", "config.W002"]
    settings.SEAL_KEY, settings.SEAL_DIR = base64.b64encode(b"k" * 32).decode(), "/mnt/seals"
    assert codes() == []
    for wrong in ("short", base64.b64encode(b"k" * 31).decode(), "no base64!"):
        settings.SEAL_KEY = wrong
        assert codes() == ["config.E011"]
