"""Bringing in a register that was checked: in batches that each are kept, and that count only when all are in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from cases.models import Routine, RoutineUseTotal, RoutineVersion
from deviations.models import Cause, Deviation, RegisterImport
from deviations.rules.comparing import LIFE_DOMAIN
from deviations.rules.lawfulness import of_register
from deviations.rules.register_rows import Row
from deviations.rules.weighing import WeighedFacts, weigh
from deviations.workflow import State
from organisation.kernel import personal_data
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import Counter, Errand, Event, LifeDomain, Neighbourhood, Notice, PolicyDomain, Team, User

from . import indexing
from .checking_register import known_names, open_register, rows_of
from .creating_names import create_names
from .similar_text import similar_text

BATCH = 2_000
STATE_OF_ANSWER = {
    "": State.RECORDED,
    "agreed": State.AGREED,
    "by_space": State.AGREED,
    "agreed_with_conditions": State.AGREED_WITH_CONDITIONS,
    "refused": State.REFUSED,
}


@transaction.atomic
def receive(*, file: File, name: str, create_missing: bool, by: User | None, background: bool = True) -> RegisterImport:
    """Keep the file and have it checked by a task, unless the caller does so itself (`background=False`)."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    register = RegisterImport(
        file_name=name[:200], digest=digest.hexdigest(), create_missing=create_missing, requested_by=by
    )
    register.file.save(f"{register.pk}.csv", file, save=False)
    register.save()
    Event.record(actor=by, verb="register.received", target=register)
    if background:
        Errand.put(task="deviations.tasks.check_register", subject=register.pk)
    return register


@transaction.atomic
def start(*, register: RegisterImport, by: User | None, background: bool = True) -> RegisterImport:
    """Have a register that was checked brought in by a task. The same file is brought in once."""
    register = RegisterImport.objects.select_for_update(of=("self",)).get(pk=register.pk)
    if register.state != RegisterImport.State.CHECKED:
        raise Refused(_("This register has not been checked, or was brought in already."))
    register.state = RegisterImport.State.RUNNING
    try:
        with transaction.atomic():
            register.save(update_fields=["state"])
    except IntegrityError:
        raise Refused(_("This same file was brought in before. Nothing was changed.")) from None
    Event.record(actor=by, verb="register.started", target=register)
    if background:
        Errand.put(task="deviations.tasks.bring_in_register", subject=register.pk)
    return register


@transaction.atomic
def discard(*, register: RegisterImport, by: User | None) -> None:
    """Throw away a register that was not brought in, with its file."""
    register = RegisterImport.objects.select_for_update(of=("self",)).get(pk=register.pk)
    if register.state not in (RegisterImport.State.CHECKED, RegisterImport.State.REJECTED):
        raise Refused(_("This register is being worked on, or was brought in already."))
    Event.record(actor=by, verb="register.discarded", target=register)
    file = register.file
    transaction.on_commit(lambda: file.delete(save=False))
    register.delete()


def bring_in(*, register_id: UUID, errand: Errand | None = None) -> None:
    """Bring in the rows, going on after the last batch that was kept; a second time it changes nothing."""
    register = RegisterImport.objects.filter(pk=register_id, state=RegisterImport.State.RUNNING).first()
    if register is None:
        return
    if register.create_missing and register.rows_done == 0:
        with open_register(register) as reader:
            create_names(register=register, rows=_checked(reader), by=register.requested_by)
    lookup = Lookup.load()
    uses: dict[tuple[int, UUID, UUID], int] = {}
    with open_register(register) as reader:
        rows = _checked(reader)
        for row in islice(rows, register.rows_done):
            _note_uses(row, lookup, uses)
        while batch := list(islice(rows, BATCH)):
            for row in batch:
                _note_uses(row, lookup, uses)
            _keep(batch, register, lookup)
            if errand:
                errand.renew()
    _finish(register, uses)


