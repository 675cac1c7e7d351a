"""Carrying out a destruction list: a few cases at a time, each of them wholly, and again from where it stopped.

A few lines are first marked as going, then destroyed in one transaction, and then their files go. Killed at any
moment, what was committed is whole, and the next run finds the lines by their state. The destruction ledger outside
the database is written inside that transaction, before it ends: killed in between, the ledger says more than the
database, and the next run either destroys the case or writes that it was spared.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import DestructionLine, DestructionList, LedgerMark
from accountability.workflow.retention import LineState, ListState
from cases.models import Case
from deviations.models import Deviation, RegisterImport
from organisation.models import Errand, Event, Notice

from . import certifying, forgetting, ledger, sweeping
from .listing_destruction import TASK

BATCH = 10  # cases in one transaction
ROWS_AT_ONCE = 1000  # of a register
MOST = 2000  # lines for one errand; then another one goes on
Step = Callable[[], object]
Kind = DestructionLine.Kind
Lines = list[DestructionLine]


def carry_out(list_id: UUID | None, errand: Errand | None = None, *, step: Step = lambda: None) -> None:
    """Destroy what stands on an approved list; doing it again goes on where it stopped, or does nothing."""
    destruction = DestructionList.objects.filter(pk=list_id, state=ListState.RUNNING).first() if list_id else None
    if destruction is None:
        return

    def alive() -> None:
        step()
        if errand:
            errand.renew()

    for _batch in range(MOST // BATCH):
        alive()
        lines = _next(destruction)
        if not lines:
            sweeping.sweep()
            alive()
            _finish(destruction)
            return
        _destroy(lines, destruction, alive)
    Errand.put(task=TASK, subject=destruction.pk)


@transaction.atomic
def _next(destruction: DestructionList) -> Lines:
    """The next lines, marked as going; first those that a run before this one left half way."""
    rows = destruction.lines.select_for_update(of=("self",)).order_by("pk")
    half_way = list(rows.filter(state__in=(LineState.GOING, LineState.GONE))[:BATCH])
    if half_way:
        return half_way
    lines = list(rows.filter(state=LineState.LISTED, kind=Kind.CASE)[:BATCH]) or list(
        rows.filter(state=LineState.LISTED)[:1]
    )
    for line in lines:
        line.state = LineState.GOING
    DestructionLine.objects.bulk_update(lines, ["state"])
    return lines


def _destroy(lines: Lines, destruction: DestructionList, alive: Step) -> None:
    going = [line for line in lines if line.state == LineState.GOING]
    for line in going:
        if line.kind == Kind.REGISTER:
            _destroy_register(line, destruction, alive)
    cases = [line for line in going if line.kind == Kind.CASE]
    if cases:
        _destroy_cases(cases, destruction)
        alive()
    for line in lines:
        if line.state == LineState.GONE:
            delete_files(line.files)
            alive()
            line.state, line.files = LineState.DESTROYED, []
            line.save(update_fields=["state", "files"])


@transaction.atomic
def _destroy_cases(lines: Lines, destruction: DestructionList) -> None:
    """These cases in one transaction, but for those that may no longer go."""
    there = Case.objects.filter(pk__in=[line.thing for line in lines])
    locked = set(there.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    due = set(there.due().values_list("pk", flat=True))
    _spare([line for line in lines if line.thing in locked - due])
    _note([line for line in lines if line.thing in due], destruction)
    forgotten = forgetting.forget(Case, due, because_of=destruction)
    _mark([line for line in lines if line.thing in due or line.thing not in locked], forgotten)


def _destroy_register(line: DestructionLine, destruction: DestructionList, alive: Step) -> None:
    """The rows of a register, some at a time; each of them stands for a case elsewhere."""
    if not RegisterImport.objects.filter(pk=line.thing).exists():
        _mark([line], forgetting.Forgotten(0, []))
        return
    _note([line], destruction)
    line.rows += destroy_register(line.thing, because_of=destruction, alive=alive)
    _mark([line], forgetting.Forgotten(line.rows, []))


def destroy_register(register_id: UUID, *, because_of: Model, alive: Step = lambda: None) -> int:
    """All rows that came from one register; returns how many rows of tables went."""
    count = 0
    rows = Deviation.objects.filter(register=register_id).order_by("pk")
    while keys := list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        forgotten = forgetting.forget(Deviation, keys, because_of=because_of)
        delete_files(forgotten.files)
        count += forgotten.rows
        alive()
    forgetting.empty_register(register_id)
    return count


def delete_files(names: Iterable[str]) -> None:
    """Take files away; one that is gone already is gone."""
    for name in names:
        default_storage.delete(name)


def _note(lines: Lines, destruction: DestructionList) -> None:
    """In the ledger outside, before the database commits; and how far this database follows it."""
    told = [
        {"what": ledger.DESTROYED, "kind": line.kind, "thing": str(line.thing), "list": str(destruction.pk)}
        for line in lines
    ]
    if not told:
        return
    written = ledger.write(told)
    for line, entry in zip(lines, written, strict=True):
        line.ledger = entry.digest
    LedgerMark.move(written[-1].digest)


def _spare(lines: Lines) -> None:
    """Something changed since the list was approved: it is held, it was opened again, or its period is longer."""
    if not lines:
        return
    held = set(Case.objects.filter(pk__in=[line.thing for line in lines]).held().values_list("pk", flat=True))
    told = [{"what": ledger.SPARED, "kind": line.kind, "thing": str(line.thing)} for line in lines]
    LedgerMark.move(ledger.write(told)[-1].digest)
    for line in lines:
        line.state = LineState.TAKEN_OFF
        line.off_why = _("Held.") if line.thing in held else _("No longer due: opened again, or in another class.")
        line.save(update_fields=["state", "off_why"])


def _mark(lines: Lines, forgotten: forgetting.Forgotten) -> None:
    """The rows are gone. The files of all of them stand with the first line, since only their names are known."""
    for line in lines:
        line.state, line.destroyed_at = LineState.GONE, timezone.now()
        first = line is lines[0]
        line.files, line.rows = (forgotten.files, forgotten.rows) if first else ([], 0)
        line.save(update_fields=["state", "destroyed_at", "files", "rows", "ledger"])


@transaction.atomic
def _finish(destruction: DestructionList) -> None:
    rows = DestructionList.objects.select_related("made_by", "approved_by").select_for_update(of=("self",))
    done = rows.get(pk=destruction.pk)
    if done.state != ListState.RUNNING:
        return
    done.state, done.finished_at, done.swept_at = ListState.DONE, timezone.now(), timezone.now()
    done.save(update_fields=["state", "finished_at", "swept_at"])
    made = certifying.certify(done)
    event = Event.record(actor=None, verb="destruction.carried_out", target=done, after=str(made.cases))
    people = [person for person in (done.made_by, done.approved_by) if person]
    Notice.queue(event=event, recipients=people, url=done.get_absolute_url())
