"""All tables of `organisation` as they stood before the first release; replaces the steps that led there."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import organisation.kernel.ids
from organisation.kernel.migrating import together


class Migration(migrations.Migration):
    replaces = [
        ("organisation", "0001_initial"),
        ("organisation", "0003_address_in_lower_case"),
        ("organisation", "0004_deputies"),
        ("organisation", "0005_page_of_a_draft"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyDomain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=200, verbose_name="label in English")),
                ("valid_from", models.DateField(default=datetime.date(2020, 1, 1), verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "policy domain",
                "verbose_name_plural": "policy domains",
                "ordering": ("label_nl",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Neighbourhood",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=200, verbose_name="label in English")),
                ("valid_from", models.DateField(default=datetime.date(2020, 1, 1), verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "neighbourhood",
                "verbose_name_plural": "neighbourhoods",
                "ordering": ("label_nl",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LifeDomain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=200, verbose_name="label in English")),
                ("valid_from", models.DateField(default=datetime.date(2020, 1, 1), verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "life domain",
                "verbose_name_plural": "life domains",
                "ordering": ("label_nl",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "mail_preference",
                    models.CharField(
                        choices=[("each", "An e-mail for each notice"), ("none", "No e-mail")],
                        default="each",
                        max_length=8,
                        verbose_name="e-mail",
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("shortcuts", models.BooleanField(default=True, verbose_name="keyboard shortcuts")),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined"),
                ),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="left")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_active", True), ("left_at__isnull", True)),
                            models.Q(("is_active", False), ("left_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="user_left_when_inactive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_lower",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("task", models.CharField(max_length=100, verbose_name="task")),
                ("subject", models.UUIDField(null=True, verbose_name="about")),
                ("key", models.CharField(blank=True, max_length=160, null=True, unique=True, verbose_name="key")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="due")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
                ("fault", models.CharField(blank=True, max_length=200, verbose_name="what went wrong")),
            ],
            options={
                "verbose_name": "errand",
                "verbose_name_plural": "errands",
                "ordering": ("due_at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("failed_at__isnull", True)),
                        fields=["due_at"],
                        name="errand_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("attempts__lte", 3)), name="errand_attempts"),
                    models.CheckConstraint(
                        condition=models.Q(("done_at__isnull", True), ("failed_at__isnull", True), _connector="OR"),
                        name="errand_done_or_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=120, verbose_name="who")),
                ("actor_roles", models.CharField(blank=True, max_length=200, verbose_name="roles")),
                ("verb", models.CharField(max_length=60, verbose_name="what")),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.UUIDField(null=True)),
                ("target_label", models.CharField(max_length=200, verbose_name="about")),
                ("before", models.TextField(blank=True, verbose_name="before")),
                ("after", models.TextField(blank=True, verbose_name="after")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("covered_by", models.UUIDField(null=True, verbose_name="space")),
                ("trace", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "logbook line",
                "verbose_name_plural": "logbook lines",
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["target_type", "target_id", "at"], name="event_target"),
                    models.Index(fields=["at"], name="event_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.CharField(max_length=120, verbose_name="who")),
                ("actor_roles", models.CharField(blank=True, max_length=200, verbose_name="roles")),
                (
                    "way",
                    models.CharField(
                        choices=[("page", "Page"), ("search", "Search result"), ("export", "Export")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.UUIDField()),
                ("target_label", models.CharField(max_length=200, verbose_name="about")),
                ("trace", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "access line",
                "verbose_name_plural": "access lines",
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["target_type", "target_id", "at"], name="access_target")],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("letter", "year"), name="counter_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("email", models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "mail_preference",
                    models.CharField(
                        choices=[("each", "An e-mail for each notice"), ("none", "No e-mail")],
                        default="each",
                        max_length=8,
                        verbose_name="e-mail",
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("shortcuts", models.BooleanField(default=True, verbose_name="keyboard shortcuts")),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined"),
                ),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="left")),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "group",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team",
                        to="auth.group",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="backs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fixed deputy",
                    ),
                ),
                (
                    "escalates_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="below",
                        to="organisation.team",
                        verbose_name="team of the manager's manager",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "policy_domains",
                    models.ManyToManyField(blank=True, to="organisation.policydomain", verbose_name="policy domains"),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeputising",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("since", models.DateField(verbose_name="away from")),
                ("until", models.DateField(verbose_name="first day back")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why")),
                (
                    "absent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who is away",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical deputising",
                "verbose_name_plural": "historical deputising",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Deputising",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who is away",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deputises",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                ("since", models.DateField(verbose_name="away from")),
                ("until", models.DateField(verbose_name="first day back")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why")),
            ],
            options={
                "verbose_name": "deputising",
                "verbose_name_plural": "deputising",
                "ordering": ("-since", "-id"),
                "indexes": [models.Index(fields=["deputy", "until"], name="deputising_deputy")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="deputising_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("deputy")), _negated=True),
                        name="deputising_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("fields", models.JSONField(default=dict)),
                ("page", models.CharField(blank=True, default="", max_length=36)),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="draft_once")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="organisation.event",
                        verbose_name="about",
                    ),
                ),
                ("url", models.CharField(max_length=200, verbose_name="page")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(fields=["recipient", "-created_at"], name="notice_recipient"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["recipient"], name="notice_unread"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("recipient", "event"), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTeam",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fixed deputy",
                    ),
                ),
                (
                    "escalates_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team of the manager's manager",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical team",
                "verbose_name_plural": "historical teams",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[("caseworker", "Caseworker"), ("manager", "Manager")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("caseworker", "Caseworker"), ("manager", "Manager")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ("team__name", "role"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("user", "team", "role"),
                        name="membership_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["caseworker", "manager"])), name="membership_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="membership_dates",
                    ),
                ],
            },
        ),
    ]
    operations = together(operations)
