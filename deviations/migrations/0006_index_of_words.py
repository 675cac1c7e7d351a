"""The full text index on the words of deviations, of each database; a worker fills it for what is there already."""

from django.db import migrations

# The index of SQLite is a table beside the rows; triggers keep it equal, also when a row is destroyed.
SQLITE = (
    "CREATE VIRTUAL TABLE deviations_words USING fts5"
    "(words, content='deviations_deviationtext', content_rowid='id', tokenize='ascii', detail=none)",
    "CREATE TRIGGER deviations_words_in AFTER INSERT ON deviations_deviationtext BEGIN "
    "INSERT INTO deviations_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER deviations_words_out AFTER DELETE ON deviations_deviationtext BEGIN "
    "INSERT INTO deviations_words(deviations_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER deviations_words_new AFTER UPDATE OF words ON deviations_deviationtext WHEN old.words <> new.words BEGIN "
    "INSERT INTO deviations_words(deviations_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO deviations_words(rowid, words) VALUES (new.id, new.words); END",
)
# The words come ready from our own code, so PostgreSQL splits them and does nothing else. The cost tells its planner the
# truth: reading the words of row after row is far dearer than its default, and the index is there for it.
POSTGRESQL = (
    "CREATE FUNCTION deviations_words(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE COST 100 "
    "AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$",
    "CREATE INDEX deviationtext_words ON deviations_deviationtext USING gin (deviations_words(words))",
)


def make_index(apps, schema_editor):
    statements = {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE deviations_words")  # the triggers go with the table of rows
    else:
        schema_editor.execute("DROP INDEX deviationtext_words")
        schema_editor.execute("DROP FUNCTION deviations_words(text)")


def ask_for_words(apps, schema_editor):
    if apps.get_model("deviations", "Deviation").objects.exists():
        apps.get_model("organisation", "Errand").objects.create(task="deviations.tasks.index_texts", key="index_texts")


class Migration(migrations.Migration):
    dependencies = [
        ("deviations", "0001_squashed"),
    ]

    operations = [
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(ask_for_words, migrations.RunPython.noop),
    ]
