"""Writing a deviation down: beginning a draft, and saving what is typed in it."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Routine
from deviations import permissions
from deviations.models import Deliberation, Deviation
from deviations.models.deliberating import DELIBERATED
from deviations.workflow import Action, next_state
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.ids import new_id
from organisation.models import Counter, Draft, Event, User

from . import distinguishing, indexing

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
CHANGED_MEANWHILE = _("You changed this deviation in another window while you were typing here.")


@transaction.atomic
def begin(*, case: Case, by: User, fields: Mapping[str, Any], pk: UUID | None = None, typed_in: str = "") -> Deviation:
    """A new draft about a case. `pk` comes with the form, so that sending it twice makes one.

    `typed_in`: the window, when it is saved by itself while somebody types.
    """
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
    _deliberate(deviation, fields, typing=False)
    _distinguish(deviation, fields, by)
    indexing.index(deviation)
    _remember(deviation, by, typed_in)
    Event.record(actor=by, verb="deviation.begin", target=deviation, after=deviation.state)
    return deviation


@transaction.atomic
def save_draft(
    *,
    deviation: Deviation,
    by: User,
    fields: Mapping[str, Any],
    version: int | None = None,
    window: str = "",
    typing: bool = False,
) -> Deviation:
    """Save a draft. With `version`: only if nobody saved another version since, except this same window by itself.

    `typing` is for what is saved by itself while somebody types: it is kept, but it makes no line in the logbook and
    no row in the history each time. Raises `ChangedMeanwhile`.
    """
    deviation = held(deviation)
    require_work(deviation, Action.EDIT, by)
    next_state(deviation.state, Action.EDIT)
    if version not in (None, deviation.version) and not _typed_last_in(window, deviation, by):
        raise ChangedMeanwhile(CHANGED_MEANWHILE, deviation)
    fill(deviation, fields)
    deviation.version += 1
    if typing:
        deviation.skip_history_when_saving = True  # type: ignore[attr-defined]
        _remember(deviation, by, window)
    else:
        Draft.discard(by, _key(deviation))
        Event.record(actor=by, verb="deviation.edit", target=deviation, after=deviation.state)
    deviation.save()
    _tick(deviation, fields)
    _deliberate(deviation, fields, typing=typing)
    _distinguish(deviation, fields, by)
    indexing.index(deviation)
    return deviation


def write(deviation: Deviation, fields: Mapping[str, Any]) -> None:
    """Save these fields in a row that the caller has locked and may change."""
    fill(deviation, fields)
    deviation.version += 1
    deviation.save()
    _tick(deviation, fields)
    _deliberate(deviation, fields, typing=False)
    indexing.index(deviation)


def _typed_last_in(window: str, deviation: Deviation, by: User) -> bool:
    return bool(window) and Draft.objects.filter(user=by, key=_key(deviation), page=window).exists()


def _remember(deviation: Deviation, by: User, window: str) -> None:
    """Which window saved by itself last: its next save, and its answer that got lost, are no conflict."""
    if window:
        Draft.objects.update_or_create(user=by, key=_key(deviation), defaults={"page": window})


def _key(deviation: Deviation) -> str:
    return f"deviations:{deviation.pk}"


def as_fields(deviation: Deviation) -> dict[str, Any]:
    """What stands in a deviation, as the fields of a form: to begin another one with."""
    deliberation = deliberation_of(deviation)
    fields = {name: getattr(deviation, name) for name in WRITTEN} | {"routine": deviation.routine}
    fields |= {name: list(getattr(deviation, name).all()) for name in TICKED}
    return fields | {name: getattr(deliberation, name) for name in DELIBERATED}


def held(deviation: Deviation) -> Deviation:
    """The row as it is now, locked until the transaction ends."""
    rows = Deviation.objects.select_related(
        "case__team", "author", "team", "routine__policy_domain", "routine_version", "policy_domain", "space"
    )
    return rows.select_for_update(of=("self",)).get(pk=deviation.pk)


def require_work(deviation: Deviation, action: Action, by: User) -> None:
    """Besides the table of rules: the author still works on the case, by team or by a share that has not ended."""
    permissions.require(by, action, deviation)
    require_case(deviation, by)


def require_case(deviation: Deviation, by: User) -> None:
    """They work on the case at this moment."""
    if not Case.objects.workable_by(by).filter(pk=case_of(deviation).pk).exists():
        raise Refused(NOT_YOUR_CASE)


def fill(deviation: Deviation, fields: Mapping[str, Any]) -> None:
    """Copy what the author wrote, and what follows from the chosen routine."""
    for name in WRITTEN & fields.keys():
        setattr(deviation, name, fields[name])
    if "routine" in fields:
        deviation.routine = fields["routine"]
        follow_routine(deviation)


def expect_routine(deviation: Deviation) -> None:
    """Begin with the routine of the case when there is only one to choose there."""
    routines = Routine.objects.active().filter(pk__in=case_of(deviation).routine_uses.values("routine"))[:2]
    if len(routines) == 1:
        deviation.routine = routines[0]
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


def deliberation_of(deviation: Deviation, fields: Mapping[str, Any] | None = None) -> Deliberation:
    """What is thought through: as stored or still empty, with these fields written over it. Nothing is saved."""
    stored = None if deviation._state.adding else Deliberation.objects.filter(deviation=deviation).first()
    deliberation = stored or Deliberation(deviation=deviation)
    for name in set(DELIBERATED) & (fields or {}).keys():
        setattr(deliberation, name, (fields or {})[name])
    return deliberation


def _deliberate(deviation: Deviation, fields: Mapping[str, Any], *, typing: bool) -> None:
    """Keep it as soon as something of it is written."""
    deliberation = deliberation_of(deviation, fields)
    if deliberation._state.adding and not deliberation.is_written:
        return
    if typing:
        deliberation.skip_history_when_saving = True  # type: ignore[attr-defined]
    deliberation.save()


def _distinguish(deviation: Deviation, fields: Mapping[str, Any], by: User) -> None:
    if "differs" in fields:
        distinguishing.keep(deviation, fields["differs"], by)
