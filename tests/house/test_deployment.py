"""What is installed elsewhere is what is tested here."""

import re
import stat

import pytest
import yaml
from django.core.files.base import ContentFile
from django.db import connection
from django.utils.module_loading import import_string

from config.settings import STORAGES

from .code import ROOT

pytestmark = pytest.mark.django_db  # the services are those of the part that runs

ONLY_FOR_TESTS = {"TEST_DB_SUFFIX"}
LOCKED = re.compile(r"^([a-z0-9._-]+)==([^ ]+)", re.MULTILINE)


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def major(image: str) -> int:
    """15 of `postgres:15-bookworm`."""
    return int(re.findall(r":(\d+)", image)[0])


@pytest.mark.skipif("postgresql" not in connection.settings_dict["ENGINE"], reason="this part runs on SQLite")
def test_postgresql_is_that_of_the_tests(compose):
    with connection.cursor() as cursor:
        assert connection.pg_version // 10000 == major(compose["postgres"]["image"])
        cursor.execute("select 1")


@pytest.mark.skipif("postgresql" not in connection.settings_dict["ENGINE"], reason="Redis goes with PostgreSQL")
def test_redis_is_that_of_the_tests(compose, settings):
    from redis import Redis

    assert int(Redis.from_url(settings.REDIS_URL).info()["redis_version"].split(".")[0]) == major(
        compose["redis"]["image"]
    )


def test_python_is_that_of_the_tests():
    assert set(re.findall(r"FROM python:(\d\.\d+)", (ROOT / "Dockerfile").read_text())) == {"3.11"}


def test_every_container_of_ours_is_locked_down(compose):
    ours = {name: service for name, service in compose.items() if "build" in service}
    assert set(ours) == {"prepare", "web", "worker", "beat"}
    for service in ours.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER 10001" in lines[lines.index("FROM python:3.11-slim-bookworm") :]
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_who_runs_it_may_read_what_somebody_else_built(tmp_path):
    served = STORAGES["staticfiles"]  # as it is outside the tests
    storage = import_string(served["BACKEND"])(location=tmp_path, **served["OPTIONS"])
    storage.save("page.css", ContentFile(b""))
    assert (tmp_path / "page.css").stat().st_mode & stat.S_IROTH


def test_every_setting_is_explained():
    read = {
        name
        for path in (ROOT / "config").glob("*.py")
        for name in re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', path.read_text())
    }
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read - ONLY_FOR_TESTS <= explained


def test_what_is_tested_is_what_is_installed():
    base, dev = (dict(LOCKED.findall((ROOT / f"requirements/{lock}.txt").read_text())) for lock in ("base", "dev"))
    assert base.items() <= dev.items()
