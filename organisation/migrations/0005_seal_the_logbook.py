"""Checkpoints over lines of the logbook; what is sealed is only added to."""

import django.db.models.deletion
from django.db import migrations, models

from organisation.kernel import append_only
from organisation.kernel.migrating import together

TABLES = {"organisation_checkpoint": "number", "organisation_sealedline": "position"}


def put_guards(apps, schema_editor):
    for table, identity in TABLES.items():
        for statement in append_only.guards(schema_editor.connection.vendor, table, identity=identity):
            schema_editor.execute(statement, params=None)


def take_guards(apps, schema_editor):
    for table in TABLES:
        for statement in append_only.without(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_second_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="checkpoint"),
                ),
                ("sealed_at", models.DateTimeField(verbose_name="sealed")),
                ("first", models.PositiveBigIntegerField(verbose_name="first line")),
                ("lines", models.PositiveIntegerField(verbose_name="lines")),
                ("root", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("brought_in", models.BooleanField(default=False)),
                ("signature", models.CharField(max_length=128)),
                ("signer", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="SealedLine",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("book", models.CharField(max_length=1)),
                ("line", models.UUIDField(unique=True)),
                ("leaf", models.BinaryField(max_length=32)),
                (
                    "checkpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed",
                        to="organisation.checkpoint",
                        verbose_name="checkpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed line",
                "verbose_name_plural": "sealed lines",
                "ordering": ("position",),
            },
        ),
        migrations.RunPython(put_guards, take_guards),
    ]
    operations = together(operations)