def _checked(reader: Any) -> Iterator[Row]:
    for row, faults in rows_of(reader, known_names(creatable=True)):
        if row is None:
            raise Refused(str(faults[0].message))
        yield row


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the names and codes of a register stand for."""

    teams: dict[str, Team]
    domains: dict[str, PolicyDomain]
    routines: dict[str, Routine]
    versions: dict[UUID, list[RoutineVersion]]
    neighbourhoods: dict[str, Neighbourhood]
    life_domains: dict[str, LifeDomain]
    causes: dict[str, Cause]

    @classmethod
    def load(cls) -> "Lookup":
        """Read everything once; a municipality has hundreds of these, not thousands."""
        versions: dict[UUID, list[RoutineVersion]] = {}
        for version in RoutineVersion.objects.order_by("valid_from"):
            versions.setdefault(version.routine_id, []).append(version)
        return cls(
            teams={team.name.casefold(): team for team in Team.objects.all()},
            domains=_by_code(PolicyDomain),
            routines={routine.code.casefold(): routine for routine in Routine.objects.all()},
            versions=versions,
            neighbourhoods=_by_code(Neighbourhood),
            life_domains=_by_code(LifeDomain),
            causes=_by_code(Cause),
        )

    def version(self, routine: Routine, day: date) -> RoutineVersion:
        """The version that held on that day; the first one for a day before all of them."""
        versions = self.versions[routine.pk]
        return next((version for version in reversed(versions) if version.valid_from <= day), versions[0])


def _by_code(model: Any) -> dict[str, Any]:
    terms = list(model.objects.all())
    return {t.label_nl.casefold(): t for t in terms} | {t.code.casefold(): t for t in terms}


def _note_uses(row: Row, lookup: Lookup, uses: dict[tuple[int, UUID, UUID], int]) -> None:
    if row.routine_uses is not None:
        key = row.period, lookup.routines[row.routine.casefold()].pk, lookup.teams[row.team.casefold()].pk
        uses[key] = row.routine_uses


@transaction.atomic
def _keep(batch: list[Row], register: RegisterImport, lookup: Lookup) -> None:
    rows = [row for row in batch if row.kind]
    numbers = Counter.reserve("I", len(rows)) if rows else []
    made = [_deviation(row, number, register, lookup) for row, number in zip(rows, numbers, strict=True)]
    bulk_create_with_history(made, Deviation, batch_size=500, default_user=register.requested_by)
    _link(Deviation.life_domains.through, "lifedomain", rows, made, lookup.life_domains, "life_domains")
    _link(Deviation.causes.through, "cause", rows, made, lookup.causes, "causes")
    indexing.index_imported(zip(made, (_ticked(row, lookup) for row in rows), strict=True))
    register.rows_done += len(batch)
    register.deviations_done += len(made)
    register.save(update_fields=["rows_done", "deviations_done"])


def _deviation(row: Row, number: str, register: RegisterImport, lookup: Lookup) -> Deviation:
    routine = lookup.routines[row.routine.casefold()]
    version = lookup.version(routine, row.day)
    source_type = row.source_type or version.source_type
    state = STATE_OF_ANSWER[row.answer]
    if row.outcome and state in (State.AGREED, State.AGREED_WITH_CONDITIONS):
        state = State.EVALUATED
    facts = WeighedFacts(kind=row.kind, source_type=source_type, amount=Decimal(row.cents) / 100)
    neighbourhood = lookup.neighbourhoods.get(row.neighbourhood.casefold())
    at = timezone.make_aware(datetime.combine(row.day, time(12)))
    return Deviation(
        id=new_id(), number=number, register=register, register_line=row.line, register_reference=row.case_reference,
        kind=row.kind, routine=routine, routine_version=version, source_type=source_type,
        team=lookup.teams[row.team.casefold()], policy_domain=lookup.domains[row.policy_domain.casefold()],
        neighbourhood=neighbourhood, amount_cents=row.cents, why_here=personal_data.replace(row.reasons),
        state=state, answer=row.answer, outcome=row.outcome, weight=weigh(facts).weight, period=row.period,
        created_at=at, submitted_at=at,
        lawfulness=of_register(kind=row.kind, source_type=source_type, answer=row.answer),
    )  # fmt: skip


def _ticked(row: Row, lookup: Lookup) -> list[str]:
    return [LIFE_DOMAIN + lookup.life_domains[code.casefold()].code for code in row.life_domains]


def _link(through: Any, name: str, rows: list[Row], made: list[Deviation], terms: dict[str, Any], column: str) -> None:
    through.objects.bulk_create(
        through(**{"deviation_id": deviation.pk, f"{name}_id": terms[code.casefold()].pk})
        for row, deviation in zip(rows, made, strict=True)
        for code in getattr(row, column)
    )


@transaction.atomic
def _finish(register: RegisterImport, uses: dict[tuple[int, UUID, UUID], int]) -> None:
    RoutineUseTotal.objects.bulk_create(
        (
            RoutineUseTotal(period=period, routine_id=routine, team_id=team, uses=count, source=register.pk)
            for (period, routine, team), count in uses.items()
        ),
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["period", "routine", "team"],
        update_fields=["uses", "source"],
    )
    register.state = RegisterImport.State.DONE
    register.finished_at = timezone.now()
    register.save(update_fields=["state", "finished_at"])
    if similar_text().has_vectors:
        Errand.put(task="deviations.tasks.index_texts")
    # The file holds what people wrote; its rows are in, so it goes.
    transaction.on_commit(lambda: register.file.delete(save=True))
    # The system finished it, so the person who asked for it is told.
    event = Event.record(actor=None, verb="register.imported", target=register, after=str(register.deviations_done))
    if register.requested_by:
        Notice.queue(event=event, recipients=[register.requested_by], url=register.get_absolute_url())
