"""Why somebody could open a case, for the access log: the conditions of `Case.objects.visible_to`, one by one.

Nothing is asked of the database unless a case is seen by a share; then it is one question for all cases, or two.
"""

from collections.abc import Iterable
from uuid import UUID

from cases.workflow import State
from organisation.models import AccessBasis, Basis, User

from .casefile import Case, Confidentiality, given_to

Bases = dict[UUID, Basis]


def bases_of(user: User, cases: Iterable[Case]) -> Bases:
    """For each case what gave access; a case that this person does not see is left out."""
    found, others = {}, []
    for case in cases:
        if code := _by_itself(user, case):
            found[case.pk] = Basis(code)
        else:
            others.append(case.pk)
    return found | _by_share(user, others) if others else found


def _by_itself(user: User, case: Case) -> str:
    standing = user.standing
    if case.handler_id == user.pk:
        return AccessBasis.HANDLER
    if case.team_id in standing.works_in and case.confidentiality == Confidentiality.TEAM:
        return AccessBasis.TEAM
    if case.team_id in standing.leads and case.before_manager:
        return AccessBasis.MANAGER
    if case.team_id in standing.deputises and case.before_manager and case.state != State.CLOSED:
        return AccessBasis.DEPUTY
    return ""


def _by_share(user: User, keys: list[UUID]) -> Bases:
    found: Bases = {}
    for code, shares in zip((AccessBasis.SHARED, AccessBasis.SHARED_TEAM), given_to(user), strict=True):
        rest = [key for key in keys if key not in found]
        rows = shares.filter(content_object__in=rest).select_related("given_by") if rest else ()
        found |= {row.content_object_id: Basis(code, f"{row.given_by.name}: {row.reason}") for row in rows}
    return found
