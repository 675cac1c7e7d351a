"""The public register: lines about deviations, in classes and in words written for it, and the proposing of them."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.rules.classes import ABOVE, AMOUNTS, NONE, ORDER, Told
from accountability.workflow.register import LineState
from cases.models import Routine
from deviations.models import Deviation, Ground
from deviations.models.deviations import Answer, Kind
from deviations.rules.weighing import Weight
from organisation.kernel.periods import Quarter
from organisation.models import Noun, PolicyDomain, Role, User

SILENT_AFTER = timedelta(minutes=10)  # a worker that is alive says how far it is every few seconds
PERSON = settings.AUTH_USER_MODEL
LONGEST = 400


class AmountClass(models.TextChoices):
    """How much it cost extra, in classes."""

    NONE = NONE, _("No extra cost")
    TO_250 = AMOUNTS[1][1], _("Up to € 250")
    TO_1000 = AMOUNTS[2][1], _("€ 250 to € 1,000")
    TO_5000 = AMOUNTS[3][1], _("€ 1,000 to € 5,000")
    ABOVE = ABOVE, _("More than € 5,000")


class GroundClass(models.TextChoices):
    """On which ground, in classes: the heaviest of them."""

    NONE = NONE, _("No legal ground recorded")
    INTERPRETATION = Ground.Kind.INTERPRETATION.value, _("The rule was explained for this situation")
    DEVIATION = Ground.Kind.DEVIATION.value, _("The law or the rule allows to depart")
    PRINCIPLE = Ground.Kind.PRINCIPLE.value, _("A principle of law")
    BEYOND_LAW = Ground.Kind.BEYOND_LAW.value, _("Beyond the law")


class KindClass(models.TextChoices):
    """What happened with the routine, in words for everybody."""

    MADE = Kind.MADE.value, _("Departed from the routine")
    CONSIDERED = Kind.CONSIDERED.value, _("Thought about it, and followed the routine")
    BLOCKED = Kind.BLOCKED.value, _("Wanted to depart, but could not")


class WeightClass(models.TextChoices):
    """How heavy it was, in words for everybody."""

    A = Weight.A.value, _("Light: the professional may decide")
    B = Weight.B.value, _("Medium: together with a colleague")
    C = Weight.C.value, _("Heavy: together with the manager")
    D = Weight.D.value, _("Heaviest: with a lawyer and the executive board")


class AnswerClass(models.TextChoices):
    """What was answered; nothing when the routine was followed."""

    AGREED = Answer.AGREED.value, Answer.AGREED.label
    AGREED_WITH_CONDITIONS = Answer.AGREED_WITH_CONDITIONS.value, Answer.AGREED_WITH_CONDITIONS.label
    BY_SPACE = Answer.BY_SPACE.value, Answer.BY_SPACE.label
    REFUSED = Answer.REFUSED.value, Answer.REFUSED.label
    NONE = NONE, _("Not asked")


class RegisterLineQuerySet(models.QuerySet["RegisterLine"]):
    """Lines of the register."""

    def visible_to(self, user: User) -> Self:
        """What is in the register for everybody; the rest for who keeps it, and one's own to write."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.REPORTER, Role.POLICY_OFFICER):
            return self
        return self.filter(Q(state__in=PUBLIC) | Q(deviation__author=user))

    def public(self) -> Self:
        """In the register, or taken back from it."""
        return self.filter(state__in=PUBLIC)

    def for_rows(self) -> Self:
        """With what a row shows beside it."""
        return self.select_related("domain", "routine")


PUBLIC = (LineState.RELEASED, LineState.TAKEN_BACK)


