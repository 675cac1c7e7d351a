"""Comparable earlier deviations: beside what is written or answered, and on a page of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from deviations.models import Deviation
from deviations.rules.comparing import Leaning, Tally
from deviations.services.finding_precedents import Precedent, Subject, precedents
from organisation.models import AccessBasis, AccessEvent, AccessWay, User
from organisation.pages import Request, show

SHOWN = 5


@require_GET
def of_deviation(request: Request, pk: UUID) -> HttpResponse:
    """Those of one deviation, as a block on its page or a page of its own; what is read of others is logged."""
    deviation = get_object_or_404(Deviation.objects.visible_to(request.user).select_related("routine"), pk=pk)
    found = beside(request.user, Subject.of(deviation))
    read = [each.deviation for each in (*found.nearest, *found.further) if each.deviation]
    AccessEvent.record(actor=request.user, targets=read, way=AccessWay.SEARCH, basis=AccessBasis.PRECEDENT)
    return show(request, "deviations/precedents.html", {"deviation": deviation, "precedents": found}, part="block")


@dataclass(frozen=True)
class Beside:
    """What the block shows; `leaning` is the way that most of the nearest went, empty when they did not."""

    nearest: Sequence[Precedent]
    further: Sequence[Precedent]
    tally: Tally
    leaning: str
    some_unread: bool


def beside(reader: User, subject: Subject) -> Beside:
    """The precedents of a deviation for one reader."""
    found = precedents(subject, reader)
    leaning = found.tally.leaning
    return Beside(
        nearest=found.found[:SHOWN],
        further=found.found[SHOWN:],
        tally=found.tally,
        leaning="" if leaning is Leaning.NEITHER else leaning.value,
        some_unread=any(each.deviation is None for each in found.found),
    )
