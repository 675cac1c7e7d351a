"""Signals: what stood out in the figures, who looks at it, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine
from deviations.models import Deviation
from learning.rules.findings import Confidence, Kind
from learning.workflow import SignalState
from organisation.kernel.history import HistoricalRecords
from organisation.kernel.periods import Period
from organisation.models import LifeDomain, Neighbourhood, Noun, Role, Team, Term, User
from organisation.models.base import reads_english

from .asking import LearningQuestion

TELLING = (
    Kind.RISE, Kind.UNEQUAL_ANSWERS, Kind.POOR_OUTCOME, Kind.SLOW_ANSWERS, Kind.LESSON, Kind.DISPROPORTION,
    Kind.THRESHOLD,
)  # fmt: skip
VALUES: dict[str, type[Term]] = {"life_domain": LifeDomain, "neighbourhood": Neighbourhood}


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """All of them for who reads the figures of everybody; a manager those of the teams they lead."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.POLICY_OFFICER, Role.REPORTER):
            return self
        return self.filter(team__in=user.standing.leads)

    def open(self) -> Self:
        """Not linked to a question and not dismissed."""
        return self.filter(state__in=(SignalState.NEW, SignalState.TRIAGED))

    def overdue(self) -> Self:
        """Nobody said within five working days what happens with it."""
        return self.open().filter(due_on__lt=timezone.localdate())

    def for_pages(self) -> Self:
        """With the rows that a list shows beside it, and what people call the value it is about."""
        label = "label_en" if reads_english() else "label_nl"
        called = (
            When(dimension=name, then=Subquery(terms._default_manager.filter(code=OuterRef("value")).values(label)[:1]))
            for name, terms in VALUES.items()
        )
        rows = self.select_related("routine", "team", "owner", "question")
        return rows.annotate(value_label=Case(*called, default=Value("")))

    def most_telling_first(self) -> Self:
        """What changed before what is merely often, the first due first."""
        places = {kind: place for place, kind in enumerate(TELLING)}
        kind_first = Case(*(When(kind=kind, then=place) for kind, place in places.items()), default=len(places))
        return self.order_by("due_on", kind_first, "-effect", "id")


class Signal(Noun):
    """Something that stood out. One row for each thing, however often it is found again."""

    identity = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    routine = models.ForeignKey(
        Routine, on_delete=models.PROTECT, null=True, related_name="signals", verbose_name=_("routine")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    dimension = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=40, blank=True)

    # As last found
    since = models.PositiveIntegerField(_("since"), help_text="yyyymm")
    observed = models.PositiveIntegerField(_("observed"))
    expected = models.FloatField(_("expected"))
    effect = models.FloatField(_("how many times"))
    low = models.FloatField()
    high = models.FloatField()
    q_value = models.FloatField(null=True)
    confidence = models.CharField(_("how sure"), max_length=10, choices=Confidence.choices)
    # Of a lesson: the words of who said it, and what it was said about. Nobody reads the one by the other.
    words = models.TextField(_("lesson"), blank=True)
    deviation = models.ForeignKey(Deviation, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    # Months as [yyyymm, number or null where it is hidden, expected]
    months = models.JSONField(default=list)
    found_on = models.DateField(_("first found"), default=timezone.localdate)
    last_found_on = models.DateField(_("last found"), default=timezone.localdate)

    state = models.CharField(_("status"), max_length=10, choices=SignalState.choices, default=SignalState.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    due_on = models.DateField(_("before"))
    question = models.ForeignKey(
        LearningQuestion,
        on_delete=models.PROTECT,
        null=True,
        related_name="signals",
        verbose_name=_("learning question"),
    )
    reasons = models.TextField(_("why it was dismissed"), blank=True)
    # How large it was then: it comes back only when it has grown.
    dismissed_effect = models.FloatField(null=True)
    dismissed_observed = models.PositiveIntegerField(null=True)

    objects = SignalQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["months"])

    value_label: str | None = ""  # filled by `for_pages`

    class Meta:
        ordering = ("due_on", "-effect", "id")
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=SignalState.values), name="signal_state"),
            models.CheckConstraint(
                condition=~Q(state=SignalState.DISMISSED) | ~Q(reasons="") & Q(dismissed_effect__isnull=False),
                name="signal_dismissed_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state=SignalState.LINKED, question__isnull=False)
                | ~Q(state=SignalState.LINKED) & Q(question__isnull=True),
                name="signal_linked_to_question",
            ),
            models.CheckConstraint(condition=~Q(kind=Kind.LESSON) | ~Q(words=""), name="signal_lesson_has_words"),
            models.CheckConstraint(
                condition=~Q(state=SignalState.TRIAGED) | Q(owner__isnull=False), name="signal_triaged_has_owner"
            ),
        )
        indexes = (models.Index(fields=("state", "due_on"), name="signal_state_due"),)

    def __str__(self) -> str:
        where = [str(place) for place in (self.routine, self.team, self.value_label) if place]
        return f"{self.get_kind_display()}: {', '.join(where)}" if where else str(self.get_kind_display())

    @property
    def since_month(self) -> Period:
        """The first month it is about."""
        return Period.from_int(self.since)

    @property
    def is_overdue(self) -> bool:
        """Nobody said in time what happens with it."""
        return self.state in (SignalState.NEW, SignalState.TRIAGED) and self.due_on < timezone.localdate()

    def get_absolute_url(self) -> str:
        """The page of this signal."""
        return reverse("learning:signal", args=[self.pk])
