"""People, teams and what each may see: who somebody is at this moment."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organisation.kernel.history import HistoricalRecords
from organisation.kernel.ids import new_id

from .base import Noun
from .terms import PolicyDomain


class Role(models.TextChoices):
    """The roles of the house. The first two come from a membership of a team, the others are municipality-wide."""

    CASEWORKER = "caseworker", _("Caseworker")
    MANAGER = "manager", _("Manager")
    POLICY_OFFICER = "policy_officer", _("Policy officer")
    REPORTER = "reporter", _("Reporter")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    CONTROLLER = "controller", _("Internal control")
    ADMINISTRATOR = "administrator", _("Administrator")


TEAM_ROLES = (Role.CASEWORKER, Role.MANAGER)
MUNICIPAL_ROLES = tuple(role for role in Role if role not in TEAM_ROLES)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is at this moment: roles, the teams they do casework in, the teams they lead.

    Three more for who leads a team: `deputises`, the teams of managers who are away and named them; `backs`, the
    teams whose fixed deputy they are; `above`, the teams that turn to theirs when nobody answers.
    """

    roles: frozenset[str]
    works_in: frozenset[UUID]
    leads: frozenset[UUID]
    deputises: frozenset[UUID] = frozenset()
    backs: frozenset[UUID] = frozenset()
    above: frozenset[UUID] = frozenset()

    @property
    def teams(self) -> frozenset[UUID]:
        """Every team they belong to."""
        return self.works_in | self.leads

    @property
    def answers(self) -> frozenset[UUID]:
        """The teams whose requests come to them straight away."""
        return self.leads | self.deputises


class UserQuerySet(models.QuerySet["User"]):
    """People by who may see their account."""

    def visible_to(self, user: "User") -> Self:
        """Administrators manage everybody; to others an account is no page."""
        return self if user.is_active and user.has_role(Role.ADMINISTRATOR) else self.none()

    def working(self) -> Self:
        """Those who have not left."""
        return self.filter(is_active=True)

    def leading(self, *teams: "Team") -> Self:
        """Managers at this moment: of one of these teams, or of any."""
        rows = Membership.objects.current().filter(role=Role.MANAGER)
        return self.filter(pk__in=(rows.filter(team__in=teams) if teams else rows).values("user"))

    def stood_in_for_by(self, user: "User") -> Self:
        """Who is away today and named this person as deputy."""
        from .deputising import Deputising

        return self.filter(pk__in=Deputising.objects.current().filter(deputy=user).values("absent"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts; the e-mail address is the login."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new active account. Without a password nobody can sign in with it."""
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in does not care about capitals."""
        user: User = self.get(email=(username or "").strip().lower())
        return user


class MailPreference(models.TextChoices):
    """How somebody hears of notices outside the application."""

    EACH = "each", _("An e-mail for each notice")
    NONE = "none", _("No e-mail")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who works here. Deactivated when they leave, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    mail_preference = models.CharField(
        _("e-mail"), max_length=8, choices=MailPreference.choices, default=MailPreference.EACH
    )
    language = models.CharField(_("language"), max_length=2, default="nl")
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True, editable=False)
    # The same for all accounts of somebody who has more than one; empty for everybody else.
    person = models.UUIDField(null=True, editable=False, db_index=True)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_active=True, left_at__isnull=True) | Q(is_active=False, left_at__isnull=False),
                name="user_left_when_inactive",
            ),
            # Two spellings of one address would be two accounts for one mailbox.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def standing(self) -> Standing:
        """Roles and teams, read once per request: two queries, four for a manager, five for who stands in for one."""
        memberships = list(Membership.objects.current().filter(user=self).values_list("team_id", "role"))
        groups = self.groups.filter(name__in=MUNICIPAL_ROLES).values_list("name", flat=True)
        leads = frozenset(team for team, role in memberships if role == Role.MANAGER)
        return Standing(
            roles=frozenset(role for _team, role in memberships) | frozenset(groups),
            works_in=frozenset(team for team, role in memberships if role == Role.CASEWORKER),
            leads=leads,
            **(self._reach(leads) if leads else {}),
        )

    def _reach(self, leads: frozenset[UUID]) -> dict[str, frozenset[UUID]]:
        """The teams of others that a manager answers for: only as long as they lead a team themselves."""
        # Asked apart: on most days nobody is away, and the teams of nobody need no question.
        away = list(self.deputises.current().values_list("absent", flat=True))
        led = Membership.objects.current().filter(role=Role.MANAGER, user__in=away, team__closed_on__isnull=True)
        turning_here = Team.objects.open().filter(Q(deputy=self) | Q(escalates_to__in=leads))
        rows = list(turning_here.values_list("pk", "deputy_id", "escalates_to_id"))
        return {
            "deputises": frozenset(led.values_list("team_id", flat=True)) - leads,
            "backs": frozenset(team for team, deputy, _above in rows if deputy == self.pk) - leads,
            "above": frozenset(team for team, _deputy, above in rows if above in leads) - leads,
        }

    @cached_property
    def accounts(self) -> frozenset[UUID]:
        """Every account of this person: what one wrote, none of the others answers. No query for most people."""
        if self.person is None:
            return frozenset({self.pk})
        return frozenset(User.objects.filter(person=self.person).values_list("pk", flat=True)) | {self.pk}

    @property
    def roles(self) -> frozenset[str]:
        """The roles held at this moment."""
        return self.standing.roles

    def get_absolute_url(self) -> str:
        """The page of this person, for administrators."""
        return reverse("organisation:person", args=[self.pk])

    def has_role(self, *roles: str) -> bool:
        """Whether one of these roles is held at this moment."""
        return bool(self.standing.roles.intersection(roles))


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams by who may manage them and whether they still exist."""

    def visible_to(self, user: User) -> Self:
        """Administrators manage every team; to others a team is a name, no page."""
        return self if user.is_active and user.has_role(Role.ADMINISTRATOR) else self.none()

    def open(self) -> Self:
        """Teams that have not been closed."""
        return self.filter(closed_on__isnull=True)


class Team(Noun):
    """A group of colleagues; its Django group carries what is given to the team as a whole."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    policy_domains = models.ManyToManyField(PolicyDomain, verbose_name=_("policy domains"), blank=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, editable=False, related_name="team")
    # For when nobody who leads the team can answer, or nobody does.
    deputy = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="backs", verbose_name=_("fixed deputy")
    )
    escalates_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("team of the manager's manager"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = TeamQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this team, for administrators."""
        return reverse("organisation:team", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in which team, and when."""

    def current(self, on: date | None = None) -> Self:
        """Memberships that hold on that day (default: today) of people who are active."""
        day = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day, user__is_active=True)


class Membership(Noun):
    """One person in one team with one role, from a day up to but not including another: ending today works at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team"))
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in TEAM_ROLES])
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("team__name", "role")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "team", "role"), condition=Q(until__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in TEAM_ROLES]), name="membership_role"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_dates",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.team} ({self.get_role_display()})"
