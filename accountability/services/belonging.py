"""Which things belong to one file (a case): what lines of the logbook about it point at."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from cases.models import Attachment, Case, RoutineUse
from deviations.models import Consultation, Deviation, DiscretionarySpace, SpaceRequest, Unease
from learning.models import LearningQuestion

Target = tuple[str, UUID]

# What has a number of its own, as people type it.
NUMBERED = (Case, Deviation, DiscretionarySpace, SpaceRequest, Unease, LearningQuestion)
# What holds data of a case, and how it leads there.
OF_A_CASE = {
    "cases.attachment": (Attachment, "case"),
    "cases.routineuse": (RoutineUse, "case"),
    "deviations.deviation": (Deviation, "case"),
    "deviations.consultation": (Consultation, "deviation__case"),
}
CASE = "cases.case"


def things_of(case: UUID) -> list[Target]:
    """The case itself, and everything in it that lines point at."""
    found: list[Target] = [(CASE, case)]
    for label, (model, way) in OF_A_CASE.items():
        found += [(label, pk) for pk in model._default_manager.filter(**{way: case}).values_list("pk", flat=True)]
    return found


def cases_behind(targets: Iterable[Target]) -> dict[Target, UUID]:
    """For each thing that holds data of a case: which case. What was destroyed is left out."""
    by_label: dict[str, set[UUID]] = {}
    for label, pk in targets:
        by_label.setdefault(label, set()).add(pk)
    found = {(CASE, pk): pk for pk in by_label.pop(CASE, ())}
    for label, (model, way) in OF_A_CASE.items():
        rows = model._default_manager.filter(pk__in=by_label.get(label, ()), **{f"{way}__isnull": False})
        found |= {(label, pk): case for pk, case in rows.values_list("pk", way)} if label in by_label else {}
    return found


def about(targets: Iterable[Target]) -> Q:
    """Lines about one of these things."""
    wanted = Q(pk__in=[])
    by_label: dict[str, list[UUID]] = {}
    for label, pk in targets:
        by_label.setdefault(label, []).append(pk)
    for label, keys in by_label.items():
        wanted |= Q(target_type=label, target_id__in=keys)
    return wanted


def numbered(text: str) -> list[Target]:
    """The things with exactly this number; of a case everything in it. None when no such number is there."""
    number, found = text.strip().upper(), []
    for model in NUMBERED:
        keys = model._default_manager.filter(number=number).values_list("pk", flat=True)
        found += [(model._meta.label_lower, pk) for pk in keys]
    return [each for label, pk in found for each in (things_of(pk) if label == CASE else [(label, pk)])]


def case_with(text: str) -> Case | None:
    """The case with this number, or of the deviation with this number; also by the number in the case system."""
    typed = text.strip()
    found = Case.objects.filter(Q(number=typed.upper()) | Q(deviations__number=typed.upper())).first()
    if found is None and typed:
        same = Case.objects.filter(external_reference=typed).order_by("pk")[:2]
        found = same[0] if len(same) == 1 else None
    return found
