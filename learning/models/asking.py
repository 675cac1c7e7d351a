"""Learning questions: a problem first, then what was found out, decided and done, and an answer to who signalled."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine, RoutineVersion
from deviations.models import Deviation, Unease
from learning.workflow import QuestionState
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, Role, User


class Improvement(models.TextChoices):
    """What was decided to do; to keep it as it is, and to explain why, is a decision too."""

    CHANGE_RULE = "change_rule", _("Change the rule")
    WIDEN_SPACE = "widen_space", _("Give more room")
    FIX_SYSTEM = "fix_system", _("Fix the system or the form")
    TRAIN = "train", _("Train or advise colleagues")
    LOBBY = "lobby", _("Raise it nationally")
    KEEP = "keep", _("Keep it, and explain why")


class QuestionQuerySet(models.QuerySet["LearningQuestion"]):
    """Learning questions."""

    def visible_to(self, user: User) -> Self:
        """Everybody who works here: a question holds no case, and what is late is seen by all."""
        return self if user.is_active else self.none()

    def going_on(self) -> Self:
        """Not closed."""
        return self.exclude(state=QuestionState.CLOSED)

    def overdue(self) -> Self:
        """Going on past its day."""
        return self.going_on().filter(due_on__lt=timezone.localdate())

    def same_routine_first(self, routine: Routine | None) -> Self:
        """Those about this routine first, then the first due."""
        same = Case(When(routine=routine, then=0), default=1) if routine else Value(0)
        return self.order_by(same, "due_on", "number")

    def for_pages(self) -> Self:
        """With the rows that a list shows beside it."""
        return self.select_related("routine", "owner", "routine_version")


class LearningQuestion(Noun):
    """What deviations ask of the organisation: one problem, from open to closed."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    problem = models.TextField(_("what is the problem?"))
    routine = models.ForeignKey(
        Routine, on_delete=models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("routine")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    due_on = models.DateField(_("before"))
    state = models.CharField(
        _("status"), max_length=16, choices=QuestionState.choices, default=QuestionState.OPEN, editable=False
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    findings = models.TextField(_("what did we find out?"), blank=True)
    proposal = models.TextField(_("what do we propose?"), blank=True)
    improvement = models.CharField(_("what was decided"), max_length=12, choices=Improvement.choices, blank=True)
    reasons = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    carried_out = models.TextField(_("what was done"), blank=True)
    # The day from which it holds: what the effect is measured around.
    changed_on = models.DateField(_("holds from"), null=True)
    routine_version = models.ForeignKey(
        RoutineVersion, on_delete=models.PROTECT, null=True, related_name="questions", verbose_name=_("new version")
    )
    effect = models.TextField(_("what came of it"), blank=True)
    effect_numbers = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("due_on", "number")
        verbose_name = _("learning question")
        verbose_name_plural = _("learning questions")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state"),
            models.CheckConstraint(condition=~Q(problem=""), name="question_problem_first"),
            models.CheckConstraint(
                condition=Q(improvement="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(improvement="") & ~Q(reasons="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="question_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.CLOSED, closed_at__isnull=False)
                | ~Q(state=QuestionState.CLOSED) & Q(closed_at__isnull=True),
                name="question_closed_when",
            ),
        )
        indexes = (models.Index(fields=("state", "due_on"), name="question_state_due"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_overdue(self) -> bool:
        """Going on past its day."""
        return self.state != QuestionState.CLOSED and self.due_on < timezone.localdate()

    @property
    def is_kept(self) -> bool:
        """Decided to leave things as they are."""
        return self.improvement == Improvement.KEEP

    @property
    def unanswered(self) -> int:
        """How many of those who signalled it do not know what came of it."""
        return owed_an_answer(self).count()

    def get_absolute_url(self) -> str:
        """The page of this question."""
        return reverse("learning:question", args=[self.pk])


class Link(Noun):
    """A deviation that a question is about. Its author signalled the problem and is owed an answer."""

    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="links")
    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="question_links")
    # Empty for what comes from a register: nobody here signalled it.
    signaller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("signalled by")
    )
    linked_at = models.DateTimeField(default=timezone.now)
    story = models.TextField(_("story"), blank=True)
    asked_at = models.DateTimeField(_("story asked"), null=True)
    told_at = models.DateTimeField(_("story told"), null=True)

    class Meta:
        verbose_name = _("deviation of a learning question")
        verbose_name_plural = _("deviations of learning questions")
        constraints = (
            models.UniqueConstraint(fields=("question", "deviation"), name="question_link_once"),
            models.CheckConstraint(
                condition=Q(story="", told_at__isnull=True) | ~Q(story="") & Q(told_at__isnull=False),
                name="question_story_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question.number}: {self.deviation_id}"

    @property
    def story_url(self) -> str:
        """Where the one who was asked tells the story."""
        return reverse("learning:story", args=[self.pk])


class SignLink(Noun):
    """A sign that something feels wrong which a question is about. Who said it is owed an answer as well."""

    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="signs")
    unease = models.ForeignKey(Unease, on_delete=models.CASCADE, related_name="question_links")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("linked_at", "id")
        verbose_name = _("sign of a learning question")
        verbose_name_plural = _("signs of learning questions")
        constraints = (models.UniqueConstraint(fields=("question", "unease"), name="question_sign_once"),)

    def __str__(self) -> str:
        return f"{self.question.number}: {self.unease}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Answers to those who signalled."""

    def visible_to(self, user: User) -> Self:
        """One's own, and all of them for policy officers."""
        return self if user.is_active and user.has_role(Role.POLICY_OFFICER) else self.filter(signaller=user)


class Reply(Noun):
    """An answer to somebody who signalled: what happened with it."""

    class Kind(models.TextChoices):
        """The five answers; a question can be closed with the last three."""

        RECEIVED = "received", _("Received: we look at it")
        ACTED = "acted", _("Acted upon here")
        SPREAD = "spread", _("Shared with all teams")
        DONE = "done", _("This was done with it")
        HELPED = "helped", _("This changed, and it helped")

    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="replies")
    signaller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(_("answer"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("in your words"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("answer to who signalled")
        verbose_name_plural = _("answers to who signalled")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="reply_has_text"),
            models.CheckConstraint(
                condition=Q(kind__in=("received", "acted", "spread", "done", "helped")), name="reply_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question.number}: {self.get_kind_display()}"


# Answers that say what came of it; “received” only says that somebody looks.
LAST_WORDS = (Reply.Kind.ACTED, Reply.Kind.SPREAD, Reply.Kind.DONE, Reply.Kind.HELPED)


def signallers(question: LearningQuestion) -> "models.QuerySet[User]":
    """Those who signalled this problem: with a deviation, or by saying that something feels wrong."""
    recorded = question.links.filter(signaller__isnull=False).values("signaller")
    people: models.QuerySet[User] = User.objects.filter(
        Q(pk__in=recorded) | Q(pk__in=question.signs.values("unease__author"))
    )
    return people


def owed_an_answer(question: LearningQuestion) -> "models.QuerySet[User]":
    """Those who signalled this problem and do not know yet what came of it."""
    answered = Reply.objects.filter(question=question, signaller=OuterRef("pk"), kind__in=LAST_WORDS)
    return signallers(question).exclude(Exists(answered))
