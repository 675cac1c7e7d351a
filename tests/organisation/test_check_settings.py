"""`manage.py check_settings` tells what is wrong before it goes wrong."""

from io import StringIO

import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command

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
