"""The logbook: who did what, when, in which role and why; and who opened which case data. Rows are only added.

The database refuses every change of a line but one: its erasure, which leaves that there was a line, and its digest
(organisation/kernel/append_only.py, organisation/services/erasing_lines.py).
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

import structlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.kernel import digests
from organisation.kernel.ids import new_id

from .base import Noun
from .people import User


class LineQuerySet(models.QuerySet[Any]):
    """Lines, whatever they tell of."""

    def about(self, thing: models.Model) -> Self:
        """Lines about one thing, newest first."""
        return self.filter(target_type=thing._meta.label_lower, target_id=thing.pk).order_by("-at", "-id")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Many at once, each with its digest."""
        lines = list(objs)
        for line in lines:
            line.fix()
        return super().bulk_create(lines, *args, **kwargs)


class LogLine(Noun):
    """What lines have in common. They hold text instead of foreign keys, so they never block what must be destroyed.

    What a line says is in `FACTS` and `WORDS`, under a digest with a key of its own; `STAYS` outlives an erasure.
    """

    STAYS: ClassVar[tuple[str, ...]] = ("id", "at", "target_type")
    FACTS: ClassVar[tuple[str, ...]] = ("actor_id", "actor_name", "actor_roles", "target_id", "target_label", "trace")
    WORDS: ClassVar[tuple[str, ...]] = ()

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(_("who"), max_length=120)
    actor_roles = models.CharField(_("roles"), max_length=200, blank=True)
    target_type = models.CharField(max_length=60)
    target_id = models.UUIDField(null=True)
    target_label = models.CharField(_("about"), max_length=200)
    trace = models.CharField(max_length=64, blank=True)
    key = models.BinaryField(null=True, editable=False)
    digest = models.BinaryField(max_length=digests.DIGEST_BYTES, editable=False)
    # The line of the logbook that tells of the erasure.
    erased_in = models.UUIDField(null=True, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_erased(self) -> bool:
        """Whether what it said is gone."""
        return self.key is None

    def fix(self) -> None:
        """Give it its key and digest. What is digested is what will be stored, so every value is made plain first."""
        for name in (*self.FACTS, *self.WORDS):
            field: Any = self._meta.get_field(name)
            setattr(self, name, field.to_python(getattr(self, name)))
        self.key = digests.new_key()
        self.digest = digests.digest_of(self.key, self.facts(), self.words())

    def facts(self) -> dict[str, Any]:
        """What it says, but for words that somebody typed."""
        return {name: getattr(self, name) for name in self.FACTS}

    def words(self) -> dict[str, Any]:
        """The words that somebody typed."""
        return {name: getattr(self, name) for name in self.WORDS}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new line gets its digest; the database refuses to change an old one."""
        if self._state.adding:
            self.fix()
        super().save(*args, **kwargs)


class Event(LogLine):
    """One line of the logbook: somebody did something."""

    STAYS = (*LogLine.STAYS, "verb")
    FACTS = (*LogLine.FACTS, "before", "after", "covered_by")
    WORDS = ("remark",)

    verb = models.CharField(_("what"), max_length=60)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    remark = models.TextField(_("remark"), blank=True)
    covered_by = models.UUIDField(_("space"), null=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("logbook line")
        verbose_name_plural = _("logbook lines")
        indexes = (
            models.Index(fields=("target_type", "target_id", "at"), name="event_target"),
            models.Index(fields=("at",), name="event_at"),
            models.Index(fields=("actor_id", "at"), name="event_actor"),
            models.Index(fields=("covered_by", "at"), condition=Q(covered_by__isnull=False), name="event_space"),
            models.Index(fields=("erased_in",), condition=Q(erased_in__isnull=False), name="event_erased"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"

    @classmethod
    def record(
        cls,
        *,
        actor: User | None,
        verb: str,
        target: models.Model,
        before: str = "",
        after: str = "",
        remark: str = "",
        covered_by: UUID | None = None,
        pk: UUID | None = None,
    ) -> "Event":
        """Write a line as part of the action, inside its transaction: one never exists without the other.

        `actor` is None for work the system does by itself; `pk` is given when other lines point at this one.
        """
        return cls.objects.create(
            id=pk or new_id(),
            actor_id=actor.pk if actor else None,
            actor_name=actor.name if actor else "Handelingsruimte",
            actor_roles=", ".join(sorted(actor.roles)) if actor else "",
            verb=verb,
            target_type=target._meta.label_lower,
            target_id=target.pk,
            target_label=str(target)[:200],
            before=before,
            after=after,
            remark=remark,
            covered_by=covered_by,
            trace=current_trace(),
        )


class AccessWay(models.TextChoices):
    """How case data was reached."""

    PAGE = "page", _("Page")
    SEARCH = "search", _("Search result")
    EXPORT = "export", _("Export")
    LOG = "log", _("Its lines in the logbook")


class AccessBasis(models.TextChoices):
    """Why somebody could open case data: what they were to it at that moment."""

    HANDLER = "handler", _("handler")
    AUTHOR = "author", _("author")
    TEAM = "team", _("works in the team")
    MANAGER = "manager", _("leads the team")
    DEPUTY = "deputy", _("answers for the manager")
    SHARED = "shared", _("shared with this colleague")
    SHARED_TEAM = "shared_team", _("shared with the team")
    ADVISER = "adviser", _("asked for advice")
    REVIEWER = "reviewer", _("asked to review")
    PRECEDENT = "precedent", _("comparable deviation, without who it is about")
    ROLE = "role", _("by role")


class Basis(NamedTuple):
    """What gave access, and when that was a share: by whom and why."""

    code: str
    note: str = ""


NO_BASIS = Basis("")


class AccessEvent(LogLine):
    """Somebody opened case data."""

    STAYS = (*LogLine.STAYS, "way")
    FACTS = (*LogLine.FACTS, "basis", "basis_note")

    way = models.CharField(_("how"), max_length=10, choices=AccessWay.choices)
    basis = models.CharField(_("why"), max_length=12, blank=True, choices=AccessBasis.choices)
    basis_note = models.CharField(_("explanation"), max_length=400, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("access line")
        verbose_name_plural = _("access lines")
        indexes = (
            models.Index(fields=("target_type", "target_id", "at"), name="access_target"),
            models.Index(fields=("at",), name="access_at"),
            models.Index(fields=("actor_id", "at"), name="access_actor"),
            models.Index(fields=("erased_in",), condition=Q(erased_in__isnull=False), name="access_erased"),
        )

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.target_label}"

    @classmethod
    def record(cls, *, actor: User, targets: Sequence[Any], way: AccessWay, basis: AccessBasis | None = None) -> None:
        """Write one line for each thing shown; the caller's answer fails if this cannot be written.

        Why somebody could see it is asked of the things, all at once, unless `basis` says it.
        """
        trace, bases = current_trace(), _bases(actor, targets, basis)
        cls.objects.bulk_create(
            cls(
                actor_id=actor.pk,
                actor_name=actor.name,
                actor_roles=", ".join(sorted(actor.roles)),
                way=way,
                target_type=target._meta.label_lower,
                target_id=target.pk,
                target_label=str(target)[:200],
                trace=trace,
                basis=bases.get(target.pk, NO_BASIS).code,
                basis_note=bases.get(target.pk, NO_BASIS).note[:400],
            )
            for target in targets
        )


def _bases(actor: User, targets: Sequence[Any], basis: AccessBasis | None) -> dict[Any, Basis]:
    """Per thing what gave access: a model that knows has `bases_of(user, things)`, asked once for each kind."""
    if basis:
        return {target.pk: Basis(basis) for target in targets}
    found: dict[Any, Basis] = {}
    for model in {type(target) for target in targets}:
        if ask := getattr(model, "bases_of", None):
            found |= ask(actor, [target for target in targets if type(target) is model])
    return found


def current_trace() -> str:
    """The id of the request or task that is running, as bound by django-structlog; empty outside one."""
    context = structlog.contextvars.get_contextvars()
    return str(context.get("request_id") or context.get("task_id") or "")[:64]
