"""A destruction list: made of what is due, looked through, and approved by a second person."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accountability.models import DestructionLine, DestructionList
from accountability.permissions import retention as permissions
from accountability.workflow.retention import OPEN_LINES, LineState, RetentionAction, next_state
from cases.models import Case, RetentionClass
from cases.rules.keeping import Reckoning
from deviations.models import Deviation, RegisterImport
from organisation.kernel.access import Refused
from organisation.models import Counter, Errand, Event, Notice, User

TASK = "accountability.tasks.carry_out_destruction"
REGISTER_CLASS = "19.1.1"  # data processed, with financial effect
AT_ONCE = 500
Kind = DestructionLine.Kind


@transaction.atomic
def make(*, by: User, up_to: date | None = None) -> DestructionList:
    """A list of everything that is due and on no other list. Raises `Refused` when there is nothing."""
    permissions.require(by, RetentionAction.MAKE)
    day = min(up_to or timezone.localdate(), timezone.localdate())
    made = DestructionList.objects.create(number=Counter.next("VL"), up_to=day, made_by=by)
    lines = [*_case_lines(made), *_register_lines(made)]
    if not lines:
        raise Refused(_("Nothing is due that is not on a list already."))
    try:
        with transaction.atomic():
            DestructionLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    except IntegrityError as fault:
        raise Refused(_("Somebody made a list of the same cases just now.")) from fault
    Event.record(actor=by, verb="destruction.made", target=made, after=str(len(lines)))
    return made


def due_cases(on: date | None = None) -> QuerySet[Case]:
    """Cases that are due and on no list that is still open."""
    listed = DestructionLine.objects.filter(thing=OuterRef("pk"), state__in=OPEN_LINES)
    return Case.objects.due(on).exclude(Exists(listed))


def due_registers(on: date) -> list[tuple[RegisterImport, RetentionClass, Reckoning]]:
    """Registers that were brought in so long ago that they are due; few, so reckoned one by one."""
    kept = RetentionClass.objects.filter(code=REGISTER_CLASS).first()
    if not isinstance(kept, RetentionClass):
        return []
    listed = DestructionLine.objects.filter(thing=OuterRef("pk"), state__in=OPEN_LINES)
    there = Deviation.objects.filter(register=OuterRef("pk"))
    done = RegisterImport.objects.filter(state=RegisterImport.State.DONE, finished_at__isnull=False)
    found = []
    for register in done.filter(Exists(there)).exclude(Exists(listed)).order_by("finished_at"):
        reckoning = register_reckoning(register, kept)
        if reckoning.on and reckoning.on <= on:
            found.append((register, kept, reckoning))
    return found


def register_reckoning(register: RegisterImport, kept: RetentionClass) -> Reckoning:
    """A register is a processing of data that ended on the day it was brought in."""
    day = timezone.localdate(register.finished_at)
    return kept.reckon(closed_on=day, provision_until=None)


@transaction.atomic
def take_off(*, line: DestructionLine, by: User, why: str) -> DestructionLine:
    """Leave this one out for now, and say why; the next list will have it again, unless it is held."""
    made = _locked(line.destruction)
    permissions.require(by, RetentionAction.TAKE_OFF, made)
    rows = DestructionLine.objects.filter(pk=line.pk, state=LineState.LISTED)
    if not rows.update(state=LineState.TAKEN_OFF, off_by=by, off_why=why):
        raise Refused(_("This line is no longer on the list."))
    # About the case and not about the list, so that the reason goes when the case goes.
    if case := Case.objects.filter(pk=line.thing).first():
        Event.record(actor=by, verb="destruction.taken_off", target=case, before=made.number, remark=why)
    line.refresh_from_db()
    return line


@transaction.atomic
def submit(*, destruction: DestructionList, by: User) -> DestructionList:
    """Put the list before a second person."""
    made = _moved(destruction, by, RetentionAction.SUBMIT)
    event = _done(made, by, RetentionAction.SUBMIT)
    Notice.queue(event=event, recipients=second_persons(made), url=made.get_absolute_url())
    return made


@transaction.atomic
def give_back(*, destruction: DestructionList, by: User, why: str) -> DestructionList:
    """Give the list back to who made it, with what should be looked at."""
    made = _moved(destruction, by, RetentionAction.RETURN)
    event = _done(made, by, RetentionAction.RETURN, remark=why)
    Notice.queue(event=event, recipients=[made.made_by], url=made.get_absolute_url())
    return made


@transaction.atomic
def withdraw(*, destruction: DestructionList, by: User) -> DestructionList:
    """Nothing of it is destroyed; what stands on it can go on another list."""
    made = _moved(destruction, by, RetentionAction.WITHDRAW)
    lines = made.lines.filter(state=LineState.LISTED)
    lines.update(state=LineState.TAKEN_OFF, off_by=by, off_why=_("The list was withdrawn."))
    _done(made, by, RetentionAction.WITHDRAW)
    return made


@transaction.atomic
def approve(*, destruction: DestructionList, by: User) -> DestructionList:
    """The second person agrees, and a worker carries it out."""
    made = _moved(destruction, by, RetentionAction.APPROVE)
    if not made.lines.filter(state=LineState.LISTED).exists():
        raise Refused(_("There is nothing left on this list."))
    made.approved_by, made.approved_at = by, timezone.now()
    made.save(update_fields=["state", "approved_by", "approved_at"])
    event = _done(made, by, RetentionAction.APPROVE)
    Notice.queue(event=event, recipients=[made.made_by], url=made.get_absolute_url())
    Errand.put(task=TASK, subject=made.pk)
    return made


@transaction.atomic
def resume(*, destruction: DestructionList, by: User) -> DestructionList:
    """Have a worker go on where it stopped; one that is at it already does nothing twice."""
    made = _locked(destruction)
    permissions.require(by, RetentionAction.RESUME, made)
    next_state(made.state, RetentionAction.RESUME)
    Errand.put(task=TASK, subject=made.pk)
    return made


def held_since(made: DestructionList) -> set[UUID]:
    """What came to be held after the list was made: it will not go, and the page says so."""
    listed = made.lines.filter(state__in=OPEN_LINES).values("thing")
    return set(Case.objects.held().filter(pk__in=listed).values_list("pk", flat=True))


def is_in_hand(made: DestructionList) -> bool:
    """Whether a worker carries it out, or will."""
    return Errand.objects.open().filter(task=TASK, subject=made.pk).exists()


def second_persons(made: DestructionList) -> QuerySet[User]:
    """Those who can approve it."""
    guards = User.objects.working().filter(groups__name__in=permissions.GUARDS)
    return guards.exclude(pk=made.made_by_id).distinct()


def _case_lines(made: DestructionList) -> Iterator[DestructionLine]:
    cases = due_cases(made.up_to).select_related("retention_class").order_by("destroy_on", "pk")
    for case in cases.iterator(AT_ONCE):
        reckoning = case.reckon()
        if reckoning and reckoning.on and reckoning.on <= made.up_to:
            yield _line(made, Kind.CASE, case.pk, case.number, case.retention_class, reckoning, case.closed_at)


def _register_lines(made: DestructionList) -> Iterator[DestructionLine]:
    for register, kept, reckoning in due_registers(made.up_to):
        label = f"{date_format(timezone.localdate(register.created_at), 'Y-m-d')} ({register.deviations_done})"
        yield _line(made, Kind.REGISTER, register.pk, label, kept, reckoning, register.finished_at)


def _line(
    made: DestructionList, kind: str, thing: UUID, label: str, kept: Any, reckoning: Reckoning, closed_at: Any
) -> DestructionLine:
    return DestructionLine(
        destruction=made, kind=kind, thing=thing, label=label, class_code=kept.code, class_label=kept.label,
        closed_on=timezone.localdate(closed_at), destroy_on=reckoning.on or made.up_to, why=in_words(reckoning),
    )  # fmt: skip


def in_words(reckoning: Reckoning) -> str:
    """The period, from which day it runs, and where that stands: in one line."""
    return _("%(period)s after %(starts)s, %(day)s (%(source)s)") % {
        "period": reckoning.duration,
        "starts": reckoning.starts.label,
        "day": date_format(reckoning.since, "j F Y"),
        "source": reckoning.source,
    }


def _locked(destruction: DestructionList) -> DestructionList:
    rows = DestructionList.objects.select_related("made_by", "approved_by").select_for_update(of=("self",))
    return rows.get(pk=destruction.pk)


def _moved(destruction: DestructionList, by: User, action: RetentionAction) -> DestructionList:
    made = _locked(destruction)
    permissions.require(by, action, made)
    made.state = next_state(made.state, action)
    if action != RetentionAction.APPROVE:
        made.save(update_fields=["state"])
    return made


def _done(made: DestructionList, by: User, action: RetentionAction, remark: str = "") -> Event:
    return Event.record(actor=by, verb=f"destruction.{action}", target=made, after=made.state, remark=remark)
