"""Sending a deviation in: weighed, agreed at once by a space that covers it, or put before the manager."""

from collections.abc import Callable
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Decision, Deviation, DiscretionarySpace, Message
from deviations.models.deviations import Answer, Kind, Urgency
from deviations.rules.covering import TOLD
from deviations.rules.weighing import Weight
from deviations.workflow import Action, next_state
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period
from organisation.kernel.working_days import deadline
from organisation.models import Event, Role, User

from . import (
    assessing,
    distinguishing,
    escalating,
    evaluating_space,
    freezing,
    hearing,
    indexing,
    spending,
    steering_case,
    telling,
    turning_to,
)
from .assessing import SpaceAnswer, Terms
from .finding_precedents import Subject
from .recording import follow_case, follow_routine, held, require_work

ANSWER_DAYS = {Urgency.URGENT: 1, Urgency.NORMAL: 5, Urgency.ALREADY_DONE: 5}
OBJECTION_DAYS = 1
NOON = time(12)
SETTLE_FIRST = _("First say whether you followed this advice, and why: %(name)s.")


class Incomplete(Exception):
    """Fields that this deviation needs are empty; `fields` names them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@transaction.atomic
def submit(*, deviation: Deviation, by: User, reply: str = "") -> Deviation:
    """Send a draft in. Raises `Incomplete` when something its weight asks for is not there.

    `reply` answers the question with which the manager returned it, and is needed then.
    """
    deviation = held(deviation)
    require_work(deviation, Action.SUBMIT, by)
    next_state(deviation.state, Action.SUBMIT)
    _require_settled(deviation)
    terms = _weigh(deviation, reply, by)
    if reply:
        Message.objects.create(deviation=deviation, kind=Message.Kind.ANSWER, text=reply, by=by)
    if deviation.kind != Kind.MADE:
        _record(deviation, by)
    elif not _agree_by_space(deviation, terms, by):
        _put_before_manager(deviation, by)
    steering_case.follow(deviation, by)
    return deviation


def due(deviation: Deviation, now: datetime) -> datetime:
    """Before when an answer is promised. What was already done counts from the act itself."""
    start = now
    if deviation.urgency == Urgency.ALREADY_DONE and deviation.acted_on:
        start = min(now, timezone.make_aware(datetime.combine(deviation.acted_on, NOON)))
    return deadline(start, ANSWER_DAYS[Urgency(deviation.urgency)])


def open_question(deviation: Deviation) -> Message | None:
    """The manager's question that is not answered yet."""
    last = deviation.messages.select_related("by").order_by("-at", "-id").first()
    return last if last is not None and last.kind == Message.Kind.QUESTION else None


def _require_settled(deviation: Deviation) -> None:
    if waiting := hearing.unsettled(deviation):
        raise Refused(SETTLE_FIRST % {"name": waiting.whom})


def _weigh(deviation: Deviation, reply: str, by: User) -> Terms:
    """Set what the server sets; raises `Incomplete`."""
    now = timezone.now()
    follow_routine(deviation)
    terms = Terms.of(deviation)
    weighing = assessing.weigh(deviation, terms)
    absent = assessing.missing(deviation, terms, weighing.required)
    if open_question(deviation) and not reply.strip():
        absent = (*absent, "reply")
    if not distinguishing.author_says(subject=Subject.of(deviation), by=by):
        absent = (*absent, "differs")
    if absent:
        raise Incomplete(absent)
    deviation.weight = Weight(weighing.weight)
    assessing.stand(deviation, terms)
    follow_case(deviation)
    deviation.submitted_at = now
    deviation.period = int(Period.of(now))
    deviation.version += 1
    if deviation.kind != Kind.MADE:
        deviation.urgency = Urgency.NORMAL
    if deviation.urgency != Urgency.ALREADY_DONE:
        deviation.acted_on = None
    elif deviation.acted_on is None:
        deviation.acted_on = timezone.localdate()
    return terms


def _record(deviation: Deviation, by: User) -> None:
    before, deviation.state = deviation.state, next_state(deviation.state, Action.RECORD)
    deviation.save()
    Event.record(actor=by, verb="deviation.record", target=deviation, before=before, after=deviation.state)


def _put_before_manager(deviation: Deviation, by: User) -> None:
    before, deviation.state = deviation.state, next_state(deviation.state, Action.SUBMIT)
    deviation.due_at = due(deviation, timezone.now())
    found = turning_to.answerers_of(deviation)
    deviation.passed_on = found.passed_on
    deviation.save()
    event = Event.record(actor=by, verb="deviation.submit", target=deviation, before=before, after=deviation.state)
    telling.tell(event, deviation, list(found.people))
    if not found.people:
        escalating.tell_administrators(deviation)


def _agree_by_space(deviation: Deviation, terms: Terms, by: User) -> bool:
    """Agree by the first space that covers it, with the rows of the spaces locked; False when none does."""
    # Locked first and asked again afterwards: what was taken from somebody while we waited is taken, and what is left
    # of a budget is what is really left.
    held_spaces = DiscretionarySpace.objects.held_by(by).in_force().filter(team_id=deviation.team_id)
    locked = list(held_spaces.select_for_update(of=("self",)).order_by("pk"))
    spaces = held_spaces.filter(pk__in=[space.pk for space in locked])
    ready = spaces.prefetch_related("routines", "policy_domains", "budgets")
    answers = assessing.answers(ready, deviation, terms, by)
    for found in answers:
        if found.covers and _somebody_can_object(found.space, deviation) and _taken(found.space, deviation):
            _use(found, deviation, by)
            return True
    evaluating_space.note_stops(deviation, answers)
    return False


def _somebody_can_object(space: DiscretionarySpace, deviation: Deviation) -> bool:
    """Where the manager may object afterwards, there has to be somebody who can; else the request is sent in."""
    if TOLD[space.deciding_slider] != "manager":
        return True
    found = turning_to.answerers_of(deviation)
    deviation.passed_on = found.passed_on
    return bool(found.people)


def _taken(space: DiscretionarySpace, deviation: Deviation) -> bool:
    try:
        spending.take(space=space, deviation=deviation)
    except Refused:
        return False
    return True


def _use(found: SpaceAnswer, deviation: Deviation, by: User) -> None:
    space = found.space
    before, deviation.state = deviation.state, next_state(deviation.state, Action.USE_SPACE)
    deviation.answer, deviation.space = Answer.BY_SPACE, space
    deviation.decided_at, deviation.lead_minutes = deviation.submitted_at, 0
    assessing.stand(deviation)
    deviation.save()
    indexing.index(deviation)
    frozen = freezing.snapshot_by_space(deviation, space, found.limits)
    Decision.objects.create(
        deviation=deviation,
        answer=Answer.BY_SPACE,
        author=by,
        space=space,
        objection_until=deadline(timezone.now(), OBJECTION_DAYS) if TOLD[space.deciding_slider] == "manager" else None,
        sight=space.sight_slider,
        snapshot=frozen,
        digest=freezing.digest(frozen),
    )
    event = Event.record(
        actor=by,
        verb="deviation.use_space",
        target=deviation,
        before=before,
        after=deviation.state,
        covered_by=space.pk,
    )
    _tell(event, deviation, space)


def _tell(event: Event, deviation: Deviation, space: DiscretionarySpace) -> None:
    told: dict[str | None, Callable[[], list[User]]] = {
        "manager": lambda: telling.managers_of(deviation),
        "team": lambda: telling.people_in(deviation.team, Role.CASEWORKER, Role.MANAGER),
    }
    if reader := told.get(TOLD[space.deciding_slider]):
        telling.tell(event, deviation, reader())
