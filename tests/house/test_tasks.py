"""Every piece of background work that is written down by name exists by that name."""

import re
from pathlib import Path

from celery import current_app

ROOT = Path(__file__).resolve().parents[2]
APPS = ("organisation", "cases", "deviations", "learning", "accountability", "config")
NAMED = re.compile(r'"((?:organisation|cases|deviations|learning|accountability)\.tasks\.\w+)"')


def test_every_task_that_is_named_exists():
    named = {name for app in APPS for file in (ROOT / app).rglob("*.py") for name in NAMED.findall(file.read_text())}
    current_app.loader.import_default_modules()
    assert len(named) > 5
    assert named <= set(current_app.tasks)


def test_every_task_is_named_somewhere():
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if name.split(".")[0] in APPS}
    text = "".join(file.read_text() for app in APPS for file in (ROOT / app).rglob("*.py"))
    assert {name for name in ours if f'"{name}"' not in text} == set()
