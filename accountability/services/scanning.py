"""The self-scan of a team: begun by its manager, filled in together, closed when every block has its evidence."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import BuildingBlock, Scan, ScanAnswer
from accountability.permissions import blocks as permissions
from accountability.workflow.blocks import ScanAction, next_scan_state
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.periods import HalfYear, Period
from organisation.models import Event, Membership, Notice, Team, User


def this_half() -> HalfYear:
    """The half-year that goes on."""
    return Period.of(timezone.now()).half


@transaction.atomic
def start(*, team: Team, by: User) -> Scan:
    """Begin the self-scan of this half-year; colleagues of the team are told."""
    permissions.require_with_scan(by, ScanAction.START, team)
    half = this_half()
    try:
        with transaction.atomic():
            scan = Scan.objects.create(team=team, year=half.year, half=half.number, started_by=by)
    except IntegrityError as fault:
        raise Refused(_("There is a self-scan of this half-year already.")) from fault
    event = Event.record(actor=by, verb="scan.start", target=scan)
    seats = Membership.objects.current().filter(team=team).values("user")
    Notice.queue(event=event, recipients=User.objects.filter(pk__in=seats), url=scan.get_absolute_url())
    return scan


@transaction.atomic
def write(*, scan: Scan, block: BuildingBlock, by: User, score: int, evidence: str, seen: int = 0) -> ScanAnswer:
    """Fill in one block; `seen` is the version that was read, 0 for none. Raises `ChangedMeanwhile` when overtaken."""
    scan = _moved(scan, ScanAction.WRITE, by)
    there = ScanAnswer.objects.select_for_update(of=("self",)).filter(scan=scan, block=block).first()
    if (there.version if there else 0) != seen:
        raise ChangedMeanwhile(_("A colleague filled this in meanwhile."), there)
    answer = there or ScanAnswer(scan=scan, block=block)
    before = str(answer.score or "")
    answer.score, answer.evidence, answer.written_by, answer.written_at = score, evidence, by, timezone.now()
    answer.version = seen + 1
    answer.save()
    Event.record(actor=by, verb="scan.write", target=scan, before=before, after=str(score), remark=block.code)
    return answer


@transaction.atomic
def close(*, scan: Scan, by: User) -> Scan:
    """It is finished: from now on those who learn from it may read it, and it changes no more."""
    scan = _moved(scan, ScanAction.CLOSE, by)
    scan.closed_by, scan.closed_at = by, timezone.now()
    scan.save()
    Event.record(actor=by, verb="scan.close", target=scan)
    return scan


def _moved(scan: Scan, action: ScanAction, by: User) -> Scan:
    scan = Scan.objects.select_for_update(of=("self",)).get(pk=scan.pk)
    scan.state = next_scan_state(scan.state, action)
    permissions.require_with_scan(by, action, scan)
    return scan
