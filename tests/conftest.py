"""The cast and the small machinery of the tests."""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from celery import current_app
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from simple_history.utils import bulk_create_with_history

from organisation.models import Errand, Membership, Team, User

from . import databases
from .factories import MembershipFactory, TeamFactory, UserFactory


@dataclass
class Cast:
    """The fixed cast: each name says who somebody is, the same in every test."""

    income: Team
    youth: Team
    caseworker: User
    colleague: User
    stranger: User
    manager: User
    othermanager: User
    policy: User
    reporter: User
    privacy: User
    controller: User
    admin: User


HOUSE = ("organisation", "cases", "deviations", "learning", "accountability", "config")
MUNICIPAL = {
    "policy": "policy_officer",
    "reporter": "reporter",
    "privacy": "privacy_officer",
    "controller": "controller",
    "admin": "administrator",
}


def pytest_runtestloop() -> None:
    """Leave what was loaded alone, and look for rubbish less often: that took a twentieth of the time of a test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """It also comes back for the test after it, whatever the order."""
    result = yield
    if nextitem is not None and empties_the_database(item):
        databases.bring_back()
    return result


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The test database: a copy of one that was migrated before."""
    with django_db_blocker.unblock():
        databases.lay_out()
        made = setup_databases(verbosity=0, interactive=False, keepdb=True)
    databases.blocker = django_db_blocker
    databases.let_tests_empty_tables()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def make_cast() -> Cast:
    """Two teams and everybody around them."""
    income, youth = TeamFactory(name="Inkomen"), TeamFactory(name="Jeugd")
    in_teams = {
        "caseworker": (income, "caseworker"),
        "colleague": (income, "caseworker"),
        "stranger": (youth, "caseworker"),
        "manager": (income, "manager"),
        "othermanager": (youth, "manager"),
    }
    # In as few statements as can be: nearly every test begins here.
    keys = (*in_teams, *MUNICIPAL)
    people = {key: UserFactory.build(name=key.capitalize(), email=f"{key}@demo.test") for key in keys}
    bulk_create_with_history(list(people.values()), User)
    bulk_create_with_history(
        [MembershipFactory.build(user=people[key], team=team, role=role) for key, (team, role) in in_teams.items()],
        Membership,
    )
    groups = {group.name: group for group in Group.objects.filter(name__in=MUNICIPAL.values())}
    User.groups.through.objects.bulk_create(
        User.groups.through(user=people[key], group=groups[group]) for key, group in MUNICIPAL.items()
    )
    return Cast(income=income, youth=youth, **people)


@pytest.fixture
def cast(db) -> Cast:
    """Everybody, made anew for this test."""
    return make_cast()


@pytest.fixture
def as_user():
    """`as_user(person)` gives a client that is signed in as that person."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _test_settings(settings, tmp_path):
    """Plain static files, quick passwords, and uploads in a folder of the test."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEAL_DIR = tmp_path / "seals"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.DESTRUCTION_LEDGER = tmp_path / "backups" / "destructions.jsonl"


@pytest.fixture(autouse=True)
def _nothing_drawn_on_a_page(request, monkeypatch):
    """The token in each form is the same: one drawn at random holds, now and then, a word that a test looks for.

    A journey reads what is seen, and signing in must make its token another one.
    """
    if request.node.get_closest_marker("e2e"):
        return
    monkeypatch.setattr("django.middleware.csrf.get_random_string", lambda length, allowed_chars: "q" * length)


@pytest.fixture(autouse=True)
def sent(monkeypatch) -> list[tuple[str, list[str]]]:
    """Messages to the worker are noted here (task, arguments) and go nowhere."""
    messages: list[tuple[str, list[str]]] = []

    def note(name: str, args=None, kwargs=None, **options) -> None:
        messages.append((name, list(args or [])))

    monkeypatch.setattr(current_app, "send_task", note)
    return messages


@pytest.fixture
def run_errands(db) -> Callable[[], int]:
    """`run_errands()` does the work that is due, as a worker would, until nothing is left; returns how many."""

    current_app.loader.import_default_modules()

    def run() -> int:
        done = 0
        while errand := Errand.objects.due().first():
            current_app.tasks[errand.task](str(errand.pk))
            done += 1
        return done

    return run


@pytest.fixture(autouse=True)
def _history_is_never_bypassed(monkeypatch):
    """Our own code may not change rows of a model with history behind the back of simple-history."""

    def guard(name: str) -> None:
        real = getattr(QuerySet, name)

        def checked(self, *args, **kwargs):
            caller = sys._getframe(1).f_globals.get("__name__", "")
            if hasattr(self.model._meta, "simple_history_manager_attribute") and caller.split(".")[0] in HOUSE:
                raise AssertionError(f"{caller} calls {self.model.__name__}.{name}(), which history does not see")
            return real(self, *args, **kwargs)

        monkeypatch.setattr(QuerySet, name, checked)

    for name in ("update", "bulk_create", "bulk_update"):
        guard(name)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items) -> None:
    """Tests with real transactions empty the database when they end, so they come last, whatever the random order.

    What touches no database says nothing new on the second one.
    """
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not touches_the_database(item)])
        items[:] = filter(touches_the_database, items)
    items.sort(key=empties_the_database)
    for item in filter(empties_the_database, items):
        # What migrations put in the tables comes back for all of them: mixed, the one undoes what the other needs.
        if "django_db_serialized_rollback" not in item.fixturenames:
            item.fixturenames.append("django_db_serialized_rollback")


def touches_the_database(item) -> bool:
    """Whether this test asks for the database, itself or through what it needs."""
    return bool(item.get_closest_marker("django_db")) or not {"db", "transactional_db", "live_server"}.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def empties_the_database(item) -> bool:
    """Whether this test really commits, so that every table is emptied after it."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or not {"live_server", "transactional_db"}.isdisjoint(
        names
    )
