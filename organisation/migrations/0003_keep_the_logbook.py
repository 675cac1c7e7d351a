"""Lines get a digest with a key of their own, and the database refuses to change them, but for their erasure."""

from django.db import migrations, models

from organisation.kernel import append_only, digests

COMMON = ("actor_id", "actor_name", "actor_roles", "target_id", "target_label", "trace")
LINES = {
    # model: what stays, facts, words, and which of those are null when empty
    "event": (
        ("id", "at", "target_type", "verb"),
        (*COMMON, "before", "after", "covered_by"),
        ("remark",),
        ("actor_id", "target_id", "covered_by"),
    ),
    "accessevent": (
        ("id", "at", "target_type", "way"),
        (*COMMON, "basis", "basis_note"),
        (),
        ("actor_id", "target_id"),
    ),
}
AT_ONCE = 1_000


def fix_old_lines(apps, schema_editor):
    for name, (_stays, facts, words, _nullable) in LINES.items():
        lines = apps.get_model("organisation", name).objects.order_by("pk")
        batch = list(lines.filter(key=None)[:AT_ONCE])
        while batch:
            for line in batch:
                line.key = digests.new_key()
                said = [{each: getattr(line, each) for each in names} for names in (facts, words)]
                line.digest = digests.digest_of(line.key, *said)
            lines.bulk_update(batch, ["key", "digest"])
            batch = list(lines.filter(key=None)[:AT_ONCE])


def erasure_of(name):
    stays, facts, words, nullable = LINES[name]
    texts = [each for each in (*facts, *words) if each not in nullable]
    return append_only.Erasure(stays=(*stays, "digest"), texts=texts, nullable=nullable)


def put_guards(apps, schema_editor):
    for name in LINES:
        table = apps.get_model("organisation", name)._meta.db_table
        for statement in append_only.guards(schema_editor.connection.vendor, table, erasure_of(name)):
            schema_editor.execute(statement, params=None)


def take_guards(apps, schema_editor):
    for name in LINES:
        table = apps.get_model("organisation", name)._meta.db_table
        for statement in append_only.without(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_role_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="accessevent",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("handler", "handler"),
                    ("author", "author"),
                    ("team", "works in the team"),
                    ("manager", "leads the team"),
                    ("deputy", "answers for the manager"),
                    ("shared", "shared with this colleague"),
                    ("shared_team", "shared with the team"),
                    ("adviser", "asked for advice"),
                    ("precedent", "comparable deviation, without who it is about"),
                    ("role", "by role"),
                ],
                max_length=12,
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="accessevent",
            name="basis_note",
            field=models.CharField(blank=True, max_length=400, verbose_name="explanation"),
        ),
        migrations.AddField(
            model_name="accessevent",
            name="digest",
            field=models.BinaryField(default=b"", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accessevent",
            name="erased_in",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="accessevent",
            name="key",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="digest",
            field=models.BinaryField(default=b"", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="erased_in",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="key",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="accessevent",
            name="actor_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="accessevent",
            name="target_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="accessevent",
            index=models.Index(fields=["at"], name="access_at"),
        ),
        migrations.AddIndex(
            model_name="accessevent",
            index=models.Index(fields=["actor_id", "at"], name="access_actor"),
        ),
        migrations.AddIndex(
            model_name="accessevent",
            index=models.Index(
                condition=models.Q(("erased_in__isnull", False)), fields=["erased_in"], name="access_erased"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor_id", "at"], name="event_actor"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("covered_by__isnull", False)), fields=["covered_by", "at"], name="event_space"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("erased_in__isnull", False)), fields=["erased_in"], name="event_erased"
            ),
        ),
        migrations.RunPython(fix_old_lines, migrations.RunPython.noop),
        migrations.RunPython(put_guards, take_guards),
    ]
