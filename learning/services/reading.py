"""Reading the figures: what is stored for this selection, else counted from the cube, hidden and stored."""

from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, Sum

from learning import permissions
from learning.models import Cube, CubeState, CubeUse, StoredDashboard
from learning.rules.publishing import MADE, Counts, Json, publish
from learning.rules.selecting import Selection
from learning.workflow import Action
from organisation.models import User

TRIES = 3


def figures(selection: Selection) -> Json:
    """The published figures of this selection, as the cube is now."""
    for _attempt in range(TRIES):
        version = CubeState.now().version
        stored = StoredDashboard.objects.filter(key=selection.key, version=version).first()
        if stored:
            return dict(stored.figures)
        published = _count(selection)
        # Several questions to the cube: when it changed in between they may not fit together, so ask again.
        if CubeState.now().version == version:
            break
    else:
        return published
    fields = {"selection": selection.fields, "version": version, "figures": published}
    StoredDashboard.objects.update_or_create(key=selection.key, defaults=fields)
    return published


def teams_of(user: User) -> tuple[str, ...] | None:
    """The teams whose figures somebody reads: None for the whole municipality. Raises `Refused` for who reads none."""
    permissions.require(user, Action.READ_FIGURES)
    if user.roles & permissions.WHOLE_MUNICIPALITY:
        return None
    return tuple(sorted(str(team) for team in user.standing.leads))


def _count(selection: Selection) -> Json:
    now, before = _counts(selection), _counts(selection.before)
    return publish(now, before, selection.months, settings.SMALL_CELL_K)


def _counts(selection: Selection) -> Counts:
    cube, uses = _rows(Cube.objects.current(), selection), _rows(CubeUse.objects.current(), selection)
    made = cube.filter(kind=MADE)
    totals = made.aggregate(amount=Sum("amount_cents"), avoided=Sum("avoided_cents"))
    lead = made.exclude(answer="by_space").aggregate(minutes=Sum("lead_minutes"), n=Sum("lead_count"))
    return Counts(
        made=_sums(made, "routine_id", "team_id", of="deviations"),
        kinds={(int(month), kind): n for (month, kind), n in _sums(cube, "period", "kind", of="deviations").items()},
        answers={answer: n for (answer,), n in _sums(made, "answer", of="deviations").items()},
        outcomes={outcome: n for (outcome,), n in _sums(made, "outcome", of="deviations").items()},
        uses={routine: n for (routine,), n in _sums(uses, "routine_id", of="uses").items()},
        lead_minutes=lead["minutes"] or 0,
        lead_count=lead["n"] or 0,
        amount_cents=totals["amount"] or 0,
        avoided_cents=totals["avoided"] or 0,
    )


def _rows(rows: QuerySet[Any], selection: Selection) -> QuerySet[Any]:
    rows = rows.of_months(selection.first, selection.last).order_by()  # type: ignore[attr-defined]
    if selection.domain:
        rows = rows.filter(policy_domain=selection.domain)
    if selection.teams is not None:
        rows = rows.filter(team__in=selection.teams)
    return rows


def _sums(rows: QuerySet[Any], *by: str, of: str) -> dict[Any, int]:
    grouped = rows.values_list(*by).annotate(n=Sum(F(of)))
    return {tuple(str(part) for part in row[:-1]): row[-1] for row in grouped}
