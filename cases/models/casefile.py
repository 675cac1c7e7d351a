"""The case and what is written in it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.rules.keeping import Reckoning
from cases.workflow import State
from organisation.kernel.asking import ExistsByRow
from organisation.kernel.history import HistoricalRecords
from organisation.models import Basis, LifeDomain, Neighbourhood, Noun, PolicyDomain, Team, User

from .keeping import RetentionClass, RetentionHold
from .routines import Routine

if TYPE_CHECKING:
    from .sharing import ShareQuerySet

VIEW_CASE = "view_case"
WORK_ON_CASE = "work_on_case"
FEW = 500  # cases; below this, gathering keys beats walking all cases (tests/scale/bench_lists.py)


class Practice(models.TextChoices):
    """The two practices side by side."""

    ROUTINE = "routine", _("Routine")
    TAILORED = "tailored", _("Tailored work")


class Confidentiality(models.TextChoices):
    """Who sees a case beside its handler and those it is shared with."""

    TEAM = "team", _("My team")
    NAMED = "named", _("Only named colleagues")


class Result(models.TextChoices):
    """What came of a case."""

    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NOT = "not", _("Not reached")
    UNKNOWN = "unknown", _("Not known")


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by who may see them and where they stand."""

    def visible_to(self, user: User) -> Self:
        """Cases this person may read: as handler, by team or share, or as manager once a deviation was put before them.

        Every condition is read from the database at the moment of asking, so what was ended is gone at once.
        Who is in no team today sees no case, whatever was shared with them before.
        """
        standing = user.standing
        if not user.is_active or not standing.teams:
            return self.none()
        ways = Q(handler=user) | _is_in(given_to(user, content_object=OuterRef("pk")))
        # Most people have not all of these, and each takes time to write out.
        if standing.works_in:
            ways |= Q(team__in=standing.works_in, confidentiality=Confidentiality.TEAM)
        if standing.leads:
            ways |= Q(team__in=standing.leads, before_manager=True)
        if standing.deputises:
            ways |= _stands_in_for(user)
        return self.filter(ways)

    def listed_for(self, user: User) -> Self:
        """The rows of `visible_to`, asked so that a page comes quickly.

        For who sees many, the newest cases are walked until the page is full. Who sees few (a manager, a new team)
        would have all cases walked in vain, so theirs are gathered by key first.
        """
        standing = user.standing
        if not user.is_active or not standing.teams or self._sees_many(user):
            return self.visible_to(user)
        cases = self.model._base_manager.order_by().values("pk")
        ways = [
            cases.filter(handler=user),
            cases.filter(team__in=standing.works_in, confidentiality=Confidentiality.TEAM),
            cases.filter(team__in=standing.leads, before_manager=True),
            cases.filter(_stands_in_for(user)),
            *(shares.order_by().values("content_object") for shares in given_to(user)),
        ]
        return self.filter(pk__in=ways[0].union(*ways[1:], all=True))

    def _sees_many(self, user: User) -> bool:
        beyond = slice(FEW, FEW + 1)
        in_teams = self.model._base_manager.filter(team__in=user.standing.works_in)
        return any(rows[beyond].exists() for rows in (in_teams, *given_to(user)))

    def workable_by(self, user: User) -> Self:
        """Cases this person may write in: as handler, by team, or by a share that includes working on it."""
        standing = user.standing
        if not user.is_active or not standing.works_in:
            return self.none()
        return self.filter(
            Q(handler=user)
            | Q(team__in=standing.works_in, confidentiality=Confidentiality.TEAM)
            | _is_in(shares.to_work_on() for shares in given_to(user, content_object=OuterRef("pk")))
        )

    def left_behind(self, user: User) -> Self:
        """Cases of the teams this person leads whose handler has left; they can be handed over, not read."""
        return self.filter(team__in=user.standing.leads, handler__is_active=False).exclude(state=State.CLOSED)

    def shared_with(self, user: User) -> Self:
        """Cases that were shared with this person or a team of theirs."""
        return self.filter(_is_in(given_to(user, content_object=OuterRef("pk"))))

    def applying(self, routine: Routine) -> Self:
        """Cases in which this routine was applied."""
        from .uses import RoutineUse

        return self.filter(Exists(RoutineUse.objects.filter(case=OuterRef("pk"), routine=routine)))

    def due(self, on: date | None = None) -> Self:
        """Closed, their period over on that day (default: today), and nothing that holds them."""
        holds = RetentionHold.objects.active().filter(case=OuterRef("pk"))
        return self.filter(state=State.CLOSED, destroy_on__lte=on or timezone.localdate()).exclude(Exists(holds))

    def held(self) -> Self:
        """Those that may not be destroyed for now."""
        return self.filter(Exists(RetentionHold.objects.active().filter(case=OuterRef("pk"))))

    def search(self, text: str) -> Self:
        """Cases whose number, outside number or subject holds this text."""
        return self.filter(
            Q(number__icontains=text) | Q(external_reference__icontains=text) | Q(subject__icontains=text)
        )


