"""Saved views: the filters of a page under a name, for oneself, a team or everybody who may open that page."""

from datetime import timedelta
from typing import Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Noun
from .people import Membership, Team, User

UNDO = timedelta(days=1)  # how long a removed view can be put back
LONGEST_NAME, LONGEST_QUERY, LONGEST_WORDS = 60, 1000, 300  # characters
STAYS = Q(removed_at=None)


class Audience(models.TextChoices):
    """Who finds a view beside its filters."""

    OWNER = "owner", _("Only I")
    TEAM = "team", _("My team")
    EVERYBODY = "everybody", _("Everybody who may open this page")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views by who may open them."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those that a colleague shares: with a team as long as both of them are in it."""
        if not user.is_active:
            return self.none()
        still_there = Membership.objects.current().filter(user=OuterRef("owner"), team=OuterRef("team"))
        with_team = Q(audience=Audience.TEAM, team__in=user.standing.teams) & Q(Exists(still_there))
        shared = STAYS & Q(owner__is_active=True) & (Q(audience=Audience.EVERYBODY) | with_team)
        return self.filter(Q(owner=user) | shared)

    def staying(self) -> Self:
        """Those that were not removed."""
        return self.filter(STAYS)

    def shared(self) -> Self:
        """Those that others find."""
        return self.filter(STAYS, owner__is_active=True).exclude(audience=Audience.OWNER)

    def to_put_back(self) -> Self:
        """Those that were removed a short while ago."""
        return self.filter(removed_at__gt=timezone.now() - UNDO)

    def gone(self) -> Self:
        """Those that were removed too long ago to be put back."""
        return self.filter(removed_at__lte=timezone.now() - UNDO)


class SavedView(Noun):
    """What stands behind the question mark in the address of a page: never a right, and never a row.

    `query` holds choices, `words` what was typed in a search field; that may point to a person, so it is never shared.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("owner"))
    page = models.CharField(_("page"), max_length=60)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    words = models.CharField(_("search words"), max_length=LONGEST_WORDS, blank=True)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.OWNER)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    is_opening = models.BooleanField(_("the page opens with this"), default=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = (
            models.UniqueConstraint(F("owner"), F("page"), Lower("name"), condition=STAYS, name="view_name_once"),
            models.UniqueConstraint(
                fields=("owner", "page"), condition=STAYS & Q(is_opening=True), name="view_opening_once"
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.TEAM, team__isnull=False) | ~Q(audience=Audience.TEAM) & Q(team=None),
                name="view_team",
            ),
            models.CheckConstraint(condition=Q(audience=Audience.OWNER) | Q(words=""), name="view_words_unshared"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(page=""), name="view_named"),
            models.CheckConstraint(condition=~Q(query="", words=""), name="view_filters"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("name"), LONGEST_NAME), name="view_name_length"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("query"), LONGEST_QUERY), name="view_query_length"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("words"), LONGEST_WORDS), name="view_words_length"),
        )
        indexes = (models.Index(fields=("page", "audience"), name="view_page"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it opens, whoever asks: it leads to the page itself."""
        return reverse("organisation:view", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        """Whether others find it."""
        return self.audience != Audience.OWNER

    @property
    def address(self) -> str:
        """All its filters, as they stand behind the question mark."""
        return "&".join(filter(None, (self.query, self.words)))


def written(filters: dict[str, str]) -> str:
    """Filters as they are stored: in one order, so that the same choices are the same text."""
    return urlencode(sorted(filters.items()))
