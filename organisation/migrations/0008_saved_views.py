"""Saved views: the filters of a page under a name."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import organisation.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0007_name_the_reading_of_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("page", models.CharField(max_length=60, verbose_name="page")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="filters")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="search words")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("owner", "Only I"),
                            ("team", "My team"),
                            ("everybody", "Everybody who may open this page"),
                        ],
                        default="owner",
                        max_length=10,
                        verbose_name="for whom",
                    ),
                ),
                ("is_opening", models.BooleanField(default=False, verbose_name="the page opens with this")),
                (
                    "saved_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="saved"),
                ),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="removed")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ("name", "id"),
                "indexes": [models.Index(fields=["page", "audience"], name="view_page")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("page"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("removed_at", None)),
                        name="view_name_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None), ("is_opening", True)),
                        fields=("owner", "page"),
                        name="view_opening_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "team"), ("team__isnull", False)),
                            models.Q(models.Q(("audience", "team"), _negated=True), ("team", None)),
                            _connector="OR",
                        ),
                        name="view_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "owner"), ("words", ""), _connector="OR"),
                        name="view_words_unshared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("page", ""), _negated=True)
                        ),
                        name="view_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("query", ""), ("words", ""), _negated=True), name="view_filters"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("name"), 60
                        ),
                        name="view_name_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("query"), 1000
                        ),
                        name="view_query_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("words"), 300
                        ),
                        name="view_words_length",
                    ),
                ],
            },
        ),
    ]
