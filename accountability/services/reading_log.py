"""Reading who looked at a file, and what somebody opened: the lines, and a summary of each person or file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from accountability.services.belonging import about, things_of
from organisation.models import AccessBasis, AccessEvent, AccessWay, Event, Role, User

MOST_PEOPLE = 100
MOST_BASES = 400


@dataclass(frozen=True, slots=True)
class Looked:
    """One colleague who looked at a file."""

    actor_id: UUID | None
    name: str
    roles: str
    times: int
    first: datetime
    last: datetime
    why: tuple[str, ...]


def lines_about_case(case: UUID) -> QuerySet[AccessEvent]:
    """Every time somebody opened this case or something in it, or read the logbook about it."""
    return AccessEvent.objects.filter(about(things_of(case))).order_by("-at", "-id")


def openings_of_case(case: UUID) -> QuerySet[AccessEvent]:
    """Every time somebody opened this case, or something in it. Reading the logbook about it is not looking at it."""
    return lines_about_case(case).exclude(way=AccessWay.LOG)


def deeds_in_case(case: UUID) -> QuerySet[Event]:
    """Everything that was done in this case."""
    return Event.objects.filter(about(things_of(case))).order_by("-at", "-id")


def openings_by(person: User) -> QuerySet[AccessEvent]:
    """Everything this person opened, with every account."""
    return AccessEvent.objects.filter(actor_id__in=person.accounts).order_by("-at", "-id")


def deeds_of(person: User) -> QuerySet[Event]:
    """Everything this person did, and what was done to their accounts."""
    mine = Q(actor_id__in=person.accounts) | Q(target_type=User._meta.label_lower, target_id__in=person.accounts)
    return Event.objects.filter(mine).order_by("-at", "-id")


def within(lines: QuerySet[Any], since: date | None, until: date | None) -> QuerySet[Any]:
    """The lines of these days, by the clock of here; both days count."""
    if since:
        lines = lines.filter(at__gte=_start_of(since))
    if until:
        lines = lines.filter(at__lt=_start_of(until + timedelta(days=1)))
    return lines


def without_words(lines: Iterable[Any]) -> Iterator[Any]:
    """The lines without what somebody typed: who reads the logbook sees what was done, not the story."""
    for line in lines:
        for name in line.WORDS:
            setattr(line, name, "…" if getattr(line, name) else "")
        yield line


def who_looked(lines: QuerySet[AccessEvent]) -> list[Looked]:
    """Per person how often, from when to when, and why they could; who looked last stands first. Two questions."""
    opened = lines.order_by()
    people = opened.values("actor_id").annotate(
        times=Count("*"), first=Min("at"), last=Max("at"), name=Max("actor_name"), roles=Max("actor_roles")
    )
    bases: dict[UUID | None, list[str]] = {}
    for actor, basis, note in opened.values_list("actor_id", "basis", "basis_note").distinct()[:MOST_BASES]:
        bases.setdefault(actor, []).append(why(basis, note))
    return [
        Looked(
            actor_id=row["actor_id"],
            name=row["name"],
            roles=roles_in_words(row["roles"]),
            times=row["times"],
            first=row["first"],
            last=row["last"],
            why=tuple(sorted(set(bases.get(row["actor_id"], ())))),
        )
        for row in people.order_by("-last")[:MOST_PEOPLE]
    ]


def why(basis: str, note: str) -> str:
    """Why somebody could open it, in words; a dash for lines of before that was written down."""
    words: dict[Any, Any] = dict(AccessBasis.choices)
    told = str(words.get(basis, basis)) or "–"
    return f"{told} ({note})" if note else told


def roles_in_words(codes: str) -> str:
    """The roles somebody had at that moment."""
    labels: dict[Any, Any] = dict(Role.choices)
    return ", ".join(str(labels.get(code, code)) for code in codes.split(", ") if code)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
