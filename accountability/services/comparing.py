"""Freezing how comparable requests were answered in a half-year: counted once from the rows, and made safe."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import Comparison
from accountability.permissions import equality as permissions
from accountability.rules.equality import (
    DIMENSIONS,
    NEIGHBOURHOOD,
    TEAM,
    Request,
    Tables,
    before,
    expected_after,
    tables,
)
from accountability.workflow.equality import Action
from deviations.models import Deviation
from learning.rules.households import household
from organisation.kernel.access import Refused
from organisation.kernel.periods import HalfYear, Period
from organisation.kernel.protecting import FAR, Bounds, CannotBeMadeSafe, Release, protect
from organisation.models import Event, Neighbourhood, Team, User

Json = dict[str, Any]
MONTHS_TO_ANSWER = 1  # after the half-year, in which most that still waited is answered
HALVES_BACK = 6
SAFE_ENOUGH: tuple[tuple[str, ...], ...] = (DIMENSIONS, (TEAM,), ())
COLUMNS = ("routine_id", "weight", "team_id", "neighbourhood_id", "answer", "case_id", "register_reference")


def freeze_due(*, step: Callable[[], None] = lambda: None) -> int:
    """Freeze every half-year that is over, has requests and was not frozen yet; returns how many."""
    made, last = 0, newest_due()
    for half in (last - back for back in reversed(range(HALVES_BACK))):
        if not Comparison.objects.filter(year=half.year, half=half.number).exists() and _rows(half).exists():
            _freeze(half)
            made += 1
            step()
    return made


def newest_due() -> HalfYear:
    """The last half-year of which the answers are in."""
    return (Period.of(timezone.now()) - MONTHS_TO_ANSWER).half - 1


@transaction.atomic
def count_again(*, half: HalfYear, by: User, note: str) -> Comparison:
    """A next edition, when rows came in afterwards, such as a register. What was hidden before stays hidden."""
    permissions.require(by, Action.COUNT_AGAIN)
    if half > newest_due():
        raise Refused(_("This half-year is not over yet, or its last answers still come in."))
    if not note.strip():
        raise Refused(_("Say why it is counted again."))
    return _freeze(half, by=by, note=note.strip())


@transaction.atomic
def _freeze(half: HalfYear, *, by: User | None = None, note: str = "") -> Comparison:
    earlier = list(Comparison.objects.select_for_update(of=("self",)).filter(year=half.year, half=half.number))
    figures = _figures(half, earlier)
    made = Comparison.objects.create(
        year=half.year, half=half.number, edition=len(earlier) + 1, figures=figures, digest=_digest(figures),
        note=note, made_by=by,
    )  # fmt: skip
    Event.record(actor=by, verb="comparison.freeze", target=made, after=made.digest)
    return made


def _figures(half: HalfYear, earlier: Sequence[Comparison]) -> Json:
    k = settings.SMALL_CELL_K
    requests = list(_requests(half))
    usual = expected_after(requests, before(list(_requests(half - 1)), k))
    kept_back = {tuple(key) for made in earlier for key, value in made.figures["values"] if value is None}
    small = {tuple(key) for made in earlier for key in made.figures["small"]}
    for dimensions in SAFE_ENOUGH:
        counted = tables(requests, k, dimensions)
        ledger = {key: Bounds(1, FAR) for key in counted.figures if key in kept_back}
        guarded = small & set(counted.figures)
        try:
            release = protect(counted.figures, counted.relations, before=ledger, guarded=guarded, k=k)
        except CannotBeMadeSafe:
            continue
        return _frozen(counted, release, dimensions, usual)
    raise CannotBeMadeSafe(str(half))  # the totals alone have no relations: this is never reached


def _frozen(counted: Tables, release: Release, dimensions: tuple[str, ...], usual: int | None) -> Json:
    shown = {key for key, value in release.values.items() if value is not None}
    expected = {
        place: share for place, share in counted.expected.items() if {(*place, "agreed"), (*place, "refused")} <= shown
    }
    return {
        "k": release.k,
        "dimensions": list(dimensions),
        "names": _names(counted),
        "values": [[list(key), value] for key, value in sorted(release.values.items())],
        "small": [list(key) for key in sorted(release.small)],
        "expected": [[list(place), share] for place, share in sorted(expected.items())],
        "usual": usual,
    }


def _names(counted: Tables) -> dict[str, str]:
    """What the places were called then."""
    places = {dimension: {key[1] for key in counted.figures if key[0] == dimension} for dimension in DIMENSIONS}
    teams = Team.objects.filter(pk__in=[pk for pk in places[TEAM] if len(pk) > 1])
    hoods = Neighbourhood.objects.filter(pk__in=[pk for pk in places[NEIGHBOURHOOD] if len(pk) > 1])
    return {str(row.pk): row.name for row in teams} | {str(row.pk): row.label_nl for row in hoods}


def _rows(half: HalfYear) -> Any:
    rows = Deviation.objects.counted().filter(kind="made", period__gte=int(half.first), period__lte=int(half.last))
    return rows.exclude(answer="").order_by()


def _requests(half: HalfYear) -> Any:
    for routine, weight, team, hood, answer, case, reference in _rows(half).values_list(*COLUMNS).iterator():
        whose = household(case, reference, hood)
        yield Request(str(routine), weight, str(team), str(hood or ""), answer == "refused", whose)


def _digest(figures: Json) -> str:
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()
