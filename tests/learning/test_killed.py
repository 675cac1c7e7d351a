"""What happens to the figures when a worker is killed, and when two start at once: with real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from learning.models import Cube, CubeState, RollupRun
from learning.services import counting, recounting, rolling_up
from learning.services.rolling_up import COUNTED

from . import builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def on_disk(tmp_path):
    """The address of the test database for another process; SQLite's is in memory, so it lies on disk meanwhile."""
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        user, host = given["USER"] or "postgres", given["HOST"] or "127.0.0.1"
        yield f"postgres://{user}:{given['PASSWORD']}@{host}:{given['PORT'] or 5432}/{given['NAME']}"
        return
    path = tmp_path / "figures.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    yield f"sqlite:///{path}"
    copy = sqlite3.connect(path)
    with connection.cursor() as cursor:
        for table in ("learning_cubestate", "learning_rolluprun", *(model._meta.db_table for model in COUNTED)):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            for row in copy.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608
                places = ", ".join(["%s"] * len(row))
                cursor.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608
    copy.close()


def process(url: str, tmp_path, *arguments: str) -> subprocess.Popen:
    env = os.environ | {"DATABASE_URL": url, "DEMO": "1", "SECRET_KEY": "", "REDIS_URL": "", "VAR_DIR": str(tmp_path)}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
    script = str(Path(__file__).with_name("killed_half_way.py"))
    return subprocess.Popen([sys.executable, script, *arguments], env=env, stdout=subprocess.PIPE, text=True)


def cells():
    return sorted(Cube.objects.current().values_list(*counting.CUBE_COLUMNS[:-1]))


def test_kill_9_half_way_leaves_the_previous_figures_whole(tmp_path):
    town = builders.town()
    builders.fill(town, 80, seed=21)
    rolling_up.roll_up_all()
    before, generation = cells(), CubeState.now().generation
    for period in (202509, 202510, 202511, 202512):
        builders.add(town, 9, period=period)
    with on_disk(tmp_path) as url, process(url, tmp_path, "wait") as worker:
        assert worker.stdout.readline() == "half way\n"
        worker.send_signal(signal.SIGKILL)
    assert (cells(), CubeState.now().generation) == (before, generation)
    assert Cube.objects.exclude(generation=generation).exists(), "it was not half way"
    RollupRun.objects.filter(state="running").update(leased_until=timezone.now() - timedelta(seconds=1))
    rolling_up.roll_up_all()
    assert recounting.verify().differences == ()
    assert set(Cube.objects.values_list("generation", flat=True)) == {CubeState.now().generation}


def test_two_runs_at_once_make_one_result(tmp_path):
    builders.fill(builders.town(), 80, seed=23)
    with on_disk(tmp_path) as url:
        workers = [process(url, tmp_path) for _worker in range(2)]
        assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
        for worker in workers:
            worker.stdout.close()
    assert recounting.verify().differences == ()
    assert set(Cube.objects.values_list("generation", flat=True)) == {CubeState.now().generation}
    assert not RollupRun.objects.exclude(state="done").exists()
