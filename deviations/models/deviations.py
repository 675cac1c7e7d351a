"""The deviation itself: what the routine would do here, what is done instead, and why."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Routine, RoutineVersion, SourceType
from deviations.rules.answering import PassedOn
from deviations.rules.lawfulness import Lawfulness
from deviations.rules.weighing import Weight
from deviations.workflow import State
from organisation.kernel.asking import ExistsByRow
from organisation.kernel.dutch import words
from organisation.kernel.history import HistoricalRecords
from organisation.kernel.periods import Period
from organisation.models import Basis, LifeDomain, Neighbourhood, Noun, PolicyDomain, Team, User

from .importing import RegisterImport
from .looking_back import LookingBack
from .reach import read_to_answer, turns_to
from .spaces import DiscretionarySpace
from .terms import Cause, Ground


class Kind(models.TextChoices):
    """What happened with the routine."""

    MADE = "made", _("Made: we depart from the routine")
    CONSIDERED = "considered", _("Considered: we followed the routine after all")
    BLOCKED = "blocked", _("Blocked: we wanted to depart, but could not")


class Urgency(models.TextChoices):
    """How soon an answer is needed."""

    NORMAL = "normal", _("Normal: answer within five working days")
    URGENT = "urgent", _("Urgent: answer within one working day")
    ALREADY_DONE = "already_done", _("Already done: I had to act at once")


class Answer(models.TextChoices):
    """What was said to a request."""

    AGREED = "agreed", _("Agreed")
    AGREED_WITH_CONDITIONS = "agreed_with_conditions", _("Agreed with conditions")
    REFUSED = "refused", _("Refused")
    BY_SPACE = "by_space", _("Agreed by space")


class Outcome(models.TextChoices):
    """Whether it helped."""

    YES = "yes", _("Yes, it helped")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Structural(models.TextChoices):
    """Whether this is one odd case or the routine itself."""

    INCIDENT = "incident", _("Incident")
    STRUCTURAL = "structural", _("Structural")


ROW = (
    "number", "kind", "instead", "why_here", "state", "answer", "amount_cents", "created_at",
    "author__name", "team__name", "routine__title_nl", "routine__title_en", "urgency", "lawfulness", "case",
)  # fmt: skip


class DeviationQuerySet(LookingBack):
    """Deviations by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """Own ones always; others' drafts never; for the rest whoever sees the case, or answers for the team."""
        if not user.is_active:
            return self.none()
        # Asked for each row: gathering all cases that somebody sees takes longer than a page has.
        sees_case = ExistsByRow(Case.objects.visible_to(user).filter(pk=OuterRef("case")))
        return self.filter(Q(author=user) | ~Q(state=State.DRAFT) & (sees_case | read_to_answer(user)))

    def awaiting_answer_of(self, user: User) -> Self:
        """Requests this manager can answer, for their own teams or for somebody else; never their own."""
        return self.filter(turns_to(user)).exclude(author__in=user.accounts)

    def late_for(self, author: User) -> Self:
        """Own requests whose answer did not come in time."""
        return self.filter(author=author, state=State.AWAITING, due_at__lt=timezone.now())

    def for_pages(self) -> Self:
        """With the rows that a page or list shows beside it."""
        return self.select_related("case", "author", "team", "routine", "routine_version", "space", "decided_by")

    def for_rows(self) -> Self:
        """With what a row of the table of deviations shows (deviations/parts/rows.html), and no more."""
        return self.select_related("author", "team", "routine").only(*ROW)

    def for_drafts(self) -> Self:
        """With what the short list of drafts shows, and no more."""
        return self.select_related("case", "routine").only(
            "number", "instead", "case__number", "routine__title_nl", "routine__title_en"
        )

    def of_month(self, month: Period) -> Self:
        """Begun in this month."""
        return self.filter(created_at__gte=month.starts_at, created_at__lt=month.ends_before)

    def search(self, text: str) -> Self:
        """Those with all these words, in any form, in their number or in the quick record; the newest first."""
        from .texts import with_all  # which points at a deviation

        wanted = with_all(words(text))
        return self.filter(text__words__holds=wanted).order_by("-text__id") if wanted else self.none()

    def counted(self) -> Self:
        """Those that figures are made of: no drafts, nothing withdrawn, no import that is not finished."""
        rows = self.filter(period__isnull=False)
        # Only those that have rows at all: naming any import keeps the count from running on its index alone.
        rows_of = self.model._default_manager.filter(register=OuterRef("pk")).order_by()
        unfinished = list(RegisterImport.objects.unfinished().filter(Exists(rows_of)).values_list("pk", flat=True))
        return rows.exclude(register__in=unfinished) if unfinished else rows


