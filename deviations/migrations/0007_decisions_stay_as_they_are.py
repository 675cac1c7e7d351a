"""The database refuses to change what a decision says; it can be voided, once, and destroyed with its deviation."""

from django.db import migrations

from organisation.kernel import append_only


def put_guard(apps, schema_editor):
    decision = apps.get_model("deviations", "Decision")._meta
    columns = [field.column for field in decision.concrete_fields if field.name != "voided_at"]
    for statement in append_only.fixed(schema_editor.connection.vendor, decision.db_table, columns, once="voided_at"):
        schema_editor.execute(statement, params=None)


def take_guard(apps, schema_editor):
    table, vendor = apps.get_model("deviations", "Decision")._meta.db_table, schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {table}_no_update ON {table}")
        return
    for deed in ("update", "replace"):
        schema_editor.execute(f"DROP TRIGGER {table}_no_{deed}")


class Migration(migrations.Migration):
    dependencies = [
        ("deviations", "0006_index_of_words"),
        ("organisation", "0003_keep_the_logbook"),
    ]

    operations = [
        migrations.RunPython(put_guard, take_guard),
    ]
