"""All tables of `learning` as they stood before the first release; replaces the steps that led there."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import organisation.kernel.ids
from organisation.kernel.migrating import together


class Migration(migrations.Migration):
    replaces = [("learning", "0001_cube"), ("learning", "0002_signals_questions_and_reports")]

    initial = True

    dependencies = [
        ("deviations", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalLearningQuestion",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("problem", models.TextField(verbose_name="what is the problem?")),
                ("due_on", models.DateField(verbose_name="before")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("inquiry", "Being looked into"),
                            ("proposal", "Proposal made"),
                            ("decided", "Decided"),
                            ("carried_out", "Carried out"),
                            ("effect_checked", "Effect looked at"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="begun"),
                ),
                ("findings", models.TextField(blank=True, verbose_name="what did we find out?")),
                ("proposal", models.TextField(blank=True, verbose_name="what do we propose?")),
                (
                    "improvement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("change_rule", "Change the rule"),
                            ("widen_space", "Give more room"),
                            ("fix_system", "Fix the system or the form"),
                            ("train", "Train or advise colleagues"),
                            ("lobby", "Raise it nationally"),
                            ("keep", "Keep it, and explain why"),
                        ],
                        max_length=12,
                        verbose_name="what was decided",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="why")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("carried_out", models.TextField(blank=True, verbose_name="what was done")),
                ("changed_on", models.DateField(null=True, verbose_name="holds from")),
                ("effect", models.TextField(blank=True, verbose_name="what came of it")),
                ("effect_numbers", models.JSONField(blank=True, default=dict)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                        verbose_name="routine",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "decided_by",
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
                    "routine_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routineversion",
                        verbose_name="new version",
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
                "verbose_name": "historical learning question",
                "verbose_name_plural": "historical learning questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LearningQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("problem", models.TextField(verbose_name="what is the problem?")),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="cases.routine",
                        verbose_name="routine",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="before")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("inquiry", "Being looked into"),
                            ("proposal", "Proposal made"),
                            ("decided", "Decided"),
                            ("carried_out", "Carried out"),
                            ("effect_checked", "Effect looked at"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="begun"),
                ),
                ("findings", models.TextField(blank=True, verbose_name="what did we find out?")),
                ("proposal", models.TextField(blank=True, verbose_name="what do we propose?")),
                (
                    "improvement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("change_rule", "Change the rule"),
                            ("widen_space", "Give more room"),
                            ("fix_system", "Fix the system or the form"),
                            ("train", "Train or advise colleagues"),
                            ("lobby", "Raise it nationally"),
                            ("keep", "Keep it, and explain why"),
                        ],
                        max_length=12,
                        verbose_name="what was decided",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="why")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("carried_out", models.TextField(blank=True, verbose_name="what was done")),
                ("changed_on", models.DateField(null=True, verbose_name="holds from")),
                (
                    "routine_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="cases.routineversion",
                        verbose_name="new version",
                    ),
                ),
                ("effect", models.TextField(blank=True, verbose_name="what came of it")),
                ("effect_numbers", models.JSONField(blank=True, default=dict)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
            ],
            options={
                "verbose_name": "learning question",
                "verbose_name_plural": "learning questions",
                "ordering": ("due_on", "number"),
                "indexes": [models.Index(fields=["state", "due_on"], name="question_state_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["open", "inquiry", "proposal", "decided", "carried_out", "effect_checked", "closed"],
                            )
                        ),
                        name="question_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("problem", ""), _negated=True), name="question_problem_first"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("improvement", "")),
                            models.Q(
                                models.Q(("improvement", ""), _negated=True),
                                models.Q(("reasons", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_decision_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="question_closed_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CubeState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("watermark", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(null=True, verbose_name="updated")),
                ("handled", models.JSONField(default=list)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="cube_state_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Cube",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField()),
                ("period", models.PositiveIntegerField(help_text="yyyymm, Europe/Amsterdam", verbose_name="month")),
                (
                    "routine",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.team",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                    ),
                ),
                ("kind", models.CharField(max_length=10, verbose_name="kind")),
                ("answer", models.CharField(blank=True, max_length=24, verbose_name="answer")),
                ("outcome", models.CharField(blank=True, max_length=10, verbose_name="did it help?")),
                ("source_type", models.CharField(max_length=20, verbose_name="kind of source")),
                ("weight", models.CharField(max_length=1, verbose_name="weight")),
                ("deviations", models.PositiveIntegerField(verbose_name="deviations")),
                ("amount_cents", models.PositiveBigIntegerField(verbose_name="extra cost")),
                ("avoided_cents", models.PositiveBigIntegerField(verbose_name="avoided cost")),
                ("lead_minutes", models.PositiveBigIntegerField(verbose_name="minutes until the answer, together")),
                ("lead_count", models.PositiveIntegerField(verbose_name="how many have such a time")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "generation",
                            "period",
                            "routine",
                            "team",
                            "policy_domain",
                            "kind",
                            "answer",
                            "outcome",
                            "source_type",
                            "weight",
                        ),
                        name="cube_cell_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CubeUse",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField()),
                ("period", models.PositiveIntegerField(help_text="yyyymm, Europe/Amsterdam", verbose_name="month")),
                (
                    "routine",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.team",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("cases", "Cases here"), ("reported", "Monthly totals reported")], max_length=10
                    ),
                ),
                ("uses", models.PositiveIntegerField(verbose_name="uses")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("generation", "period", "routine", "team", "policy_domain", "source"),
                        name="cube_use_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredDashboard",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("selection", models.JSONField()),
                ("version", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["version"], name="stored_dashboard_version")],
            },
        ),
        migrations.CreateModel(
            name="Chart",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("spec", models.JSONField()),
                ("svg", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("svg", "")), fields=["asked_at"], name="chart_to_draw")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLearningReport",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "In preparation"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("cut_off", models.DateTimeField(default=django.utils.timezone.now, verbose_name="figures as of")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("note", models.TextField(blank=True, verbose_name="what changed since the edition before")),
                ("bottlenecks", models.TextField(blank=True, verbose_name="bottlenecks")),
                ("lessons", models.TextField(blank=True, verbose_name="what we learnt")),
                ("done", models.TextField(blank=True, verbose_name="what was done with it")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "made_by",
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
                    "published_by",
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
                "verbose_name": "historical learning report",
                "verbose_name_plural": "historical learning reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LearningReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "In preparation"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("cut_off", models.DateTimeField(default=django.utils.timezone.now, verbose_name="figures as of")),
                ("figures", models.JSONField(verbose_name="figures")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("note", models.TextField(blank=True, verbose_name="what changed since the edition before")),
                ("bottlenecks", models.TextField(blank=True, verbose_name="bottlenecks")),
                ("lessons", models.TextField(blank=True, verbose_name="what we learnt")),
                ("done", models.TextField(blank=True, verbose_name="what was done with it")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "learning report",
                "verbose_name_plural": "learning reports",
                "ordering": ("-year", "-quarter", "-edition"),
                "constraints": [
                    models.UniqueConstraint(fields=("year", "quarter", "edition"), name="report_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="report_quarter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", 1), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="report_next_edition_has_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False), ("state", "published")
                            ),
                            models.Q(
                                ("published_at__isnull", True), ("published_by__isnull", True), ("state", "draft")
                            ),
                            _connector="OR",
                        ),
                        name="report_published_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollupRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("full", "Everything"), ("keys", "What changed")],
                        default="full",
                        max_length=5,
                        verbose_name="what",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "spec_version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="version of the rules of counting"),
                ),
                ("generation", models.PositiveIntegerField(null=True)),
                ("from_period", models.PositiveIntegerField(help_text="yyyymm", null=True, verbose_name="from")),
                (
                    "to_period",
                    models.PositiveIntegerField(help_text="yyyymm", null=True, verbose_name="up to and including"),
                ),
                ("steps_done", models.PositiveIntegerField(default=0)),
                ("steps_total", models.PositiveIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("milliseconds", models.PositiveIntegerField(null=True, verbose_name="duration")),
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
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested")),
                ("started_at", models.DateTimeField(null=True, verbose_name="started")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("leased_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "roll-up",
                "verbose_name_plural": "roll-ups",
                "ordering": ("-requested_at", "-id"),
                "indexes": [models.Index(fields=["-requested_at", "-id"], name="rollup_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "full"), ("state", "running")),
                        fields=("kind",),
                        name="rollup_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "full"), ("state", "queued")),
                        fields=("kind",),
                        name="rollup_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state__in", ("done", "failed"))),
                            models.Q(("finished_at__isnull", True), ("state__in", ("queued", "running"))),
                            _connector="OR",
                        ),
                        name="rollup_finished_when_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="learning.learningquestion",
                    ),
                ),
                (
                    "deviation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="question_links",
                        to="deviations.deviation",
                    ),
                ),
                (
                    "signaller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signalled by",
                    ),
                ),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("story", models.TextField(blank=True, verbose_name="story")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="story asked")),
                ("told_at", models.DateTimeField(null=True, verbose_name="story told")),
            ],
            options={
                "verbose_name": "deviation of a learning question",
                "verbose_name_plural": "deviations of learning questions",
                "constraints": [
                    models.UniqueConstraint(fields=("question", "deviation"), name="question_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("story", ""), ("told_at__isnull", True)),
                            models.Q(models.Q(("story", ""), _negated=True), ("told_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_story_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="learning.learningquestion",
                    ),
                ),
                (
                    "signaller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received: we look at it"),
                            ("acted", "Acted upon here"),
                            ("spread", "Shared with all teams"),
                            ("done", "This was done with it"),
                            ("helped", "This changed, and it helped"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("text", models.TextField(verbose_name="in your words")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
            ],
            options={
                "verbose_name": "answer to who signalled",
                "verbose_name_plural": "answers to who signalled",
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="reply_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("received", "acted", "spread", "done", "helped"))),
                        name="reply_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSignal",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("identity", models.CharField(db_index=True, editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("threshold", "Often in one month"),
                            ("rise", "More often than before"),
                            ("disproportion", "More often here than elsewhere"),
                            ("poor_outcome", "Helps less often than elsewhere"),
                            ("unequal_answers", "Answered differently elsewhere"),
                            ("slow_answers", "Answered late"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("dimension", models.CharField(blank=True, max_length=20)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("since", models.PositiveIntegerField(help_text="yyyymm", verbose_name="since")),
                ("observed", models.PositiveIntegerField(verbose_name="observed")),
                ("expected", models.FloatField(verbose_name="expected")),
                ("effect", models.FloatField(verbose_name="how many times")),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("q_value", models.FloatField(null=True)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed limit"),
                            ("possible", "Possible: have a look"),
                            ("likely", "Likely"),
                            ("strong", "Almost certain"),
                        ],
                        max_length=10,
                        verbose_name="how sure",
                    ),
                ),
                ("found_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="first found")),
                ("last_found_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="last found")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("triaged", "Looked at"),
                            ("linked", "Part of a learning question"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="before")),
                ("reasons", models.TextField(blank=True, verbose_name="why it was dismissed")),
                ("dismissed_effect", models.FloatField(null=True)),
                ("dismissed_observed", models.PositiveIntegerField(null=True)),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
                        verbose_name="routine",
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
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="learning.learningquestion",
                        verbose_name="learning question",
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
                "verbose_name": "historical signal",
                "verbose_name_plural": "historical signals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("identity", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("threshold", "Often in one month"),
                            ("rise", "More often than before"),
                            ("disproportion", "More often here than elsewhere"),
                            ("poor_outcome", "Helps less often than elsewhere"),
                            ("unequal_answers", "Answered differently elsewhere"),
                            ("slow_answers", "Answered late"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="cases.routine",
                        verbose_name="routine",
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
                ("dimension", models.CharField(blank=True, max_length=20)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("since", models.PositiveIntegerField(help_text="yyyymm", verbose_name="since")),
                ("observed", models.PositiveIntegerField(verbose_name="observed")),
                ("expected", models.FloatField(verbose_name="expected")),
                ("effect", models.FloatField(verbose_name="how many times")),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("q_value", models.FloatField(null=True)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed limit"),
                            ("possible", "Possible: have a look"),
                            ("likely", "Likely"),
                            ("strong", "Almost certain"),
                        ],
                        max_length=10,
                        verbose_name="how sure",
                    ),
                ),
                ("months", models.JSONField(default=list)),
                ("found_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="first found")),
                ("last_found_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="last found")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("triaged", "Looked at"),
                            ("linked", "Part of a learning question"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="before")),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="learning.learningquestion",
                        verbose_name="learning question",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="why it was dismissed")),
                ("dismissed_effect", models.FloatField(null=True)),
                ("dismissed_observed", models.PositiveIntegerField(null=True)),
            ],
            options={
                "verbose_name": "signal",
                "verbose_name_plural": "signals",
                "ordering": ("due_on", "-effect", "id"),
                "indexes": [models.Index(fields=["state", "due_on"], name="signal_state_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "triaged", "linked", "dismissed"])),
                        name="signal_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            models.Q(models.Q(("reasons", ""), _negated=True), ("dismissed_effect__isnull", False)),
                            _connector="OR",
                        ),
                        name="signal_dismissed_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question__isnull", False), ("state", "linked")),
                            models.Q(models.Q(("state", "linked"), _negated=True), ("question__isnull", True)),
                            _connector="OR",
                        ),
                        name="signal_linked_to_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "triaged"), _negated=True), ("owner__isnull", False), _connector="OR"
                        ),
                        name="signal_triaged_has_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportStory",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stories",
                        to="learning.learningreport",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learning.link"
                    ),
                ),
                ("text", models.TextField(verbose_name="story")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "story of a report",
                "verbose_name_plural": "stories of reports",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "link"), name="report_story_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("chosen_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_story_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_story_released_when",
                    ),
                ],
            },
        ),
    ]
    operations = together(operations)
