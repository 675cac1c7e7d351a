"""New tables are made together, and nothing that belongs to them is left out."""

import re
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunPython
from django.db.migrations.state import ProjectState

from organisation.kernel.migrating import CreateModels, together
from tests.conftest import HOUSE

KEY = [("id", models.BigAutoField(primary_key=True))]
COUNT = ("count", models.IntegerField(default=0))
FILLED = models.CheckConstraint(condition=models.Q(count__gt=0), name="apple_filled")
ORDERED = models.Index(fields=["count"], name="apple_ordered")


def steps(*operations) -> list[str]:
    return [step.describe() for step in together(operations)]


def test_tables_that_follow_each_other_are_one_step():
    assert steps(CreateModel("Apple", KEY), CreateModel("Pear", KEY)) == ["Create models Apple, Pear"]


def test_what_belongs_to_a_new_table_comes_with_it():
    operations = CreateModel("Apple", [*KEY, COUNT]), AddIndex("apple", ORDERED), AddConstraint("apple", FILLED)
    assert steps(*operations) == ["Create models Apple"]


def test_anything_else_is_done_by_itself_and_in_its_turn():
    told = steps(
        RunPython(RunPython.noop),
        CreateModel("Apple", KEY),
        AddField("apple", *COUNT),
        AddConstraint("apple", FILLED),  # the table was made before
        CreateModel("Pear", KEY),
    )
    assert told == [
        "Raw Python operation",
        "Create models Apple",
        "Add field count to apple",
        "Create constraint apple_filled on model apple",
        "Create models Pear",
    ]


def test_the_state_is_the_same_as_one_by_one():
    operations = [CreateModel("Apple", [*KEY, COUNT]), AddIndex("apple", ORDERED), AddConstraint("apple", FILLED)]
    alone, joined = ProjectState(), ProjectState()
    for each in operations:
        each.state_forwards("fruit", alone)
    CreateModels(operations).state_forwards("fruit", joined)
    assert alone == joined


def test_no_migration_of_ours_makes_tables_one_by_one():
    loader = MigrationLoader(None)
    alone = []
    for (app, name), migration in loader.disk_migrations.items():
        kinds = [type(each) for each in migration.operations]
        if app in HOUSE and any(pair == (CreateModel, CreateModel) for pair in pairwise(kinds)):
            alone.append(f"{app}.{name}")
    assert alone == []


@pytest.mark.django_db
def test_every_constraint_and_index_of_every_model_stands_in_the_database():
    if connection.vendor == "sqlite":
        asked = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index')"
    else:
        asked = "SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = set(re.findall(r"\w+", " ".join(row[0] or "" for row in cursor.fetchall())))
    options = [model._meta for model in apps.get_models()]
    declared = {each.name for option in options for each in (*option.constraints, *option.indexes)}
    assert len(declared) > 200
    assert declared - there == set()