def _stands_in_for(user: User) -> Q:
    """Open cases that were put before a manager who is away and named this person as deputy."""
    return Q(team__in=user.standing.deputises, before_manager=True) & ~Q(state=State.CLOSED)


def given_to(user: User, **of: Any) -> "tuple[ShareQuerySet, ShareQuerySet]":
    """Current shares with this person, and with teams of theirs; of these cases."""
    from .sharing import CaseGroupPermission, CaseUserPermission

    return (
        CaseUserPermission.shares.current(user=user, **of),
        CaseGroupPermission.shares.current(group__team__in=user.standing.teams, **of),
    )


def _is_in(rows: "Iterable[ShareQuerySet]") -> Q:
    found = Q()
    for given in rows:
        found |= Q(ExistsByRow(given))
    return found


class Case(Noun):
    """A resident's question and what is done about it. It holds no name, number, birth date or address of anybody."""

    number = models.CharField(_("case number"), max_length=20, unique=True, editable=False)
    external_reference = models.CharField(
        _("number in the case system"),
        max_length=60,
        blank=True,
        help_text=_("The number of this case in your own system."),
    )
    subject = models.CharField(_("subject"), max_length=120)
    question = models.TextField(_("question in the resident's own words"))
    needed = models.TextField(_("what is needed"), blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases", verbose_name=_("team"))
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases", verbose_name=_("handler")
    )
    policy_domain = models.ForeignKey(PolicyDomain, on_delete=models.PROTECT, verbose_name=_("policy domain"))
    life_domains = models.ManyToManyField(LifeDomain, blank=True, verbose_name=_("life domains"))
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("neighbourhood")
    )
    # Facts about the case that a deviation brings about; deviations tells us, we do not ask upwards.
    practice = models.CharField(
        _("practice"), max_length=10, choices=Practice.choices, default=Practice.ROUTINE, editable=False
    )
    before_manager = models.BooleanField(_("put before the manager"), default=False, editable=False)
    confidentiality = models.CharField(
        _("who may see this case"), max_length=10, choices=Confidentiality.choices, default=Confidentiality.TEAM
    )
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    target_on = models.DateField(_("target date"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True, editable=False)
    closing_remark = models.TextField(_("explanation"), blank=True, editable=False)
    contact_count = models.PositiveSmallIntegerField(
        _("contacts about this question"), default=1, help_text=_("How often the resident has come with this question.")
    )
    # Set when the case is closed; `destroy_on` follows from the class and is kept, so that what is due is one index.
    retention_class = models.ForeignKey(
        RetentionClass,
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("retention class"),
        editable=False,
    )
    provision_until = models.DateField(_("the provision lasts until"), null=True, blank=True, editable=False)
    destroy_on = models.DateField(_("destroyed from"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-opened_at", "-id")
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ()
        permissions = (("view_case", "Can read this case"), ("work_on_case", "Can work on this case"))
        constraints = (
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False) & ~Q(result="")
                | ~Q(state=State.CLOSED) & Q(closed_at__isnull=True, result=""),
                name="case_closed_with_result",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state"),
            models.CheckConstraint(condition=~Q(question=""), name="case_has_question"),
            models.CheckConstraint(
                condition=Q(destroy_on__isnull=True) | Q(state=State.CLOSED, retention_class__isnull=False),
                name="case_destroyed_when_closed",
            ),
        )
        indexes = (
            models.Index(fields=("team", "-opened_at"), name="case_team_opened"),
            models.Index(fields=("handler", "state"), name="case_handler"),
            models.Index(fields=("-opened_at", "-id"), name="case_newest"),
            models.Index(fields=("destroy_on",), condition=Q(destroy_on__isnull=False), name="case_destroy_on"),
        )

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def bases_of(user: User, cases: "Iterable[Case]") -> dict[UUID, Basis]:
        """Why this person could open each of these cases, for the access log."""
        from .opened_by import bases_of

        return bases_of(user, cases)

    def get_absolute_url(self) -> str:
        """The page of this case."""
        return reverse("cases:case", args=[self.pk])

    def is_shared_to_work_on(self, user: User) -> bool:
        """Whether a share lets this person write in it: asked once of a case that was fetched, when it matters."""
        if user.pk not in self._shared_to_work_on:
            shares = given_to(user, content_object=self)
            self._shared_to_work_on[user.pk] = any(given.to_work_on().exists() for given in shares)
        return self._shared_to_work_on[user.pk]

    @cached_property
    def _shared_to_work_on(self) -> dict[UUID, bool]:
        return {}

    def reckon(self) -> Reckoning | None:
        """From when it is destroyed, and why; nothing as long as it is open or has no class."""
        if self.closed_at is None or self.retention_class is None:
            return None
        closed_on = timezone.localdate(self.closed_at)
        return self.retention_class.reckon(closed_on=closed_on, provision_until=self.provision_until)
