"""What is kept, what is due and what is held: numbers for each class, and the cases behind them without their story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import Certificate, DestructionList
from cases.models import Case, RetentionClass, RetentionHold
from cases.workflow import State

from .listing_destruction import due_cases, due_registers

YEAR = timedelta(days=365)
NEWEST = 5
# Which cases are shown, by the word in the address.
SELECTIONS = {
    "due": _("Due now"),
    "soon": _("Due within a year"),
    "held": _("Held"),
    "unknown": _("Without a class"),
    "kept": _("Closed"),
}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One retention class with what stands under it."""

    retention_class: RetentionClass
    closed: int
    due: int
    soon: int
    held: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How it stands today."""

    due: int
    registers: int
    soon: int
    held: int
    unknown: int
    classes: list[ClassRow]
    lists: list[DestructionList]
    certificates: list[Certificate]


def overview() -> Overview:
    """A fixed number of questions, however many cases and classes there are."""
    today, held = timezone.localdate(), Q(_is_held())
    closed = Case.objects.filter(state=State.CLOSED).order_by()
    counted = closed.values_list("retention_class").annotate(
        closed=Count("pk"),
        due=Count("pk", filter=Q(destroy_on__lte=today) & ~held),
        soon=Count("pk", filter=Q(destroy_on__gt=today, destroy_on__lte=today + YEAR)),
        held=Count("pk", filter=held),
    )
    by_class = {key: numbers for key, *numbers in counted}
    classes = RetentionClass.objects.filter(pk__in=[key for key in by_class if key])
    rows = [ClassRow(each, *by_class[each.pk]) for each in in_order(classes)]
    newest = DestructionList.objects.counted().select_related("made_by", "approved_by")
    return Overview(
        due=due_cases().count(),
        registers=len(due_registers(today)),
        soon=sum(row.soon for row in rows),
        held=Case.objects.held().count(),
        unknown=by_class.get(None, [0])[0],
        classes=rows,
        lists=list(newest[:NEWEST]),
        certificates=list(Certificate.objects.defer("content")[:NEWEST]),
    )


def selected(which: str, class_code: str = "") -> QuerySet[Case]:
    """The cases of one selection, those that are due first at the top."""
    today = timezone.localdate()
    cases = Case.objects.select_related("retention_class", "team", "policy_domain").annotate(is_held=_is_held())
    chosen = {
        "due": Q(pk__in=Case.objects.due(today).values("pk")),
        "soon": Q(destroy_on__gt=today, destroy_on__lte=today + YEAR),
        "held": Q(is_held=True),
        "unknown": Q(state=State.CLOSED, retention_class=None),
        "kept": Q(state=State.CLOSED),
    }
    cases = cases.filter(chosen[which])
    if class_code:
        cases = cases.filter(retention_class__code=class_code)
    return cases.order_by("destroy_on", "pk")


def found(number: str) -> Case | None:
    """The case with exactly this number, of ours or in the case system."""
    cases: QuerySet[Any] = Case.objects.select_related("retention_class", "team", "policy_domain")
    return cases.filter(Q(number__iexact=number) | Q(external_reference__iexact=number)).first() if number else None


def in_order(classes: Iterable[Any]) -> list[Any]:
    """As the selection list has them: 8.1.2 before 8.1.10."""
    return sorted(classes, key=lambda each: [(len(part), part) for part in each.code.split(".")])


def _is_held() -> Exists:
    return Exists(RetentionHold.objects.active().filter(case=OuterRef("pk")))
