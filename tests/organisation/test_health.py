"""Whether the system is well is said in words that outside checks can read, without secrets."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from organisation import readiness
from organisation.models import Event, Heartbeat

pytestmark = pytest.mark.django_db
ALL = ("database", "migrations", "logbook", "background", "destructions")


def parts(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["parts"]


def test_ready_when_every_part_is(client):
    Heartbeat.beat("worker")
    assert parts(client) == (200, dict.fromkeys(ALL, "ok"))
    assert not Event.objects.exists()


def test_not_ready_without_a_recent_sign_of_life(client):
    assert parts(client)[0] == 503
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=4))
    assert parts(client) == (503, dict.fromkeys(ALL, "ok") | {"background": "failed"})


@pytest.mark.parametrize(
    ("check", "part"), [("_migrations_are_applied", "migrations"), ("_logbook_can_be_written", "logbook")]
)
def test_the_part_that_fails_is_named_and_the_fault_is_not_shown(client, monkeypatch, check, part):
    def broken():
        raise DatabaseError("secret words")

    Heartbeat.beat("worker")
    monkeypatch.setattr(readiness, check, broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"][part] == "failed"
    assert "secret" not in answer.content.decode()


def test_without_a_database_the_rest_is_not_asked(client, monkeypatch):
    monkeypatch.setattr(readiness, "_database_answers", lambda: False)
    assert parts(client) == (503, dict.fromkeys(ALL, "not checked") | {"database": "failed"})


def test_a_migration_that_was_not_applied_is_seen(monkeypatch, client):
    monkeypatch.setattr(readiness.MigrationExecutor, "migration_plan", lambda *given: ["one"])
    assert parts(client)[1]["migrations"] == "failed"


def test_a_full_page_of_the_process_itself_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_weaknesses_can_be_reported(client, settings):
    text = client.get("/.well-known/security.txt")
    assert text["Content-Type"].startswith("text/plain")
    lines = dict(line.split(": ", 1) for line in text.content.decode().splitlines())
    assert lines["Contact"] == settings.SECURITY_CONTACT
    assert lines["Expires"] > timezone.now().isoformat()


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/", "/healthz", "/readyz", "/.well-known/security.txt"])
def test_these_pages_are_open_to_everybody(client, path):
    Heartbeat.beat("worker")
    assert client.get(path).status_code == 200
