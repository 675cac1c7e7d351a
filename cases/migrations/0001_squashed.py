"""All tables of `cases` as they stood before the first release; replaces the steps that led there."""

import uuid

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cases.models.attachments
import organisation.kernel.ids
from organisation.kernel.migrating import together


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_initial"),
        ("cases", "0003_routine_title_in_two_languages"),
        ("cases", "0004_attachments"),
    ]

    initial = True

    dependencies = [
        ("organisation", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRoutine",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("title_nl", models.CharField(max_length=160, verbose_name="title in Dutch")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                ("owner", models.CharField(blank=True, max_length=120, verbose_name="owner")),
                (
                    "policy_domain",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                        verbose_name="policy domain",
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
                "verbose_name": "historical routine",
                "verbose_name_plural": "historical routines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Routine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("title_nl", models.CharField(max_length=160, verbose_name="title in Dutch")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                (
                    "policy_domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routines",
                        to="organisation.policydomain",
                        verbose_name="policy domain",
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=120, verbose_name="owner")),
            ],
            options={
                "verbose_name": "routine",
                "verbose_name_plural": "routines",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCase",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="case number")),
                (
                    "external_reference",
                    models.CharField(
                        blank=True,
                        help_text="The number of this case in your own system.",
                        max_length=60,
                        verbose_name="number in the case system",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                ("question", models.TextField(verbose_name="question in the resident's own words")),
                ("needed", models.TextField(blank=True, verbose_name="what is needed")),
                (
                    "practice",
                    models.CharField(
                        choices=[("routine", "Routine"), ("tailored", "Tailored work")],
                        default="routine",
                        editable=False,
                        max_length=10,
                        verbose_name="practice",
                    ),
                ),
                (
                    "before_manager",
                    models.BooleanField(default=False, editable=False, verbose_name="put before the manager"),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[("team", "My team"), ("named", "Only named colleagues")],
                        default="team",
                        max_length=10,
                        verbose_name="who may see this case",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("on_hold", "On hold"), ("closed", "Closed")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened"),
                ),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target date")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("partly", "Partly reached"),
                            ("not", "Not reached"),
                            ("unknown", "Not known"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("closing_remark", models.TextField(blank=True, editable=False, verbose_name="explanation")),
                (
                    "contact_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="How often the resident has come with this question.",
                        verbose_name="contacts about this question",
                    ),
                ),
                (
                    "retention_class",
                    models.CharField(blank=True, editable=False, max_length=20, verbose_name="retention class"),
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
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handler",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.policydomain",
                        verbose_name="policy domain",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.neighbourhood",
                        verbose_name="neighbourhood",
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
                "verbose_name": "historical case",
                "verbose_name_plural": "historical cases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="case number")),
                (
                    "external_reference",
                    models.CharField(
                        blank=True,
                        help_text="The number of this case in your own system.",
                        max_length=60,
                        verbose_name="number in the case system",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                ("question", models.TextField(verbose_name="question in the resident's own words")),
                ("needed", models.TextField(blank=True, verbose_name="what is needed")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisation.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handler",
                    ),
                ),
                (
                    "policy_domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisation.policydomain",
                        verbose_name="policy domain",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisation.neighbourhood",
                        verbose_name="neighbourhood",
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        choices=[("routine", "Routine"), ("tailored", "Tailored work")],
                        default="routine",
                        editable=False,
                        max_length=10,
                        verbose_name="practice",
                    ),
                ),
                (
                    "before_manager",
                    models.BooleanField(default=False, editable=False, verbose_name="put before the manager"),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[("team", "My team"), ("named", "Only named colleagues")],
                        default="team",
                        max_length=10,
                        verbose_name="who may see this case",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("on_hold", "On hold"), ("closed", "Closed")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened"),
                ),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target date")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("partly", "Partly reached"),
                            ("not", "Not reached"),
                            ("unknown", "Not known"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("closing_remark", models.TextField(blank=True, editable=False, verbose_name="explanation")),
                (
                    "contact_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="How often the resident has come with this question.",
                        verbose_name="contacts about this question",
                    ),
                ),
                (
                    "retention_class",
                    models.CharField(blank=True, editable=False, max_length=20, verbose_name="retention class"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "life_domains",
                    models.ManyToManyField(blank=True, to="organisation.lifedomain", verbose_name="life domains"),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ("-opened_at", "-id"),
                "permissions": (("view_case", "Can read this case"), ("work_on_case", "Can work on this case")),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["team", "-opened_at"], name="case_team_opened"),
                    models.Index(fields=["handler", "state"], name="case_handler"),
                    models.Index(fields=["-opened_at", "-id"], name="case_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("result", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("result", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_closed_with_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "on_hold", "closed"])), name="case_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="case_has_question"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRoutineVersion",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("prescribes", models.TextField(verbose_name="what it prescribes")),
                ("purpose", models.TextField(verbose_name="purpose")),
                (
                    "source_type",
                    models.CharField(
                        choices=[
                            ("habit", "Habit"),
                            ("system", "System"),
                            ("work_instruction", "Work instruction"),
                            ("policy_rule", "Policy rule"),
                            ("ordinance", "Ordinance"),
                            ("statute", "Statute"),
                        ],
                        max_length=20,
                        verbose_name="kind of source",
                    ),
                ),
                ("source_reference", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("reason", models.TextField(blank=True, verbose_name="why it changed")),
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
                "verbose_name": "historical version of a routine",
                "verbose_name_plural": "historical versions of routines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RoutineVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="cases.routine",
                        verbose_name="routine",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("prescribes", models.TextField(verbose_name="what it prescribes")),
                ("purpose", models.TextField(verbose_name="purpose")),
                (
                    "source_type",
                    models.CharField(
                        choices=[
                            ("habit", "Habit"),
                            ("system", "System"),
                            ("work_instruction", "Work instruction"),
                            ("policy_rule", "Policy rule"),
                            ("ordinance", "Ordinance"),
                            ("statute", "Statute"),
                        ],
                        max_length=20,
                        verbose_name="kind of source",
                    ),
                ),
                ("source_reference", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("reason", models.TextField(blank=True, verbose_name="why it changed")),
            ],
            options={
                "verbose_name": "version of a routine",
                "verbose_name_plural": "versions of routines",
                "ordering": ("routine__code", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("routine", "number"), name="routine_version_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("routine",),
                        name="routine_version_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="routine_version_has_purpose"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="routine_version_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source_type__in",
                                ["habit", "system", "work_instruction", "policy_rule", "ordinance", "statute"],
                            )
                        ),
                        name="routine_version_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAttachment",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("title", models.CharField(max_length=120, verbose_name="what it is")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("png", "png"),
                            ("jpg", "jpg"),
                            ("docx", "docx"),
                            ("xlsx", "xlsx"),
                            ("odt", "odt"),
                            ("ods", "ods"),
                            ("txt", "txt"),
                        ],
                        max_length=4,
                        verbose_name="kind of file",
                    ),
                ),
                ("file", models.TextField(editable=False, max_length=100)),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "added_by",
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
                "verbose_name": "historical attachment",
                "verbose_name_plural": "historical attachments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="cases.case"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what it is")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("png", "png"),
                            ("jpg", "jpg"),
                            ("docx", "docx"),
                            ("xlsx", "xlsx"),
                            ("odt", "odt"),
                            ("ods", "ods"),
                            ("txt", "txt"),
                        ],
                        max_length=4,
                        verbose_name="kind of file",
                    ),
                ),
                ("file", models.FileField(editable=False, upload_to=cases.models.attachments.random_name)),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added")),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("-added_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("pdf", "png", "jpg", "docx", "xlsx", "odt", "ods", "txt"))),
                        name="attachment_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), ("size__lte", 10485760)), name="attachment_size"
                    ),
                    models.UniqueConstraint(fields=("case", "digest"), name="attachment_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="journal", to="cases.case"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "Contact"),
                            ("observation", "Observation"),
                            ("agreement", "Agreement"),
                            ("consultation", "Consultation"),
                            ("decision", "Decision"),
                            ("note", "Note"),
                        ],
                        default="contact",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("text", models.TextField(verbose_name="what happened")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addenda",
                        to="cases.journalentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "ordering": ("-occurred_at", "-id"),
                "indexes": [models.Index(fields=["case", "-occurred_at"], name="journal_case")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="journal_has_text")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("what", models.CharField(max_length=300, verbose_name="what was agreed")),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("resident", "The resident"),
                            ("municipality", "The municipality"),
                            ("partner", "A partner"),
                        ],
                        default="municipality",
                        max_length=14,
                        verbose_name="who does it",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by when")),
                ("done_on", models.DateField(blank=True, editable=False, null=True, verbose_name="done on")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
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
                "verbose_name": "historical agreement",
                "verbose_name_plural": "historical agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="cases.case"
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="what was agreed")),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("resident", "The resident"),
                            ("municipality", "The municipality"),
                            ("partner", "A partner"),
                        ],
                        default="municipality",
                        max_length=14,
                        verbose_name="who does it",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by when")),
                ("done_on", models.DateField(blank=True, editable=False, null=True, verbose_name="done on")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": (models.OrderBy(models.F("done_on"), nulls_first=True), "due_on"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on__isnull", True)), fields=["due_on"], name="agreement_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseUserPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="shared by",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="user_shares", to="cases.case"
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("user", "content_object"), name="case_shared_once_user")
                ],
            },
            managers=[
                ("shares", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CaseGroupPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="shared by",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="group_shares", to="cases.case"
                    ),
                ),
            ],
            options={
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("group", "content_object"), name="case_shared_once_group")
                ],
            },
            managers=[
                ("shares", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="RoutineUseTotal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="totals", to="cases.routine"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.team"
                    ),
                ),
                ("period", models.PositiveIntegerField(help_text="yyyymm", verbose_name="month")),
                ("uses", models.PositiveIntegerField(verbose_name="uses")),
                ("source", models.UUIDField(null=True, verbose_name="import")),
            ],
            options={
                "verbose_name": "monthly use of a routine",
                "verbose_name_plural": "monthly uses of routines",
                "constraints": [
                    models.UniqueConstraint(fields=("period", "routine", "team"), name="routine_total_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalJournalEntry",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "Contact"),
                            ("observation", "Observation"),
                            ("agreement", "Agreement"),
                            ("consultation", "Consultation"),
                            ("decision", "Decision"),
                            ("note", "Note"),
                        ],
                        default="contact",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("text", models.TextField(verbose_name="what happened")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
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
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.journalentry",
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
                "verbose_name": "historical journal entry",
                "verbose_name_plural": "historical journal entries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoutineUse",
            fields=[
                ("id", models.UUIDField(db_index=True, default=organisation.kernel.ids.new_id, editable=False)),
                ("applied_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="applied on")),
                ("period", models.PositiveIntegerField(help_text="yyyymm, Europe/Amsterdam", verbose_name="month")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("followed", "Followed"),
                            ("deviated", "Departed from"),
                            ("considered", "Considered, followed after all"),
                        ],
                        default="followed",
                        max_length=12,
                        verbose_name="outcome",
                    ),
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
                        verbose_name="routine",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.routine",
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
                "verbose_name": "historical use of a routine",
                "verbose_name_plural": "historical uses of routines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RoutineUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=organisation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="routine_uses", to="cases.case"
                    ),
                ),
                (
                    "routine_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="cases.routineversion", verbose_name="routine"
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="cases.routine"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.team"
                    ),
                ),
                ("applied_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="applied on")),
                ("period", models.PositiveIntegerField(help_text="yyyymm, Europe/Amsterdam", verbose_name="month")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("followed", "Followed"),
                            ("deviated", "Departed from"),
                            ("considered", "Considered, followed after all"),
                        ],
                        default="followed",
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a routine",
                "verbose_name_plural": "uses of routines",
                "ordering": ("applied_on",),
                "indexes": [models.Index(fields=["period", "routine", "team"], name="routine_use_count")],
                "constraints": [models.UniqueConstraint(fields=("case", "routine_version"), name="routine_use_once")],
            },
        ),
    ]
    operations = together(operations)
