"""Following the destruction ledger: what it says was destroyed is destroyed in this database too, before it serves.

A database that was put back from an older backup is behind the ledger. That is seen by the digest of the last line
that the database knows of; a line that is being carried out at this moment is behind for the blink of an eye, and is
known by the line of the list that it belongs to.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from accountability.models import Certificate, DestructionLine, LedgerMark, Replay
from accountability.workflow.retention import OPEN_LINES, LineState
from cases.models import Case, RetentionHold
from deviations.models import Deviation
from organisation.models import Event

from . import certifying, destroying, forgetting, ledger, sweeping
from .hanging import rows_of
from .ledger import CERTIFICATE, DESTROYED, SPARED, Line

BATCH = 10
Kind = DestructionLine.Kind


@dataclass(slots=True)
class Behind:
    """What the ledger tells and this database does not show yet."""

    cases: set[UUID] = field(default_factory=set)
    registers: set[UUID] = field(default_factory=set)
    certificates: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cases or self.registers or self.certificates)


def is_up_to_date() -> bool:
    """Whether nothing is left to be destroyed again: one small question, unless the ledger has grown."""
    if ledger.last_digest() in (LedgerMark.now(), ledger.FIRST):
        return True
    found = behind()
    return not (found.cases - _going(Kind.CASE) or found.registers - _going(Kind.REGISTER))


def is_followed() -> bool:
    """For readiness: up to date, and the ledger that was followed is still there."""
    return is_up_to_date() and not is_lost()


def is_lost() -> bool:
    """Whether this database followed a ledger that is not there any more."""
    return bool(LedgerMark.now()) and ledger.last_digest() == ledger.FIRST


def behind() -> Behind:
    """Everything in the ledger that is still here. The whole ledger counts: a backup may be older than any mark."""
    gone: dict[str, set[UUID]] = {Kind.CASE: set(), Kind.REGISTER: set()}
    found = Behind()
    for line in ledger.read():
        match line.entry:
            case {"what": str(what), "kind": kind, "thing": thing} if what == DESTROYED:
                gone[kind].add(UUID(thing))
            case {"what": str(what), "kind": kind, "thing": thing} if what == SPARED:
                gone[kind].discard(UUID(thing))
            case {"what": str(what)} if what == CERTIFICATE:
                found.certificates.append(line)
    found.cases = _there(Case, "pk", gone[Kind.CASE])
    found.registers = _there(Deviation, "register", gone[Kind.REGISTER])
    known = {str(pk) for pk in Certificate.objects.values_list("pk", flat=True)}
    found.certificates = [line for line in found.certificates if line.entry["list"] not in known]
    return found


def replay(*, step: Callable[[], object] = lambda: None) -> Replay:
    """Destroy again what the ledger says was destroyed; doing it twice destroys nothing more."""
    found = behind()
    done = Replay.objects.create(lines=len(ledger.read()))
    cases = sorted(found.cases)
    for start in range(0, len(cases), BATCH):
        done.destroyed += _destroy_again(cases[start : start + BATCH], done)
        step()
    for register in sorted(found.registers):
        destroying.destroy_register(register, because_of=done, alive=step)
        done.destroyed += 1
    for line in found.certificates:
        certifying.put_back(line.entry)
    if done.destroyed:
        sweeping.sweep()
    _finish(done)
    return done


@transaction.atomic
def _destroy_again(cases: list[UUID], done: Replay) -> int:
    """Also what is held in this older database: when it was destroyed, that hold had been lifted."""
    there = set(Case.objects.filter(pk__in=cases).select_for_update(of=("self",)).values_list("pk", flat=True))
    RetentionHold.objects.filter(case__in=there).delete()
    forgotten = forgetting.forget(Case, there, because_of=done)
    lines = DestructionLine.objects.filter(thing__in=there, state__in=OPEN_LINES)
    lines.update(state=LineState.TAKEN_OFF, off_why="–")
    transaction.on_commit(lambda: destroying.delete_files(forgotten.files))
    return len(there)


@transaction.atomic
def _finish(done: Replay) -> None:
    done.save(update_fields=["destroyed"])
    if (last := ledger.last_digest()) != ledger.FIRST:
        LedgerMark.move(last)
    Event.record(actor=None, verb="destruction.replayed", target=done, after=str(done.destroyed))


def _going(kind: str) -> set[UUID]:
    rows = DestructionLine.objects.filter(kind=kind, state=LineState.GOING)
    return set(rows.values_list("thing", flat=True))


def _there(model: type[Case] | type[Deviation], name: str, keys: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for chunk in rows_of(model, name, keys):
        found |= set(chunk.values_list(name, flat=True).distinct())
    return found