class Deviation(Noun):
    """A departure from a routine, made, considered or blocked, with its reasons."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, related_name="deviations", verbose_name=_("case")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="deviations",
        verbose_name=_("author"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MADE)
    routine_version = models.ForeignKey(RoutineVersion, on_delete=models.PROTECT, null=True, related_name="deviations")

    # The quick record
    if_followed = models.TextField(_("what would following the routine do here?"), blank=True)
    instead = models.TextField(_("what do you do instead?"), blank=True)
    why_here = models.TextField(_("why here?"), blank=True)
    urgency = models.CharField(_("how urgent is it?"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    acted_on = models.DateField(_("when did you act?"), null=True, blank=True)
    belongs_or_helps = models.PositiveSmallIntegerField(
        _("does it belong, or does it help?"), default=2, validators=[MaxValueValidator(4)]
    )

    # On demand, or when the weight asks for it
    amount_cents = models.PositiveBigIntegerField(_("extra cost"), default=0)
    avoided_cents = models.PositiveBigIntegerField(_("avoided cost"), default=0)
    avoided_source = models.CharField(_("source of the estimate"), max_length=200, blank=True)
    grounds = models.ManyToManyField(Ground, blank=True, related_name="deviations", verbose_name=_("grounds"))
    causes = models.ManyToManyField(Cause, blank=True, related_name="deviations", verbose_name=_("causes"))
    life_domains = models.ManyToManyField(LifeDomain, blank=True, verbose_name=_("life domains"))
    purpose_served = models.TextField(_("how does this serve the purpose of the routine?"), blank=True)
    alternatives = models.TextField(_("what else did you consider?"), blank=True)
    residents_view = models.TextField(_("what does the resident think of it?"), blank=True)
    tension = models.TextField(_("which two values pull against each other, and where do you land?"), blank=True)
    lasts_until = models.DateField(_("until when?"), null=True, blank=True)
    risk_child_safety = models.BooleanField(_("the safety of a child is at stake"), default=False)
    risk_fraud_inquiry = models.BooleanField(_("there is a fraud inquiry"), default=False)
    risk_rights_of_others = models.BooleanField(_("it touches the rights of others"), default=False)
    structural = models.CharField(_("incident or structural?"), max_length=10, choices=Structural.choices, blank=True)

    # Set by the server, never by a form
    state = models.CharField(_("status"), max_length=24, choices=State.choices, default=State.DRAFT, editable=False)
    weight = models.CharField(_("weight"), max_length=1, choices=Weight.choices, default=Weight.A, editable=False)
    lawfulness = models.CharField(_("in law"), max_length=20, choices=Lawfulness.choices, blank=True, editable=False)
    # For what comes from a register: the day that stands there.
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("answer before"), null=True, blank=True, editable=False)
    passed_on = models.PositiveSmallIntegerField(
        _("passed on"), choices=PassedOn.choices, default=PassedOn.NOT, editable=False
    )
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    space = models.ForeignKey(
        DiscretionarySpace, on_delete=models.PROTECT, null=True, related_name="deviations", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    # What is counted: copies that make the roll-up one index. `period` is empty for what does not count.
    period = models.PositiveIntegerField(_("month"), null=True, editable=False, help_text="yyyymm, Europe/Amsterdam")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"), editable=False)
    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, null=True, related_name="deviations", editable=False)
    policy_domain = models.ForeignKey(PolicyDomain, on_delete=models.PROTECT, related_name="+", editable=False)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    source_type = models.CharField(max_length=20, choices=SourceType.choices, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=24, choices=Answer.choices, blank=True, editable=False)
    outcome = models.CharField(_("did it help?"), max_length=10, choices=Outcome.choices, blank=True, editable=False)
    lead_minutes = models.PositiveIntegerField(_("minutes until the answer"), null=True, editable=False)

    # From a register kept elsewhere: no case page and no author here
    register = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, null=True, related_name="deviations", editable=False
    )
    register_line = models.PositiveIntegerField(null=True, editable=False)
    register_reference = models.CharField(_("reference elsewhere"), max_length=60, blank=True, editable=False)

    objects = DeviationQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[grounds, causes, life_domains])

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        constraints = (
            models.CheckConstraint(
                condition=Q(register__isnull=True, register_line__isnull=True, case__isnull=False, author__isnull=False)
                | Q(register__isnull=False, register_line__isnull=False, case__isnull=True, author__isnull=True),
                name="deviation_own_or_imported",
            ),
            models.UniqueConstraint(fields=("register", "register_line"), name="deviation_import_line_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="deviation_state"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="deviation_weight"),
            models.CheckConstraint(condition=Q(belongs_or_helps__lte=4), name="deviation_belongs_or_helps"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.WITHDRAWN))
                | Q(routine_version__isnull=False, routine__isnull=False) & ~Q(source_type=""),
                name="deviation_has_routine",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.WITHDRAWN), period__isnull=True)
                | ~Q(state__in=(State.DRAFT, State.WITHDRAWN)) & Q(period__isnull=False),
                name="deviation_counts_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")), name="deviation_author_never_decides"
            ),
            models.CheckConstraint(
                condition=Q(state=State.AGREED, answer__in=(Answer.AGREED, Answer.BY_SPACE))
                | Q(state=State.AGREED_WITH_CONDITIONS, answer=Answer.AGREED_WITH_CONDITIONS)
                | Q(state=State.REFUSED, answer=Answer.REFUSED)
                | Q(state=State.EVALUATED, answer__in=(Answer.AGREED, Answer.BY_SPACE, Answer.AGREED_WITH_CONDITIONS))
                | Q(state__in=(State.DRAFT, State.AWAITING, State.RECORDED, State.WITHDRAWN), answer=""),
                name="deviation_answer_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(register__isnull=False)
                | Q(answer=Answer.BY_SPACE, space__isnull=False)
                | ~Q(answer=Answer.BY_SPACE) & Q(space__isnull=True),
                name="deviation_space_when_by_space",
            ),
        )
        indexes = (
            # Covers the whole roll-up, cube and summaries: it never touches the table (performance.md). The key is for
            # what is counted beside a deviation: causes, life domains, what it really cost.
            models.Index(
                fields=(
                    "period", "routine", "team", "policy_domain", "kind", "answer", "outcome", "source_type", "weight",
                    "amount_cents", "avoided_cents", "lead_minutes", "urgency", "structural", "id",
                ),
                name="deviation_rollup",
            ),
            models.Index(fields=("team", "state", "due_at"), name="deviation_queue"),
            models.Index(fields=("author", "-created_at"), name="deviation_author"),
            models.Index(fields=("-created_at", "-id"), name="deviation_newest"),
            models.Index(fields=("team", "submitted_at"), condition=Q(urgency="already_done"), name="deviation_done"),
            models.Index(
                fields=("lawfulness", "-created_at"),
                condition=Q(lawfulness__in=(Lawfulness.NEEDS_ATTENTION, Lawfulness.BEYOND_LAW)),
                name="deviation_stands_out",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def bases_of(user: User, deviations: "Sequence[Deviation]") -> dict[UUID, Basis]:
        """Why this person could open each of these deviations, for the access log."""
        from .opened_by import bases_of

        return bases_of(user, deviations)

    def get_absolute_url(self) -> str:
        """The page of this deviation."""
        return reverse("deviations:deviation", args=[self.pk])
