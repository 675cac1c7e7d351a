"""Discretionary space: room that a manager gives beforehand, its holders and its money."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cases.models import Routine
from deviations.rules.answering import PassedOn
from deviations.workflow import SpaceState
from deviations.workflow.proposals import AskState
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, PolicyDomain, Team, User


def _slider(label: Any) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=0, validators=[MaxValueValidator(4)])


def _drafts_for(user: User) -> Q:
    """The drafts of proposals that this person answers in the place of a manager."""
    standing = user.standing
    turns = Q(team__in=standing.deputises)
    turns |= Q(team__in=standing.backs, asked__passed_on__gte=PassedOn.DEPUTY)
    turns |= Q(team__in=standing.above, asked__passed_on__gte=PassedOn.SUPERIOR)
    return turns & Q(state=SpaceState.DRAFT, asked__state=AskState.ASKED)


class SpaceQuerySet(models.QuerySet["DiscretionarySpace"]):
    """Spaces by who holds them, gave them or may see them."""

    def held_by(self, user: User) -> Self:
        """Spaces given to this person or to their team, whatever the state of the space.

        Only as long as they work in the team of the space: room does not move along to another team.
        """
        if not user.is_active:
            return self.none()
        return self.filter(team__in=user.standing.works_in).filter(
            Exists(SpaceUserPermission.objects.filter(content_object=OuterRef("pk"), user=user))
            | Exists(
                SpaceGroupPermission.objects.filter(
                    content_object=OuterRef("pk"), group__team__in=user.standing.works_in
                )
            )
        )

    def granted(self) -> Self:
        """No drafts."""
        return self.exclude(state=SpaceState.DRAFT)

    def in_force(self, on: date | None = None) -> Self:
        """Active, and within their dates on that day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(state=SpaceState.ACTIVE, valid_from__lte=day, valid_until__gte=day)

    def visible_to(self, user: User) -> Self:
        """Holders see what was given to them, managers the spaces of the teams they lead, drafts included."""
        if not user.is_active:
            return self.none()
        held = DiscretionarySpace.objects.held_by(user).granted()
        return self.filter(Q(team__in=user.standing.leads) | Q(pk__in=held.values("pk")) | _drafts_for(user))


class DiscretionarySpace(Noun):
    """Room given beforehand: which routines, how far, how much money, who decides, how account is given, until when."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("what this space is for"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="spaces", verbose_name=_("team"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    routines = models.ManyToManyField(Routine, blank=True, related_name="spaces", verbose_name=_("routines"))
    policy_domains = models.ManyToManyField(PolicyDomain, blank=True, verbose_name=_("policy domains"))

    purpose_slider = _slider(_("purpose"))
    rules_slider = _slider(_("rules"))
    means_slider = _slider(_("means"))
    deciding_slider = _slider(_("deciding"))
    sight_slider = _slider(_("sight"))

    cents_per_deviation = models.PositiveBigIntegerField(_("amount per deviation"), null=True, blank=True)
    cents_per_month = models.PositiveBigIntegerField(_("amount per month"), null=True, blank=True)
    cents_per_period = models.PositiveBigIntegerField(_("amount for the whole period"), null=True, blank=True)

    never_child_safety = models.BooleanField(_("never when the safety of a child is at stake"), default=True)
    never_fraud_inquiry = models.BooleanField(_("never during a fraud inquiry"), default=True)
    never_rights_of_others = models.BooleanField(_("never when it touches the rights of others"), default=True)

    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(_("up to and including"))
    evaluate_on = models.DateField(_("evaluate on"), null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=SpaceState.choices, default=SpaceState.DRAFT, editable=False
    )
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="renewals", editable=False, verbose_name=_("follows")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpaceQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[routines, policy_domains])

    class Meta:
        ordering = ("valid_until", "name")
        verbose_name = _("discretionary space")
        verbose_name_plural = _("discretionary spaces")
        default_permissions = ()
        permissions = (("use_space", "Can use this space"),)
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="space_dates"),
            models.CheckConstraint(condition=Q(state__in=SpaceState.values), name="space_state"),
            *(
                models.CheckConstraint(condition=Q(**{f"{name}_slider__lte": 4}), name=f"space_{name}_slider")
                for name in ("purpose", "rules", "means", "deciding", "sight")
            ),
        )
        indexes = (models.Index(fields=("team", "state", "valid_until"), name="space_team"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def proposal(self) -> Any:
        """The proposal that this space answers, or None; before it is saved, whoever makes it says so."""
        return getattr(self, "answers", None) or getattr(self, "asked", None)

    @property
    def state_today(self) -> SpaceState:
        """The state as the calendar has it: past its last day it has expired, also before the nightly task says so."""
        over = self.valid_until < timezone.localdate() and self.state in (SpaceState.ACTIVE, SpaceState.SUSPENDED)
        return SpaceState.EXPIRED if over else SpaceState(self.state)

    def get_absolute_url(self) -> str:
        """The page of this space."""
        return reverse("deviations:space", args=[self.pk])


class SpaceUserPermission(UserObjectPermissionBase):
    """A space given to a person."""

    content_object = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="user_grants")


class SpaceGroupPermission(GroupObjectPermissionBase):
    """A space given to a team, through its group."""

    content_object = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="group_grants")


class SpaceBudget(Noun):
    """What may be spent and what is spent, for the whole period (`period` 0) or for one month (yyyymm)."""

    WHOLE = 0

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.CASCADE, related_name="budgets")
    period = models.PositiveIntegerField(default=WHOLE)
    limit_cents = models.PositiveBigIntegerField()
    spent_cents = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("budget of a space")
        verbose_name_plural = _("budgets of spaces")
        constraints = (
            models.UniqueConstraint(fields=("space", "period"), name="space_budget_once"),
            models.CheckConstraint(condition=Q(spent_cents__lte=F("limit_cents")), name="space_budget_not_overspent"),
        )

    def __str__(self) -> str:
        return f"{self.space} {self.period}"

    @property
    def left_cents(self) -> int:
        """What may still be spent, in cents."""
        return self.limit_cents - self.spent_cents


class Spending(Noun):
    """What one deviation took from a space; given back at most once, and never taken twice at a time."""

    space = models.ForeignKey(DiscretionarySpace, on_delete=models.PROTECT, related_name="spendings")
    deviation = models.ForeignKey("deviations.Deviation", on_delete=models.CASCADE, related_name="spendings")
    period = models.PositiveIntegerField()
    cents = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")
        constraints = (
            models.UniqueConstraint(
                fields=("deviation",), condition=Q(returned_at__isnull=True), name="spending_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.space}: {self.cents}"