class RegisterLine(Noun):
    """One line: the class of a deviation and a summary written for it. What is not told is empty."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    # Empty when it was destroyed: the line leads to nobody.
    deviation = models.OneToOneField(Deviation, on_delete=models.SET_NULL, null=True, related_name="register_line_of")
    state = models.CharField(_("status"), max_length=12, choices=LineState.choices, default=LineState.PROPOSED)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    quarter = models.PositiveSmallIntegerField(_("quarter"), null=True)
    domain = models.ForeignKey(
        PolicyDomain, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("policy domain")
    )
    routine = models.ForeignKey(
        Routine, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("routine")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KindClass.choices, blank=True)
    answer = models.CharField(_("answer"), max_length=24, choices=AnswerClass.choices, blank=True)
    weight = models.CharField(_("weight"), max_length=1, choices=WeightClass.choices, blank=True)
    ground = models.CharField(_("ground"), max_length=16, choices=GroundClass.choices, blank=True)
    amount = models.CharField(_("extra cost"), max_length=12, choices=AmountClass.choices, blank=True)
    summary = models.CharField(_("what happened, in a few words"), max_length=LONGEST, blank=True)
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    written_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released"), null=True)
    taken_back_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    reason = models.CharField(_("why it was taken back"), max_length=LONGEST, blank=True)

    objects = RegisterLineQuerySet.as_manager()

    class Meta:
        ordering = ("-released_at", "-number")
        verbose_name = _("line of the register")
        verbose_name_plural = _("lines of the register")
        indexes = (models.Index(fields=("state", "-released_at", "-number"), name="register_newest"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="register_state"),
            models.CheckConstraint(
                condition=Q(state=LineState.PROPOSED, summary="", written_by__isnull=True)
                | Q(state=LineState.TAKEN_BACK, summary="", written_by__isnull=False)
                | Q(state__in=(LineState.WRITTEN, LineState.RELEASED), written_by__isnull=False) & ~Q(summary=""),
                name="register_written",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC, released_by__isnull=False, released_at__isnull=False)
                | Q(released_by__isnull=True, released_at__isnull=True) & ~Q(state__in=PUBLIC),
                name="register_released_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | ~Q(released_by=F("written_by")) & ~Q(released_by=F("proposed_by")),
                name="register_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.TAKEN_BACK, taken_back_by__isnull=False, taken_back_at__isnull=False)
                & ~Q(reason="")
                | Q(taken_back_by__isnull=True, taken_back_at__isnull=True, reason="") & ~Q(state=LineState.TAKEN_BACK),
                name="register_taken_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(year__isnull=False, quarter__gte=1, quarter__lte=4),
                name="register_quarter_of_a_year",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def told(self) -> Told:
        """Its class."""
        values: dict[str, Any] = {name: getattr(self, name) for name in ORDER}
        values |= {"domain": self.domain_id, "routine": self.routine_id}
        return Told(**{name: "" if value is None else str(value) for name, value in values.items()})

    @told.setter
    def told(self, told: Told) -> None:
        self.year, self.quarter = (int(told.year) if told.year else None), (int(told.quarter) if told.quarter else None)
        self.domain_id, self.routine_id = told.domain or None, told.routine or None
        self.kind, self.answer, self.weight = told.kind, told.answer, told.weight
        self.ground, self.amount = told.ground, told.amount

    @property
    def when(self) -> str:
        """The quarter or year, in words."""
        if self.year and self.quarter:
            return Quarter(self.year, self.quarter).label
        return str(self.year or "")

    @property
    def about(self) -> str:
        """The routine, or else the policy domain."""
        return str(self.routine or self.domain or "")

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What else is told of it: a label and the words."""
        names = ("kind", "answer", "weight", "ground", "amount")
        pairs = [(label_of(name), str(getattr(self, f"get_{name}_display")())) for name in names]
        return [(label, text) for label, text in pairs if text]

    def is_told_by(self, person: Any) -> bool:
        """Whether this person made the deviation, and so can say what happened."""
        return bool(self.deviation_id and self.deviation and self.deviation.author_id in person.accounts)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("accountability:register-line", args=[self.pk])


def label_of(name: str) -> str:
    """What a property of a class is called."""
    field: Any = RegisterLine._meta.get_field(name)
    return str(field.verbose_name).capitalize()


class ProposingQuerySet(models.QuerySet["Proposing"]):
    """Times that lines were proposed."""

    def visible_to(self, user: User) -> Self:
        """For who keeps the register."""
        keeps = user.is_active and user.has_role(Role.REPORTER, Role.POLICY_OFFICER)
        return self if keeps else self.none()

    def going_on(self) -> Self:
        """Asked for and not finished; one whose worker fell silent is not going on."""
        alive = timezone.now() - SILENT_AFTER
        return self.filter(state__in=(Proposing.State.QUEUED, Proposing.State.RUNNING), heard_at__gt=alive)


class Proposing(Noun):
    """One time that lines are proposed: drawn from the deviations of a time, divided into safe classes."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    year = models.PositiveSmallIntegerField(_("year"))
    domain = models.ForeignKey(PolicyDomain, on_delete=models.PROTECT, null=True, related_name="+")
    most = models.PositiveSmallIntegerField(_("lines at most"))
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    made = models.PositiveIntegerField(_("lines proposed"), default=0)
    withheld = models.PositiveIntegerField(_("left out because nobody may be recognised"), default=0)
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = ProposingQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("proposing of lines")
        verbose_name_plural = _("proposings of lines")
        constraints = (
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=100), name="proposing_most"),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | Q(state__in=("queued", "running"), finished_at__isnull=True),
                name="proposing_finished_when_over",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Where it is shown how far it is."""
        return reverse("accountability:register-propose") + f"?run={self.pk}"
