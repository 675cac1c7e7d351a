"""Production refuses to start unsafe: the web server, the worker and beat alike (promise 9)."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "handelingsruimte.example.nl",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}
PROCESSES = {
    "web server": "import config.wsgi",
    "worker": "from celery import signals; import config.celery; signals.worker_init.send(sender=None)",
    "beat": "from celery import signals; import config.celery; signals.beat_init.send(sender=None)",
}


def start(code, **surroundings):
    """Start a process with only these settings; its code and what it said."""
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **surroundings}
    script = f"import sys, django; sys.path.insert(0, '.'); django.setup()\n{code}\nprint('started')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("process", PROCESSES)
def test_with_safe_settings_it_starts(process):
    code, said = start(PROCESSES[process], **SAFE)
    assert code == 0, said
    assert "started" in said


@pytest.mark.parametrize("process", PROCESSES)
def test_with_unsafe_settings_no_process_starts_and_it_says_why(process):
    code, said = start(PROCESSES[process], **(SAFE | {"DEBUG": "true", "ALLOWED_HOSTS": "*"}))
    assert code != 0
    assert "started" not in said
    assert "config.E001" in said
    assert "config.E003" in said


@pytest.mark.parametrize(
    ("unsafe", "code"),
    [
        ({"DEBUG": "true"}, "config.E001"),
        ({"SECRET_KEY": "short"}, "config.E002"),
        ({"SECRET_KEY": "demo-only-" + "x" * 60}, "config.E002"),
        ({"ALLOWED_HOSTS": "*"}, "config.E003"),
        ({"ALLOWED_HOSTS": ""}, "config.E004"),
        ({"HTTPS": "false"}, "config.E005"),
        ({"DATABASE_URL": "sqlite:////tmp/none.sqlite3"}, "config.E006"),
    ],
)
def test_each_unsafe_setting_is_named(unsafe, code):
    returncode, said = start(PROCESSES["web server"], **(SAFE | unsafe))
    assert returncode != 0
    assert code in said


def test_sqlite_is_fine_when_somebody_says_it_is_meant():
    code, said = start(
        PROCESSES["web server"], **(SAFE | {"DATABASE_URL": "sqlite:////tmp/none.sqlite3", "ALLOW_SQLITE": "true"})
    )
    assert code == 0, said
