"""Writing a deviation down: beginning a draft, and saving what is typed in it."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from deviations import permissions
from deviations.models import Deviation
from deviations.workflow import Action, next_state
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import Counter, Event, User

# What the author may write; everything else is set here, whatever a form sends.
WRITTEN = frozenset(
    {
        "kind", "if_followed", "instead", "why_here", "urgency", "acted_on", "belongs_or_helps", "amount_cents",
        "avoided_cents", "avoided_source", "purpose_served", "alternatives", "residents_view", "tension",
        "lasts_until", "risk_child_safety", "risk_fraud_inquiry", "risk_rights_of_others", "structural",
    }
)  # fmt: skip
TICKED = ("grounds", "causes", "life_domains")

NOT_YOUR_CASE = _("You do not work on this case, or no longer.")
SENT_ALREADY = _("This form was sent already. You find it among your deviations.")
CHANGED_MEANWHILE = _(
    "This deviation was changed meanwhile, perhaps in another window. "
    "Copy what you typed, reload the page and add it there."
)


@transaction.atomic
def begin(*, case: Case, by: User, fields: Mapping[str, Any], pk: UUID | None = None) -> Deviation:
    """A new draft about a case. `pk` comes with the form, so that sending it twice makes one."""
    deviation = Deviation(
        pk=pk or new_id(), case=case, author=by, team_id=case.team_id, policy_domain_id=case.policy_domain_id
    )
    require_work(deviation, Action.EDIT, by)
    deviation.number = Counter.next("A")
    # Behind the counter people stand in a row, so a form that was sent twice at once is seen here.
    if Deviation.objects.filter(pk=deviation.pk).exists():
        raise Refused(SENT_ALREADY)
    fill(deviation, fields)
    deviation.save(force_insert=True)
    _tick(deviation, fields)
    Event.record(actor=by, verb="deviation.begin", target=deviation, after=deviation.state)
    return deviation


@transaction.atomic
def save_draft(
    *, deviation: Deviation, by: User, fields: Mapping[str, Any], version: int | None = None, typing: bool = False
) -> Deviation:
    """Save a draft. With `version`: only if nobody saved another version since.

    `typing` is for what is saved by itself while somebody types: it is kept, but it makes no new version, no line
    in the logbook and no row in the history each time.
    """
    deviation = held(deviation)
    require_work(deviation, Action.EDIT, by)
    next_state(deviation.state, Action.EDIT)
    if version is not None and version != deviation.version:
        raise Refused(CHANGED_MEANWHILE)
    fill(deviation, fields)
    if typing:
        deviation.skip_history_when_saving = True  # type: ignore[attr-defined]
    else:
        deviation.version += 1
        Event.record(actor=by, verb="deviation.edit", target=deviation, after=deviation.state)
    deviation.save()
    _tick(deviation, fields)
    return deviation


def held(deviation: Deviation) -> Deviation:
    """The row as it is now, locked until the transaction ends."""
    rows = Deviation.objects.select_related(
        "case__team", "author", "team", "routine__policy_domain", "routine_version", "policy_domain", "space"
    )
    return rows.select_for_update(of=("self",)).get(pk=deviation.pk)


def require_work(deviation: Deviation, action: Action, by: User) -> None:
    """Besides the table of rules: the author still works on the case, by team or by a share that has not ended."""
    permissions.require(by, action, deviation)
    if not Case.objects.workable_by(by).filter(pk=case_of(deviation).pk).exists():
        raise Refused(NOT_YOUR_CASE)


def fill(deviation: Deviation, fields: Mapping[str, Any]) -> None:
    """Copy what the author wrote, and what follows from the chosen routine."""
    for name in WRITTEN & fields.keys():
        setattr(deviation, name, fields[name])
    if "routine" in fields:
        deviation.routine = fields["routine"]
        follow_routine(deviation)


def follow_routine(deviation: Deviation) -> None:
    """Take the version of the routine that holds today, and what is counted by it."""
    routine = deviation.routine
    version = routine.version_on() if routine else None
    deviation.routine_version = version
    deviation.source_type = version.source_type if version else ""
    deviation.policy_domain_id = (routine or case_of(deviation)).policy_domain_id


def case_of(deviation: Deviation) -> Case:
    """The case; only what was imported has none, and the table of rules lets nobody move that."""
    return cast(Case, deviation.case)


def follow_case(deviation: Deviation) -> None:
    """Take the team and neighbourhood as the case has them now."""
    case = case_of(deviation)
    deviation.team, deviation.neighbourhood_id = case.team, case.neighbourhood_id


def _tick(deviation: Deviation, fields: Mapping[str, Any]) -> None:
    for name in TICKED:
        if name in fields:
            getattr(deviation, name).set(fields[name])
