"""“Dit voelt niet goed”: what somebody says in one field, with or without a case, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from deviations.workflow import UneaseState
from organisation.models import Noun, Role, Team, User

from .deviations import Deviation


class UneaseQuerySet(models.QuerySet["Unease"]):
    """What felt wrong, by who may read it."""

    def visible_to(self, user: User) -> Self:
        """Who said it, the managers of the team, and policy officers; the case is no part of it."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.POLICY_OFFICER):
            return self
        return self.filter(Q(author=user) | Q(team__in=user.standing.leads))

    def story_visible_to(self, user: User) -> Self:
        """Its story names who said it, so it is not for policy officers."""
        return self.visible_to(user).filter(Q(author=user) | Q(team__in=user.standing.leads))

    def unanswered(self) -> Self:
        """Nobody has said anything back yet."""
        return self.filter(state=UneaseState.NEW)

    def for_pages(self) -> Self:
        """With the rows that a page or list shows beside it."""
        return self.select_related("author", "team", "deviation").prefetch_related("replies__by")


class Unease(Noun):
    """A feeling that something is not right, said by a caseworker in one field."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    text = models.TextField(_("what does not feel right?"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("case"))
    deviation = models.OneToOneField(
        Deviation, on_delete=models.SET_NULL, null=True, related_name="unease", verbose_name=_("deviation")
    )
    state = models.CharField(
        _("status"), max_length=10, choices=UneaseState.choices, default=UneaseState.NEW, editable=False
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = UneaseQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("sign that something feels wrong")
        verbose_name_plural = _("signs that something feels wrong")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="unease_has_text"),
            models.CheckConstraint(condition=Q(state__in=UneaseState.values), name="unease_state"),
        )
        indexes = (
            models.Index(fields=("author", "-at"), name="unease_author"),
            models.Index(fields=("team", "-at"), name="unease_team"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of this sign."""
        return reverse("deviations:unease", args=[self.pk])


class UneaseReply(Noun):
    """What a manager or policy officer says back: received, acted upon, or passed on to learning."""

    unease = models.ForeignKey(Unease, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(
        _("what happened with it"),
        max_length=10,
        choices=[(state.value, state.label) for state in UneaseState if state != UneaseState.NEW],
    )
    text = models.TextField(_("answer"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="unease_reply_has_text"),)

    def __str__(self) -> str:
        return f"{self.unease}: {self.get_kind_display()}"
