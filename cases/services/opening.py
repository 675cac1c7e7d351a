"""Opening a case."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import permissions
from cases.models import Case, Routine
from cases.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import Counter, Event, LifeDomain, Neighbourhood, PolicyDomain, Team, User

from .applying import record_use
from .reaching import fresh_key, sent_before


class Details(TypedDict, total=False):
    """What may be told of a case beside its question."""

    needed: str
    external_reference: str
    neighbourhood: Neighbourhood | None
    target_on: date | None
    confidentiality: str
    contact_count: int


@transaction.atomic
def open_case(
    *,
    by: User,
    team: Team,
    subject: str,
    question: str,
    policy_domain: PolicyDomain,
    routines: Iterable[Routine] = (),
    life_domains: Iterable[LifeDomain] = (),
    key: UUID | None = None,
    **details: Unpack[Details],
) -> Case:
    """A new case of this person, with a use of each chosen routine. The same form sent twice gives one case."""
    permissions.require(by, Action.OPEN, team)
    if team.closed_on:
        raise Refused(_("This team has been closed."))
    # The counter is locked from here on, so of two equal forms sent at once the second finds what the first made.
    number = Counter.next("Z")
    if made := sent_before(Case, key, handler=by, subject=subject, question=question):
        return made
    case = Case(
        **fresh_key(Case, key),
        number=number,
        team=team,
        handler=by,
        subject=subject,
        question=question,
        policy_domain=policy_domain,
        **details,
    )
    case.save(force_insert=True)
    case.life_domains.set(life_domains)
    Event.record(actor=by, verb="case.opened", target=case, after=case.state)
    for routine in routines:
        record_use(case=case, routine=routine, by=by)
    return case
