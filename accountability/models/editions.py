"""Accounts to management, board and council: editions with frozen figures, their texts, stories and freezing."""

from datetime import timedelta
from functools import cached_property
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.rules.audiences import Audience, Part
from accountability.rules.spans import BEGINS, Span
from accountability.workflow.editions import EditionState
from learning.models import LearningReport, Link
from organisation.kernel.history import HistoricalRecords
from organisation.models import Noun, Role, User

SILENT_AFTER = timedelta(minutes=10)  # a worker that is alive says how far it is every few seconds
PERSON = settings.AUTH_USER_MODEL


class EditionQuerySet(models.QuerySet["Edition"]):
    """Accounts."""

    def visible_to(self, user: User) -> Self:
        """What is published is for everybody who works here; what is being made for those who make it."""
        if not user.is_active:
            return self.none()
        makes = user.has_role(Role.REPORTER, Role.POLICY_OFFICER)
        return self if makes else self.published()

    def published(self) -> Self:
        """Given to those they are for."""
        return self.filter(state=EditionState.PUBLISHED)

    def about(self, span: Span) -> Self:
        """The editions about this time."""
        return self.filter(year=span.year, first_quarter=span.first, quarters=span.length)

    def for_lists(self) -> Self:
        """Without the figures, with who published it."""
        return self.defer("figures").select_related("published_by", "followed_by")


class Edition(Noun):
    """One edition of the account about a quarter, half year or year, for three audiences from one frozen release."""

    year = models.PositiveSmallIntegerField(_("year"))
    first_quarter = models.PositiveSmallIntegerField(_("first quarter"))
    quarters = models.PositiveSmallIntegerField(_("number of quarters"))
    number = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(_("status"), max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    note = models.TextField(_("what changed since the edition before"), blank=True)
    # The release as it was published by the learning reports of these quarters, and a digest of all of it.
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    reports = models.ManyToManyField(LearningReport, related_name="+", verbose_name=_("learning reports"))
    cut_off = models.DateTimeField(_("figures as of"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    written_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("last written by")
    )
    frozen_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("frozen by")
    )
    frozen_at = models.DateTimeField(_("frozen"), null=True)
    published_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published"), null=True)

    objects = EditionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["figures"])

    class Meta:
        ordering = ("-year", "-first_quarter", "quarters", "-number")
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.UniqueConstraint(fields=("year", "first_quarter", "quarters", "number"), name="edition_once"),
            models.CheckConstraint(
                condition=Q(*(Q(quarters=n, first_quarter__in=of) for n, of in BEGINS.items()), _connector=Q.OR),
                name="edition_span",
            ),
            models.CheckConstraint(
                condition=Q(number=1, follows__isnull=True) | Q(number__gt=1, follows__isnull=False) & ~Q(note=""),
                name="edition_next_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=EditionState.DRAFT, digest="", cut_off__isnull=True,
                    frozen_by__isnull=True, frozen_at__isnull=True,
                )
                | ~Q(digest="")
                & Q(
                    state__in=(EditionState.FROZEN, EditionState.PUBLISHED), cut_off__isnull=False,
                    frozen_by__isnull=False, frozen_at__isnull=False,
                ),
                name="edition_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.PUBLISHED, published_by__isnull=False, published_at__isnull=False)
                | Q(published_by__isnull=True, published_at__isnull=True) & ~Q(state=EditionState.PUBLISHED),
                name="edition_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | ~Q(published_by=F("made_by"))
                & ~Q(published_by=F("frozen_by"))
                & (Q(written_by__isnull=True) | ~Q(published_by=F("written_by"))),
                name="edition_second_person",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        name = self.span.label
        return name if self.number == 1 else _("%(period)s, edition %(number)d") % {
            "period": name, "number": self.number,
        }  # fmt: skip

    @property
    def span(self) -> Span:
        """The time it is about."""
        return Span(self.year, self.first_quarter, self.quarters)

    @cached_property
    def writers(self) -> frozenset[UUID]:
        """Who made it, wrote in it or froze its figures: none of them publishes it."""
        wrote = self.texts.filter(written_by__isnull=False).values_list("written_by", flat=True)
        known = {self.made_by_id, self.written_by_id, self.frozen_by_id, *wrote}
        return frozenset(pk for pk in known if pk)

    @property
    def later(self) -> "Edition | None":
        """The edition that took its place, when that is published."""
        later: Edition | None = getattr(self, "followed_by", None)
        return later if later and later.state == EditionState.PUBLISHED else None

    def get_absolute_url(self) -> str:
        """The page of this account."""
        return reverse("accountability:edition", args=[self.pk])


class EditionText(Noun):
    """What one part of an account says: to everybody, or in other words to one audience."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    # Empty: for every audience that has no text of its own.
    audience = models.CharField(_("for"), max_length=12, choices=Audience.choices, blank=True)
    text = models.TextField(_("text"))
    # Empty for what was generated.
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text of an account")
        verbose_name_plural = _("texts of accounts")
        constraints = (
            models.UniqueConstraint(fields=("edition", "part", "audience"), name="edition_text_once"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="edition_text_part"),
            models.CheckConstraint(condition=Q(audience__in=("", *Audience.values)), name="edition_text_audience"),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_part_display()}"


class EditionStory(Noun):
    """A story told for a learning question, in words for outside; a second person releases it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stories")
    # Empty when what it was told about was destroyed: the story itself leads to nobody.
    link = models.ForeignKey(Link, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("story"))
    chosen_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("story of an account")
        verbose_name_plural = _("stories of accounts")
        constraints = (
            models.UniqueConstraint(fields=("edition", "link"), name="edition_story_once"),
            models.CheckConstraint(condition=~Q(text=""), name="edition_story_told"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("chosen_by")),
                name="edition_story_second_person",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="edition_story_released_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.text[:40]}"


class FreezingQuerySet(models.QuerySet["Freezing"]):
    """Freezings."""

    def going_on(self) -> Self:
        """Asked for and not finished; one whose worker fell silent is not going on."""
        alive = timezone.now() - SILENT_AFTER
        return self.filter(state__in=(Freezing.State.QUEUED, Freezing.State.RUNNING), heard_at__gt=alive)


class Freezing(Noun):
    """One time that the figures of an account are counted, made safe and frozen, quarter by quarter."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="freezings")
    state = models.CharField(_("status"), max_length=8, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("why it did not go through"), max_length=300, blank=True)
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = FreezingQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("freezing of an account")
        verbose_name_plural = _("freezings of accounts")

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_state_display()}"
