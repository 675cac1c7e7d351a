"""When a proposal for a space gets no answer: its managers are reminded, and both sides hear when it is late."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from deviations.models import SpaceRequest
from deviations.rules.answering import PassedOn
from deviations.workflow.proposals import AskState
from organisation.kernel.working_days import AMSTERDAM, is_working_day
from organisation.models import Event, Notice, Role

from . import telling, turning_to

DAY = timedelta(days=1)


def press(*, now: datetime | None = None) -> int:
    """Take every step that has come. Returns how many; doing it again takes none."""
    moment = now or timezone.now()
    soon = Q(reminded_at__isnull=True, due_at__lte=_end_of_next_working_day(moment))
    late = Q(late_told_at__isnull=True, due_at__lt=moment)
    waiting = SpaceRequest.objects.filter(soon | late, state=AskState.ASKED).order_by("due_at", "pk")
    return sum(_step(pk, moment) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _step(pk: UUID, now: datetime) -> int:
    asked = SpaceRequest.objects.select_for_update(of=("self",)).select_related("team", "author").get(pk=pk)
    if asked.state != AskState.ASKED or asked.due_at is None:
        return 0
    managers = [person for person in telling.people_in(asked.team, Role.MANAGER) if person.pk != asked.author_id]
    if asked.due_at < now:
        if asked.late_told_at is not None:
            return 0
        asked.late_told_at = now
        asked.reminded_at = asked.reminded_at or now
        verb, people = "space_request.late", [*managers, asked.author]
        _pass_on(asked)
    elif asked.reminded_at is None:
        asked.reminded_at = now
        verb, people = "space_request.remind", managers
    else:
        return 0
    asked.save(update_fields=["reminded_at", "late_told_at", "passed_on"])
    event = Event.record(actor=None, verb=verb, target=asked, after=asked.state)
    Notice.queue(event=event, recipients=people, url=asked.get_absolute_url())
    return 1


def _pass_on(asked: SpaceRequest) -> None:
    """To the deputy; when there is none, to the manager's manager. When there is nobody, it stays where it is."""
    for rung, found in ((PassedOn.DEPUTY, turning_to.deputies), (PassedOn.SUPERIOR, turning_to.superiors)):
        if people := found(asked):
            asked.passed_on = rung
            names = ", ".join(person.name for person in people)[:300]
            event = Event.record(actor=None, verb="space_request.pass_on", target=asked, after=names)
            Notice.queue(event=event, recipients=[*people, asked.author], url=asked.get_absolute_url())
            return


def _end_of_next_working_day(now: datetime) -> datetime:
    """From then on there is one working day left, or less."""
    day = now.astimezone(AMSTERDAM).date() + DAY
    while not is_working_day(day):
        day += DAY
    return datetime.combine(day, datetime.max.time(), tzinfo=AMSTERDAM)
