"""A dossier as somebody reads it: the frozen items, what came later, what changed since, and the logbook lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accountability.models import DossierNote, FrozenDossier, Review
from accountability.rules import dossiers
from accountability.rules.dossier_items import Later, items
from accountability.rules.dossiers import Item, Scope
from deviations.course import TOLD
from deviations.models import Decision, Deviation
from deviations.rules import looking_back
from deviations.workflow import State
from organisation import sentences
from organisation.kernel.differences import Difference
from organisation.models import Event, Role

from . import compiling, freezing_dossiers

ROLES = dict(Role.choices)
OPEN = (State.AGREED, State.AGREED_WITH_CONDITIONS)


@dataclass(frozen=True)
class LogLine:
    """One line of the logbook, as far as the reader may know it."""

    at: datetime
    what: Any
    who: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Dossier:
    """What the page and the document show."""

    deviation: Deviation
    scope: Scope
    decision: Decision | None
    frozen: FrozenDossier | None
    untouched: bool
    items: list[Item]
    notes: list[DossierNote]
    reviews: list[Review]
    changes: list[Difference]
    lines: list[LogLine]

    @property
    def shown(self) -> list[tuple[int, Item]]:
        """The items that say something or should, with their place."""
        return [(place, item) for place, item in enumerate(self.items, 1) if item.lines or item.hidden or item.missing]

    @property
    def empty(self) -> list[tuple[int, Item]]:
        """The other items, with their place."""
        return [(place, item) for place, item in enumerate(self.items, 1) if (place, item) not in self.shown]

    @property
    def there(self) -> list[Item]:
        """What is in it."""
        return [item for item in self.items if item.status == dossiers.Status.PRESENT]

    @property
    def missing(self) -> list[Item]:
        """What should be in it and is not."""
        return [item for item in self.items if item.missing]

    @property
    def others(self) -> list[Item]:
        """What is not asked for here, or not due yet."""
        return [item for item in self.items if item not in (*self.there, *self.missing)]


def read(deviation: Deviation, scope: Scope, *, decision: Decision | None = None) -> Dossier:
    """The dossier of this deviation, in this scope: as it was at this decision (default: the one that counts)."""
    if decision is None:
        decision = deviation.decisions.final().select_related("by", "on_behalf_of", "space__granted_by").first()
    frozen = freezing_dossiers.freeze(decision) if decision else None
    now = compiling.as_it_is(deviation, decision, timezone.now())
    content = frozen.content if frozen else now
    notes = list(deviation.dossier_notes.select_related("by"))
    return Dossier(
        deviation=deviation,
        scope=scope,
        decision=decision,
        frozen=frozen,
        untouched=frozen is None or freezing_dossiers.is_untouched(frozen),
        items=dossiers.seen(items(content, later(deviation, notes)), scope),
        notes=notes,
        reviews=list(deviation.reviews.exclude(answer="").order_by("answered_at")) if scope != Scope.REVIEW else [],
        changes=_changes(content, now, scope) if frozen else [],
        lines=list(_lines(deviation, scope)),
    )


def later(deviation: Deviation, notes: Iterable[DossierNote]) -> Later:
    """What came after the decision, as the rules look at it."""
    seen = getattr(deviation, "evaluation", None)
    names = ("helped", "real_cents", "otherwise", "residents_opinion")
    decided = deviation.decided_at
    return Later(
        notes=tuple({"kind": note.kind, "reference": note.reference, "on": note.dated.isoformat()} for note in notes),
        evaluation={name: getattr(seen, name) for name in names} | {"at": seen.at.isoformat()} if seen else None,
        evaluation_overdue=bool(
            decided and deviation.state in OPEN and looking_back.is_overdue(decided, timezone.now())
        ),
    )


def _changes(before: Any, after: Any, scope: Scope) -> list[Difference]:
    """Item by item, what it said at the decision and what it would say now."""
    then = {item.code: _text(item) for item in dossiers.seen(items(before, Later()), scope)}
    return [
        Difference(str(item.label), then[item.code], _text(item), item.code)
        for item in dossiers.seen(items(after, Later()), scope)
        if then[item.code] != _text(item)
    ]


def _text(item: Item) -> str:
    return "\n".join(f"{line.label}: {line.text}" for line in item.lines)


def _lines(deviation: Deviation, scope: Scope) -> Iterable[LogLine]:
    """Oldest first. What people wrote, and who they are, only where the scope shows that."""
    for event in Event.objects.about(deviation).order_by("at", "id"):
        if scope == Scope.WHOLE:
            yield LogLine(event.at, sentences.sentence(event), _roles(event), event.remark)
        elif event.verb in TOLD:
            yield LogLine(event.at, TOLD[event.verb], event.actor_name if scope == Scope.CONTROL else "")


def _roles(event: Event) -> str:
    return ", ".join(str(ROLES.get(role, role)) for role in event.actor_roles.split(", ") if role)
