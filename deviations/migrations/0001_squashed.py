"""All tables of `deviations` as they stood before the first release; replaces the steps that led there."""

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import organisation.kernel.ids
from organisation.kernel.migrating import together


class Migration(migrations.Migration):
    replaces = [
        ("deviations", "0001_initial"),
        ("deviations", "0002_initial"),
        ("deviations", "0003_act_moment_and_alternative"),
        ("deviations", "0004_begun_may_be_earlier"),
        ("deviations", "0005_deliberation_advice_and_room"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file", models.FileField(blank=True, max_length=200, upload_to="registers/")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "create_missing",
                    models.BooleanField(default=False, verbose_name="create unknown teams, routines and domains"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("rejected", "Has errors"),
                            ("checked", "Checked"),
                            ("running", "Running"),
                            ("done", "Done"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("rows_checked", models.PositiveIntegerField(default=0, verbose_name="rows checked")),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows brought in")),
                ("deviations_done", models.PositiveIntegerField(default=0, verbose_name="deviations brought in")),
                ("faults", models.JSONField(blank=True, default=list, verbose_name="errors")),
                ("faults_total", models.PositiveIntegerField(default=0, verbose_name="number of errors")),
                ("missing", models.JSONField(blank=True, default=dict, verbose_name="unknown names")),
            ],
            options={
                "verbose_name": "import of a register",
                "verbose_name_plural": "imports of registers",
                "ordering": ("-created_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("running", "done"))),
                        fields=("digest",),
                        name="register_import_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscretionarySpace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("purpose", models.TextField(verbose_name="what this space is for")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spaces",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "purpose_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="purpose"
                    ),
                ),
                (
                    "rules_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="rules"
                    ),
                ),
                (
                    "means_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="means"
                    ),
                ),
                (
                    "deciding_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="deciding"
                    ),
                ),
                (
                    "sight_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="sight"
                    ),
                ),
                (
                    "cents_per_deviation",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per deviation"),
                ),
                (
                    "cents_per_month",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per month"),
                ),
                (
                    "cents_per_period",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount for the whole period"),
                ),
                (
                    "never_child_safety",
                    models.BooleanField(default=True, verbose_name="never when the safety of a child is at stake"),
                ),
                ("never_fraud_inquiry", models.BooleanField(default=True, verbose_name="never during a fraud inquiry")),
                (
                    "never_rights_of_others",
                    models.BooleanField(default=True, verbose_name="never when it touches the rights of others"),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="up to and including")),
                ("evaluate_on", models.DateField(blank=True, null=True, verbose_name="evaluate on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="deviations.discretionaryspace",
                        verbose_name="follows",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "routines",
                    models.ManyToManyField(
                        blank=True, related_name="spaces", to="cases.routine", verbose_name="routines"
                    ),
                ),
                (
                    "policy_domains",
                    models.ManyToManyField(blank=True, to="organisation.policydomain", verbose_name="policy domains"),
                ),
            ],
            options={
                "verbose_name": "discretionary space",
                "verbose_name_plural": "discretionary spaces",
                "ordering": ("valid_until", "name"),
                "permissions": (("use_space", "Can use this space"),),
                "default_permissions": (),
                "indexes": [models.Index(fields=["team", "state", "valid_until"], name="space_team")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="space_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "active", "suspended", "withdrawn", "expired"])),
                        name="space_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("purpose_slider__lte", 4)), name="space_purpose_slider"),
                    models.CheckConstraint(condition=models.Q(("rules_slider__lte", 4)), name="space_rules_slider"),
                    models.CheckConstraint(condition=models.Q(("means_slider__lte", 4)), name="space_means_slider"),
                    models.CheckConstraint(
                        condition=models.Q(("deciding_slider__lte", 4)), name="space_deciding_slider"
                    ),
                    models.CheckConstraint(condition=models.Q(("sight_slider__lte", 4)), name="space_sight_slider"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGround",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("code", models.CharField(db_index=True, max_length=40, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=200, verbose_name="label in English")),
                ("valid_from", models.DateField(default=datetime.date(2020, 1, 1), verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpretation", "Interpretation"),
                            ("deviation", "Deviation"),
                            ("beyond_law", "Beyond the law"),
                            ("principle", "Principle"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("A", "A: your own judgement"),
                            ("B", "B: with a colleague"),
                            ("C", "C: with the manager"),
                            ("D", "D: legal advice and executive board"),
                        ],
                        max_length=1,
                        verbose_name="weight",
                    ),
                ),
                ("article", models.CharField(blank=True, max_length=160, verbose_name="article")),
                ("when_applies", models.TextField(verbose_name="when it applies")),
                ("to_show", models.TextField(blank=True, verbose_name="what has to be shown")),
                ("source_types", models.JSONField(blank=True, default=list, verbose_name="kinds of source")),
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
                "verbose_name": "historical ground",
                "verbose_name_plural": "historical grounds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Ground",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpretation", "Interpretation"),
                            ("deviation", "Deviation"),
                            ("beyond_law", "Beyond the law"),
                            ("principle", "Principle"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("A", "A: your own judgement"),
                            ("B", "B: with a colleague"),
                            ("C", "C: with the manager"),
                            ("D", "D: legal advice and executive board"),
                        ],
                        max_length=1,
                        verbose_name="weight",
                    ),
                ),
                ("article", models.CharField(blank=True, max_length=160, verbose_name="article")),
                ("when_applies", models.TextField(verbose_name="when it applies")),
                ("to_show", models.TextField(blank=True, verbose_name="what has to be shown")),
                ("source_types", models.JSONField(blank=True, default=list, verbose_name="kinds of source")),
                (
                    "policy_domains",
                    models.ManyToManyField(blank=True, to="organisation.policydomain", verbose_name="policy domains"),
                ),
            ],
            options={
                "verbose_name": "ground",
                "verbose_name_plural": "grounds",
                "ordering": ("code",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__in", ["A", "B", "C", "D"])), name="ground_weight"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cause",
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
                "verbose_name": "cause",
                "verbose_name_plural": "causes",
                "ordering": ("label_nl",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalDiscretionarySpace",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("purpose", models.TextField(verbose_name="what this space is for")),
                (
                    "purpose_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="purpose"
                    ),
                ),
                (
                    "rules_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="rules"
                    ),
                ),
                (
                    "means_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="means"
                    ),
                ),
                (
                    "deciding_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="deciding"
                    ),
                ),
                (
                    "sight_slider",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name="sight"
                    ),
                ),
                (
                    "cents_per_deviation",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per deviation"),
                ),
                (
                    "cents_per_month",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per month"),
                ),
                (
                    "cents_per_period",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount for the whole period"),
                ),
                (
                    "never_child_safety",
                    models.BooleanField(default=True, verbose_name="never when the safety of a child is at stake"),
                ),
                ("never_fraud_inquiry", models.BooleanField(default=True, verbose_name="never during a fraud inquiry")),
                (
                    "never_rights_of_others",
                    models.BooleanField(default=True, verbose_name="never when it touches the rights of others"),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="up to and including")),
                ("evaluate_on", models.DateField(blank=True, null=True, verbose_name="evaluate on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                        verbose_name="follows",
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
                "verbose_name": "historical discretionary space",
                "verbose_name_plural": "historical discretionary spaces",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpaceUserPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="deviations.discretionaryspace",
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpaceGroupPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_grants",
                        to="deviations.discretionaryspace",
                    ),
                ),
            ],
            options={
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpaceBudget",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgets",
                        to="deviations.discretionaryspace",
                    ),
                ),
                ("period", models.PositiveIntegerField(default=0)),
                ("limit_cents", models.PositiveBigIntegerField()),
                ("spent_cents", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "budget of a space",
                "verbose_name_plural": "budgets of spaces",
                "constraints": [
                    models.UniqueConstraint(fields=("space", "period"), name="space_budget_once"),
                    models.CheckConstraint(
                        condition=models.Q(("spent_cents__lte", models.F("limit_cents"))),
                        name="space_budget_not_overspent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeviation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("made", "Made: we depart from the routine"),
                            ("considered", "Considered: we followed the routine after all"),
                            ("blocked", "Blocked: we wanted to depart, but could not"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("if_followed", models.TextField(blank=True, verbose_name="what would following the routine do here?")),
                ("instead", models.TextField(blank=True, verbose_name="what do you do instead?")),
                ("why_here", models.TextField(blank=True, verbose_name="why here?")),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("normal", "Normal: answer within five working days"),
                            ("urgent", "Urgent: answer within one working day"),
                            ("already_done", "Already done: I had to act at once"),
                        ],
                        default="normal",
                        max_length=12,
                        verbose_name="how urgent is it?",
                    ),
                ),
                ("acted_on", models.DateField(blank=True, null=True, verbose_name="when did you act?")),
                (
                    "belongs_or_helps",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="does it belong, or does it help?",
                    ),
                ),
                ("amount_cents", models.PositiveBigIntegerField(default=0, verbose_name="extra cost")),
                ("avoided_cents", models.PositiveBigIntegerField(default=0, verbose_name="avoided cost")),
                ("avoided_source", models.CharField(blank=True, max_length=200, verbose_name="source of the estimate")),
                (
                    "purpose_served",
                    models.TextField(blank=True, verbose_name="how does this serve the purpose of the routine?"),
                ),
                ("alternatives", models.TextField(blank=True, verbose_name="what else did you consider?")),
                ("residents_view", models.TextField(blank=True, verbose_name="what does the resident think of it?")),
                (
                    "tension",
                    models.TextField(
                        blank=True, verbose_name="which two values pull against each other, and where do you land?"
                    ),
                ),
                ("lasts_until", models.DateField(blank=True, null=True, verbose_name="until when?")),
                (
                    "risk_child_safety",
                    models.BooleanField(default=False, verbose_name="the safety of a child is at stake"),
                ),
                ("risk_fraud_inquiry", models.BooleanField(default=False, verbose_name="there is a fraud inquiry")),
                (
                    "risk_rights_of_others",
                    models.BooleanField(default=False, verbose_name="it touches the rights of others"),
                ),
                (
                    "structural",
                    models.CharField(
                        blank=True,
                        choices=[("incident", "Incident"), ("structural", "Structural")],
                        max_length=10,
                        verbose_name="incident or structural?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaits an answer"),
                            ("agreed", "Agreed"),
                            ("agreed_with_conditions", "Agreed with conditions"),
                            ("refused", "Refused"),
                            ("recorded", "Recorded"),
                            ("withdrawn", "Withdrawn"),
                            ("evaluated", "Evaluated"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("A", "A: your own judgement"),
                            ("B", "B: with a colleague"),
                            ("C", "C: with the manager"),
                            ("D", "D: legal advice and executive board"),
                        ],
                        default="A",
                        editable=False,
                        max_length=1,
                        verbose_name="weight",
                    ),
                ),
                (
                    "lawfulness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("within_rule", "Within the rule"),
                            ("lawful_deviation", "Lawful deviation"),
                            ("needs_attention", "Needs attention"),
                            ("beyond_law", "Against or beyond the law"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="in law",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="begun"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted")),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answer before")),
                (
                    "passed_on",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "With the manager"), (1, "With the deputy"), (2, "With the manager's manager")],
                        default=0,
                        editable=False,
                        verbose_name="passed on",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "period",
                    models.PositiveIntegerField(
                        editable=False, help_text="yyyymm, Europe/Amsterdam", null=True, verbose_name="month"
                    ),
                ),
                (
                    "source_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("habit", "Habit"),
                            ("system", "System"),
                            ("work_instruction", "Work instruction"),
                            ("policy_rule", "Policy rule"),
                            ("ordinance", "Ordinance"),
                            ("statute", "Statute"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("agreed_with_conditions", "Agreed with conditions"),
                            ("refused", "Refused"),
                            ("by_space", "Agreed by space"),
                        ],
                        editable=False,
                        max_length=24,
                        verbose_name="answer",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, it helped"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "Not known"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="did it help?",
                    ),
                ),
                (
                    "lead_minutes",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="minutes until the answer"),
                ),
                ("register_line", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "register_reference",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="reference elsewhere"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "routine_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routineversion",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.neighbourhood",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.registerimport",
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
                "verbose_name": "historical deviation",
                "verbose_name_plural": "historical deviations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deviations",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("made", "Made: we depart from the routine"),
                            ("considered", "Considered: we followed the routine after all"),
                            ("blocked", "Blocked: we wanted to depart, but could not"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "routine_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviations",
                        to="cases.routineversion",
                    ),
                ),
                ("if_followed", models.TextField(blank=True, verbose_name="what would following the routine do here?")),
                ("instead", models.TextField(blank=True, verbose_name="what do you do instead?")),
                ("why_here", models.TextField(blank=True, verbose_name="why here?")),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("normal", "Normal: answer within five working days"),
                            ("urgent", "Urgent: answer within one working day"),
                            ("already_done", "Already done: I had to act at once"),
                        ],
                        default="normal",
                        max_length=12,
                        verbose_name="how urgent is it?",
                    ),
                ),
                ("acted_on", models.DateField(blank=True, null=True, verbose_name="when did you act?")),
                (
                    "belongs_or_helps",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="does it belong, or does it help?",
                    ),
                ),
                ("amount_cents", models.PositiveBigIntegerField(default=0, verbose_name="extra cost")),
                ("avoided_cents", models.PositiveBigIntegerField(default=0, verbose_name="avoided cost")),
                ("avoided_source", models.CharField(blank=True, max_length=200, verbose_name="source of the estimate")),
                (
                    "purpose_served",
                    models.TextField(blank=True, verbose_name="how does this serve the purpose of the routine?"),
                ),
                ("alternatives", models.TextField(blank=True, verbose_name="what else did you consider?")),
                ("residents_view", models.TextField(blank=True, verbose_name="what does the resident think of it?")),
                (
                    "tension",
                    models.TextField(
                        blank=True, verbose_name="which two values pull against each other, and where do you land?"
                    ),
                ),
                ("lasts_until", models.DateField(blank=True, null=True, verbose_name="until when?")),
                (
                    "risk_child_safety",
                    models.BooleanField(default=False, verbose_name="the safety of a child is at stake"),
                ),
                ("risk_fraud_inquiry", models.BooleanField(default=False, verbose_name="there is a fraud inquiry")),
                (
                    "risk_rights_of_others",
                    models.BooleanField(default=False, verbose_name="it touches the rights of others"),
                ),
                (
                    "structural",
                    models.CharField(
                        blank=True,
                        choices=[("incident", "Incident"), ("structural", "Structural")],
                        max_length=10,
                        verbose_name="incident or structural?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaits an answer"),
                            ("agreed", "Agreed"),
                            ("agreed_with_conditions", "Agreed with conditions"),
                            ("refused", "Refused"),
                            ("recorded", "Recorded"),
                            ("withdrawn", "Withdrawn"),
                            ("evaluated", "Evaluated"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("A", "A: your own judgement"),
                            ("B", "B: with a colleague"),
                            ("C", "C: with the manager"),
                            ("D", "D: legal advice and executive board"),
                        ],
                        default="A",
                        editable=False,
                        max_length=1,
                        verbose_name="weight",
                    ),
                ),
                (
                    "lawfulness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("within_rule", "Within the rule"),
                            ("lawful_deviation", "Lawful deviation"),
                            ("needs_attention", "Needs attention"),
                            ("beyond_law", "Against or beyond the law"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="in law",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="begun"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted")),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answer before")),
                (
                    "passed_on",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "With the manager"), (1, "With the deputy"), (2, "With the manager's manager")],
                        default=0,
                        editable=False,
                        verbose_name="passed on",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered")),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviations",
                        to="deviations.discretionaryspace",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "period",
                    models.PositiveIntegerField(
                        editable=False, help_text="yyyymm, Europe/Amsterdam", null=True, verbose_name="month"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviations",
                        to="cases.routine",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.policydomain",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.neighbourhood",
                    ),
                ),
                (
                    "source_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("habit", "Habit"),
                            ("system", "System"),
                            ("work_instruction", "Work instruction"),
                            ("policy_rule", "Policy rule"),
                            ("ordinance", "Ordinance"),
                            ("statute", "Statute"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("agreed_with_conditions", "Agreed with conditions"),
                            ("refused", "Refused"),
                            ("by_space", "Agreed by space"),
                        ],
                        editable=False,
                        max_length=24,
                        verbose_name="answer",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, it helped"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "Not known"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="did it help?",
                    ),
                ),
                (
                    "lead_minutes",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="minutes until the answer"),
                ),
                (
                    "register",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deviations",
                        to="deviations.registerimport",
                    ),
                ),
                ("register_line", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "register_reference",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="reference elsewhere"),
                ),
                (
                    "grounds",
                    models.ManyToManyField(
                        blank=True, related_name="deviations", to="deviations.ground", verbose_name="grounds"
                    ),
                ),
                (
                    "causes",
                    models.ManyToManyField(
                        blank=True, related_name="deviations", to="deviations.cause", verbose_name="causes"
                    ),
                ),
                (
                    "life_domains",
                    models.ManyToManyField(blank=True, to="organisation.lifedomain", verbose_name="life domains"),
                ),
            ],
            options={
                "verbose_name": "deviation",
                "verbose_name_plural": "deviations",
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(
                        fields=[
                            "period",
                            "routine",
                            "team",
                            "policy_domain",
                            "kind",
                            "answer",
                            "outcome",
                            "source_type",
                            "weight",
                            "amount_cents",
                            "avoided_cents",
                            "lead_minutes",
                        ],
                        name="deviation_rollup",
                    ),
                    models.Index(fields=["team", "state", "due_at"], name="deviation_queue"),
                    models.Index(fields=["author", "-created_at"], name="deviation_author"),
                    models.Index(fields=["-created_at", "-id"], name="deviation_newest"),
                    models.Index(
                        condition=models.Q(("urgency", "already_done")),
                        fields=["team", "submitted_at"],
                        name="deviation_done",
                    ),
                    models.Index(
                        condition=models.Q(("lawfulness__in", ("needs_attention", "beyond_law"))),
                        fields=["lawfulness", "-created_at"],
                        name="deviation_stands_out",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author__isnull", False),
                                ("case__isnull", False),
                                ("register__isnull", True),
                                ("register_line__isnull", True),
                            ),
                            models.Q(
                                ("author__isnull", True),
                                ("case__isnull", True),
                                ("register__isnull", False),
                                ("register_line__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="deviation_own_or_imported",
                    ),
                    models.UniqueConstraint(fields=("register", "register_line"), name="deviation_import_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "awaiting",
                                    "agreed",
                                    "agreed_with_conditions",
                                    "refused",
                                    "recorded",
                                    "withdrawn",
                                    "evaluated",
                                ],
                            )
                        ),
                        name="deviation_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__in", ["A", "B", "C", "D"])), name="deviation_weight"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("belongs_or_helps__lte", 4)), name="deviation_belongs_or_helps"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("draft", "withdrawn")),
                            models.Q(
                                ("routine__isnull", False),
                                ("routine_version__isnull", False),
                                models.Q(("source_type", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="deviation_has_routine",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period__isnull", True), ("state__in", ("draft", "withdrawn"))),
                            models.Q(
                                models.Q(("state__in", ("draft", "withdrawn")), _negated=True),
                                ("period__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="deviation_counts_when_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="deviation_author_never_decides",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ("agreed", "by_space")), ("state", "agreed")),
                            models.Q(("answer", "agreed_with_conditions"), ("state", "agreed_with_conditions")),
                            models.Q(("answer", "refused"), ("state", "refused")),
                            models.Q(
                                ("answer__in", ("agreed", "by_space", "agreed_with_conditions")), ("state", "evaluated")
                            ),
                            models.Q(("answer", ""), ("state__in", ("draft", "awaiting", "recorded", "withdrawn"))),
                            _connector="OR",
                        ),
                        name="deviation_answer_fits_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("register__isnull", False),
                            models.Q(("answer", "by_space"), ("space__isnull", False)),
                            models.Q(models.Q(("answer", "by_space"), _negated=True), ("space__isnull", True)),
                            _connector="OR",
                        ),
                        name="deviation_space_when_by_space",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Generalisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="generalisations",
                        to="deviations.discretionaryspace",
                    ),
                ),
                ("action", models.CharField(max_length=24, verbose_name="answer")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "answer to many requests",
                "verbose_name_plural": "answers to many requests",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Simulation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="simulations",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="deviations.discretionaryspace",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="how far back, in months")),
                ("space_version", models.PositiveIntegerField(default=0)),
                ("against_version", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="deviations")),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="deviations replayed")),
                ("result", models.JSONField(null=True, verbose_name="result")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested")),
                ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "trial run",
                "verbose_name_plural": "trial runs",
                "indexes": [models.Index(fields=["space", "months", "-requested_at"], name="simulation_asked")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("result__isnull", False), ("state", "done")),
                            models.Q(("state", "done"), _negated=True),
                            _connector="OR",
                        ),
                        name="simulation_done_has_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__in", (3, 6, 12, 24))), name="simulation_months"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpaceEvaluation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("keep", "Keep it as it is"),
                            ("change", "Change it"),
                            ("widen", "Make it wider"),
                            ("narrow", "Make it narrower"),
                            ("stop", "Stop: the space is withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="what comes of it?",
                    ),
                ),
                ("words", models.TextField(verbose_name="why?")),
                ("figures", models.JSONField()),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
                "verbose_name": "historical evaluation of a space",
                "verbose_name_plural": "historical evaluations of spaces",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpaceEvaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluations",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("keep", "Keep it as it is"),
                            ("change", "Change it"),
                            ("widen", "Make it wider"),
                            ("narrow", "Make it narrower"),
                            ("stop", "Stop: the space is withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="what comes of it?",
                    ),
                ),
                ("words", models.TextField(verbose_name="why?")),
                ("figures", models.JSONField()),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "evaluation of a space",
                "verbose_name_plural": "evaluations of spaces",
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["keep", "change", "widen", "narrow", "stop"])),
                        name="space_evaluation_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="space_evaluation_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceReminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("ends", "It ends soon"), ("evaluate", "The look back is due")], max_length=10
                    ),
                ),
                ("about", models.DateField(verbose_name="about the day")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "reminder about a space",
                "verbose_name_plural": "reminders about spaces",
                "constraints": [models.UniqueConstraint(fields=("space", "kind", "about"), name="space_reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDiscretionarySpace_routines",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "discretionaryspace",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicaldiscretionaryspace",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalDiscretionarySpace_routines",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscretionarySpace_policy_domains",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "discretionaryspace",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "policydomain",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicaldiscretionaryspace",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalDiscretionarySpace_policy_domains",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spendings",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spendings", to="deviations.deviation"
                    ),
                ),
                ("period", models.PositiveIntegerField()),
                ("cents", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "spending",
                "verbose_name_plural": "spendings",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at__isnull", True)),
                        fields=("deviation",),
                        name="spending_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeviation_grounds",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.ground",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicaldeviation",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalDeviation_grounds",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeviation_causes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.cause",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicaldeviation",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalDeviation_causes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeviation_life_domains",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "lifedomain",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.lifedomain",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicaldeviation",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalDeviation_life_domains",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpaceRequest",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("why", models.TextField(verbose_name="why is this room needed?")),
                ("limits", models.TextField(blank=True, verbose_name="where should it stop?")),
                (
                    "cents_per_deviation",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per deviation"),
                ),
                (
                    "cents_per_month",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per month"),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="until when")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Awaits an answer"),
                            ("returned", "Returned with a question"),
                            ("granted", "Granted"),
                            ("granted_differently", "Granted differently"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="answer before")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("late_told_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("alternative", models.TextField(blank=True, verbose_name="what can be done instead")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.discretionaryspace",
                        verbose_name="space",
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
                "verbose_name": "historical proposal for a space",
                "verbose_name_plural": "historical proposals for a space",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpaceRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("why", models.TextField(verbose_name="why is this room needed?")),
                ("limits", models.TextField(blank=True, verbose_name="where should it stop?")),
                (
                    "cents_per_deviation",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per deviation"),
                ),
                (
                    "cents_per_month",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount per month"),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="until when")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Awaits an answer"),
                            ("returned", "Returned with a question"),
                            ("granted", "Granted"),
                            ("granted_differently", "Granted differently"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="answer before")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("late_told_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("alternative", models.TextField(blank=True, verbose_name="what can be done instead")),
                (
                    "space",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked",
                        to="deviations.discretionaryspace",
                        verbose_name="space",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("routines", models.ManyToManyField(related_name="+", to="cases.routine", verbose_name="routines")),
            ],
            options={
                "verbose_name": "proposal for a space",
                "verbose_name_plural": "proposals for a space",
                "ordering": ("-asked_at", "-id"),
                "indexes": [models.Index(fields=["team", "state", "due_at"], name="space_request_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["asked", "returned", "granted", "granted_differently", "declined", "withdrawn"],
                            )
                        ),
                        name="space_request_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="space_request_author_never_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ("granted", "granted_differently", "declined")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("granted", "granted_differently", "declined")), _negated=True),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="space_request_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("granted", "granted_differently")), _negated=True),
                            ("space__isnull", False),
                            _connector="OR",
                        ),
                        name="space_request_granted_has_space",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="space_request_declined_has_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConsultation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peer", "A colleague"),
                            ("team", "My team, without names"),
                            ("legal", "Legal advice"),
                        ],
                        max_length=10,
                        verbose_name="who is asked",
                    ),
                ),
                ("question", models.TextField(blank=True, verbose_name="question")),
                ("story", models.TextField(blank=True, verbose_name="the case in short")),
                (
                    "anonymous",
                    models.BooleanField(default=False, verbose_name="without case number, author and neighbourhood"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Advice given"),
                            ("settled", "Weighed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("followed", models.BooleanField(editable=False, null=True, verbose_name="followed")),
                ("followed_why", models.TextField(blank=True, editable=False, verbose_name="why")),
                ("followed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
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
                "verbose_name": "historical consultation",
                "verbose_name_plural": "historical consultations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peer", "A colleague"),
                            ("team", "My team, without names"),
                            ("legal", "Legal advice"),
                        ],
                        max_length=10,
                        verbose_name="who is asked",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                ("question", models.TextField(blank=True, verbose_name="question")),
                ("story", models.TextField(blank=True, verbose_name="the case in short")),
                (
                    "anonymous",
                    models.BooleanField(default=False, verbose_name="without case number, author and neighbourhood"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Advice given"),
                            ("settled", "Weighed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("snapshot", models.JSONField(editable=False)),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("followed", models.BooleanField(editable=False, null=True, verbose_name="followed")),
                ("followed_why", models.TextField(blank=True, editable=False, verbose_name="why")),
                ("followed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ("at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["asked"], name="consultation_of_person"
                    ),
                    models.Index(condition=models.Q(("state", "asked")), fields=["team"], name="consultation_of_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "settled", "withdrawn"])),
                        name="consultation_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__isnull", True),
                            models.Q(("asked", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_not_of_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anonymous", True), ("asked__isnull", True), ("kind", "team"), ("team__isnull", False)
                            ),
                            models.Q(("asked__isnull", False), ("kind", "peer"), ("team__isnull", True)),
                            models.Q(("kind", "legal"), ("team__isnull", True)),
                            _connector="OR",
                        ),
                        name="consultation_of_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question", ""), _negated=True),
                            models.Q(("asked__isnull", True), ("kind", "legal")),
                            _connector="OR",
                        ),
                        name="consultation_has_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed__isnull", True), ("followed_at__isnull", True)),
                            models.Q(("followed__isnull", False), ("followed_at__isnull", False), ("state", "settled")),
                            _connector="OR",
                        ),
                        name="consultation_followed_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed", False), _negated=True),
                            models.Q(("followed_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_why_not_followed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("deviation", "asked"),
                        name="consultation_asked_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("deviation", "team"),
                        name="consultation_team_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeliberation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("value_one", models.CharField(blank=True, max_length=80, verbose_name="the one value")),
                ("value_two", models.CharField(blank=True, max_length=80, verbose_name="the other value")),
                (
                    "landed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="where does it land?",
                    ),
                ),
                ("effect_resident", models.TextField(blank=True, verbose_name="what does the resident want to reach?")),
                (
                    "effect_municipality",
                    models.TextField(blank=True, verbose_name="what does the municipality want to reach?"),
                ),
                ("core_value", models.TextField(blank=True, verbose_name="what is the law at heart meant for?")),
                (
                    "effects_following",
                    models.TextField(blank=True, verbose_name="what happens when we follow the rule?"),
                ),
                (
                    "effects_deviating",
                    models.TextField(blank=True, verbose_name="what happens when we depart from it?"),
                ),
                ("ethical_objection", models.TextField(blank=True, verbose_name="is there an ethical objection?")),
                ("legal_route", models.TextField(blank=True, verbose_name="by which route in law can it be done?")),
                ("conclusion", models.TextField(blank=True, verbose_name="what is your conclusion?")),
                ("legitimacy", models.TextField(blank=True, verbose_name="legitimacy: why is it right and allowed?")),
                (
                    "involvement",
                    models.TextField(blank=True, verbose_name="involvement: how does it fit the resident?"),
                ),
                (
                    "yields",
                    models.TextField(blank=True, verbose_name="yield: what does it bring, and what does it cost?"),
                ),
                (
                    "same_again",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("if_alike", "Only if the same things count there"), ("no", "No")],
                        max_length=10,
                        verbose_name="would we do the same for the next comparable resident?",
                    ),
                ),
                ("same_again_why", models.TextField(blank=True, verbose_name="why, or why not?")),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
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
                "verbose_name": "historical deliberation",
                "verbose_name_plural": "historical deliberations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Deliberation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliberation",
                        to="deviations.deviation",
                    ),
                ),
                ("value_one", models.CharField(blank=True, max_length=80, verbose_name="the one value")),
                ("value_two", models.CharField(blank=True, max_length=80, verbose_name="the other value")),
                (
                    "landed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="where does it land?",
                    ),
                ),
                ("effect_resident", models.TextField(blank=True, verbose_name="what does the resident want to reach?")),
                (
                    "effect_municipality",
                    models.TextField(blank=True, verbose_name="what does the municipality want to reach?"),
                ),
                ("core_value", models.TextField(blank=True, verbose_name="what is the law at heart meant for?")),
                (
                    "effects_following",
                    models.TextField(blank=True, verbose_name="what happens when we follow the rule?"),
                ),
                (
                    "effects_deviating",
                    models.TextField(blank=True, verbose_name="what happens when we depart from it?"),
                ),
                ("ethical_objection", models.TextField(blank=True, verbose_name="is there an ethical objection?")),
                ("legal_route", models.TextField(blank=True, verbose_name="by which route in law can it be done?")),
                ("conclusion", models.TextField(blank=True, verbose_name="what is your conclusion?")),
                ("legitimacy", models.TextField(blank=True, verbose_name="legitimacy: why is it right and allowed?")),
                (
                    "involvement",
                    models.TextField(blank=True, verbose_name="involvement: how does it fit the resident?"),
                ),
                (
                    "yields",
                    models.TextField(blank=True, verbose_name="yield: what does it bring, and what does it cost?"),
                ),
                (
                    "same_again",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("if_alike", "Only if the same things count there"), ("no", "No")],
                        max_length=10,
                        verbose_name="would we do the same for the next comparable resident?",
                    ),
                ),
                ("same_again_why", models.TextField(blank=True, verbose_name="why, or why not?")),
            ],
            options={
                "verbose_name": "deliberation",
                "verbose_name_plural": "deliberations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("landed__isnull", True), ("landed__lte", 4), _connector="OR"),
                        name="deliberation_landed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("same_again__in", ("", "yes", "if_alike", "no"))),
                        name="deliberation_same_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Distinction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distinctions",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "side",
                    models.CharField(choices=[("author", "The author"), ("decider", "Who decided")], max_length=10),
                ),
                ("text", models.TextField(blank=True, verbose_name="what makes this one different?")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "precedents",
                    models.JSONField(
                        blank=True, default=list, help_text="ids, the nearest first", verbose_name="precedents"
                    ),
                ),
                ("agreed", models.PositiveSmallIntegerField(default=0, verbose_name="agreed")),
                ("refused", models.PositiveSmallIntegerField(default=0, verbose_name="refused")),
            ],
            options={
                "verbose_name": "distinction",
                "verbose_name_plural": "distinctions",
                "ordering": ("said_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("said_at__isnull", True)),
                        fields=("deviation", "side"),
                        name="distinction_written_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_at__isnull", True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="distinction_said_has_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="deviations.deviation"
                    ),
                ),
                ("kind", models.CharField(choices=[("question", "Question"), ("answer", "Answer")], max_length=10)),
                ("text", models.TextField(verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="message_has_text")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvaluation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                (
                    "helped",
                    models.CharField(
                        choices=[
                            ("yes", "Yes, it helped"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                        verbose_name="did it help?",
                    ),
                ),
                ("residents_opinion", models.TextField(blank=True, verbose_name="what does the resident say?")),
                (
                    "real_cents",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="what did it really cost?"),
                ),
                ("otherwise", models.TextField(blank=True, verbose_name="what would have happened otherwise?")),
                (
                    "structural",
                    models.CharField(
                        blank=True,
                        choices=[("incident", "Incident"), ("structural", "Structural")],
                        max_length=10,
                        verbose_name="incident or structural?",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "deviation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "historical evaluation",
                "verbose_name_plural": "historical evaluations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluation",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "helped",
                    models.CharField(
                        choices=[
                            ("yes", "Yes, it helped"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                        verbose_name="did it help?",
                    ),
                ),
                ("residents_opinion", models.TextField(blank=True, verbose_name="what does the resident say?")),
                (
                    "real_cents",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="what did it really cost?"),
                ),
                ("otherwise", models.TextField(blank=True, verbose_name="what would have happened otherwise?")),
                (
                    "structural",
                    models.CharField(
                        blank=True,
                        choices=[("incident", "Incident"), ("structural", "Structural")],
                        max_length=10,
                        verbose_name="incident or structural?",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "evaluation",
                "verbose_name_plural": "evaluations",
            },
        ),
        migrations.CreateModel(
            name="GeneralAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "generalisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="deviations.generalisation",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="deviations.deviation"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("skipped", "Passed over")],
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why it was passed over")),
            ],
            options={
                "verbose_name": "answer to one of many requests",
                "verbose_name_plural": "answers to one of many requests",
                "ordering": ("deviation__number",),
                "constraints": [
                    models.UniqueConstraint(fields=("generalisation", "deviation"), name="general_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "skipped"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("result", "skipped"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="general_answer_skipped_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rungs", to="deviations.deviation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("halfway", "Reminder half-way"),
                            ("eve", "Reminder on the day before"),
                            ("deputy", "Passed on to the deputy"),
                            ("superior", "Passed on to the manager's manager"),
                            ("nobody", "The administrator was told that nobody can answer"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="answer before")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("names", models.CharField(blank=True, max_length=300, verbose_name="who was told")),
            ],
            options={
                "verbose_name": "step of the ladder",
                "verbose_name_plural": "steps of the ladder",
                "ordering": ("at", "id"),
                "constraints": [models.UniqueConstraint(fields=("deviation", "due_at", "kind"), name="rung_once")],
            },
        ),
        migrations.CreateModel(
            name="SpaceStop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stops",
                        to="deviations.discretionaryspace",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="deviations.deviation"
                    ),
                ),
                ("limit", models.CharField(max_length=40, verbose_name="limit")),
            ],
            options={
                "verbose_name": "limit that stopped something",
                "verbose_name_plural": "limits that stopped something",
                "constraints": [
                    models.UniqueConstraint(fields=("space", "deviation", "limit"), name="space_stop_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviationText",
            fields=[
                ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                (
                    "deviation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="text", to="deviations.deviation"
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("features", models.BinaryField(help_text="packed by deviations.rules.comparing", null=True)),
                ("vector", models.BinaryField(help_text="of the optional extra for similar text", null=True)),
            ],
            options={
                "verbose_name": "words of a deviation",
                "verbose_name_plural": "words of deviations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("routine__isnull", False)),
                        fields=["routine", "-id"],
                        name="deviationtext_precedent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unease",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("text", models.TextField(verbose_name="what does not feel right?")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "deviation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="unease",
                        to="deviations.deviation",
                        verbose_name="deviation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not answered yet"),
                            ("received", "Received"),
                            ("acted_upon", "Acted upon"),
                            ("passed_on", "Passed on to learning"),
                        ],
                        default="new",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "sign that something feels wrong",
                "verbose_name_plural": "signs that something feels wrong",
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["author", "-at"], name="unease_author"),
                    models.Index(fields=["team", "-at"], name="unease_team"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="unease_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "received", "acted_upon", "passed_on"])),
                        name="unease_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpaceRequest_routines",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "spacerequest",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="deviations.spacerequest",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="deviations.historicalspacerequest",
                    ),
                ),
                (
                    "m2m_history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
            ],
            options={
                "verbose_name": "HistoricalSpaceRequest_routines",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpaceRequestMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="deviations.spacerequest",
                    ),
                ),
                ("kind", models.CharField(choices=[("question", "Question"), ("answer", "Answer")], max_length=10)),
                ("text", models.TextField(verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "message about a proposal",
                "verbose_name_plural": "messages about proposals",
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="space_request_message_has_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="deviations.consultation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("in_team", models.BooleanField(default=False, verbose_name="of the team")),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("agrees", "I agree"),
                            ("agrees_if", "I agree, if…"),
                            ("disagrees", "I would not do this"),
                            ("cannot_judge", "I cannot judge this"),
                        ],
                        max_length=12,
                        verbose_name="your opinion",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="advice")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="reference")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "opinion",
                "verbose_name_plural": "opinions",
                "ordering": ("at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "by"), name="opinion_once_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", True), models.Q(("by", models.F("author")), _negated=True), _connector="OR"
                        ),
                        name="opinion_not_of_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("view__in", ["agrees", "agrees_if", "disagrees", "cannot_judge"])),
                        name="opinion_view",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("received_on__isnull", True), ("reference", "")),
                            models.Q(
                                ("by__isnull", True),
                                ("received_on__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_here_or_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("view__in", ("agrees", "cannot_judge")),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="opinion_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="deviations.deviation"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("agreed_with_conditions", "Agreed with conditions"),
                            ("refused", "Refused"),
                            ("by_space", "Agreed by space"),
                        ],
                        max_length=24,
                        verbose_name="answer",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                ("alternative", models.TextField(blank=True, verbose_name="what can be done instead")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[("manager", "Manager"), ("deputy", "Deputy"), ("superior", "Manager's manager")],
                        max_length=20,
                        verbose_name="in the role of",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on behalf of",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="deviations.discretionaryspace",
                    ),
                ),
                ("objection_until", models.DateTimeField(blank=True, null=True, verbose_name="objection until")),
                ("sight", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sight")),
                (
                    "weight",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: your own judgement"),
                            ("B", "B: with a colleague"),
                            ("C", "C: with the manager"),
                            ("D", "D: legal advice and executive board"),
                        ],
                        max_length=1,
                        verbose_name="weight",
                    ),
                ),
                (
                    "legal_advice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="deviations.consultation",
                        verbose_name="legal advice",
                    ),
                ),
                ("board_on", models.DateField(blank=True, null=True, verbose_name="the executive board decided on")),
                (
                    "board_reference",
                    models.CharField(blank=True, max_length=120, verbose_name="reference of the decision of the board"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("snapshot", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided")),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("-at",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("objection_until__isnull", False)),
                        fields=["objection_until"],
                        name="decision_objection",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("deviation",),
                        name="decision_final_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", True), models.Q(("by", models.F("author")), _negated=True), _connector="OR"
                        ),
                        name="decision_not_by_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf_of__isnull", True),
                            models.Q(("on_behalf_of", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_not_on_behalf_of_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "by_space"), ("by__isnull", True), ("space__isnull", False)),
                            models.Q(
                                models.Q(("answer", "by_space"), _negated=True),
                                ("by__isnull", False),
                                ("space__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_by_person_or_space",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "refused"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_refusal_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("weight", "D"), _negated=True),
                            ("answer", "refused"),
                            models.Q(
                                ("board_on__isnull", False),
                                ("legal_advice__isnull", False),
                                models.Q(("board_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_d_has_board_and_advice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "agreed_with_conditions"), _negated=True),
                            models.Q(("conditions", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_has_conditions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["agreed", "agreed_with_conditions", "refused", "by_space"])),
                        name="decision_keeps_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), ("voided_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="decision_voided_afterwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UneaseReply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "unease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="deviations.unease"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("acted_upon", "Acted upon"),
                            ("passed_on", "Passed on to learning"),
                        ],
                        max_length=10,
                        verbose_name="what happened with it",
                    ),
                ),
                ("text", models.TextField(verbose_name="answer")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="unease_reply_has_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "deviation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_request",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "refusal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_again",
                        to="deviations.decision",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="why it was changed")),
            ],
            options={
                "verbose_name": "second request",
                "verbose_name_plural": "second requests",
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="deviations.decision"
                    ),
                ),
                ("time", models.PositiveSmallIntegerField(verbose_name="which time")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "asking whether it helped",
                "verbose_name_plural": "askings whether it helped",
                "ordering": ("at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "time"), name="asked_once"),
                    models.CheckConstraint(condition=models.Q(("time__in", (1, 2))), name="asked_twice_at_most"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objection", to="deviations.decision"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("manager", "Manager"), ("deputy", "Deputy"), ("superior", "Manager's manager")],
                        max_length=20,
                        verbose_name="in the role of",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True), name="objection_has_reasons"
                    )
                ],
            },
        ),
    ]
    operations = together(operations)
