"""The municipality-wide roles are Django groups, present from the first migration on."""

from django.db import migrations

ROLES = ("policy_officer", "reporter", "privacy_officer", "controller", "administrator")


def add_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_squashed"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
