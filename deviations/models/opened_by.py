"""Why somebody could open a deviation, for the access log: as its author, by the team, or by its case."""

from collections.abc import Sequence
from uuid import UUID

from cases.models import Case
from organisation.models import MUNICIPAL_ROLES, AccessBasis, Basis, User

from .deviations import Deviation

Bases = dict[UUID, Basis]


def bases_of(user: User, deviations: Sequence[Deviation]) -> Bases:
    """For each deviation what gave access: at most three questions, and none for authors and managers."""
    found = {one.pk: Basis(code) for one in deviations if (code := _by_itself(user, one))}
    others = [one for one in deviations if one.pk not in found]
    if others:
        by_case = Case.bases_of(user, _cases(others))
        found |= {one.pk: by_case.get(one.case_id or one.pk) or _otherwise(user, one) for one in others}
    return found


def _by_itself(user: User, deviation: Deviation) -> str:
    if deviation.author_id == user.pk:
        return AccessBasis.AUTHOR
    return AccessBasis.MANAGER if deviation.team_id in user.standing.leads else ""


def _otherwise(user: User, deviation: Deviation) -> Basis:
    standing = user.standing
    if deviation.team_id in standing.deputises | standing.backs | standing.above:
        return Basis(AccessBasis.DEPUTY)
    return Basis(AccessBasis.ROLE if user.has_role(*MUNICIPAL_ROLES) else "")


def _cases(deviations: Sequence[Deviation]) -> list[Case]:
    """Their cases: those at hand, and the rest in one question."""
    at_hand = {one.case_id: one.case for one in deviations if Deviation.case.is_cached(one) and one.case}
    asked = {one.case_id for one in deviations if one.case_id} - set(at_hand)
    rows = Case.objects.filter(pk__in=asked).only("handler", "team", "confidentiality", "before_manager", "state")
    return [*at_hand.values(), *(rows if asked else ())]
