"""Objecting to what a space agreed to, as long as there is time for it: then the manager answers after all."""

from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deviations import permissions
from deviations.models import Decision, Deviation, Objection
from deviations.models.deviations import Answer, DeviationQuerySet
from deviations.models.reach import open_to_objection
from deviations.rules.answering import acting_as
from deviations.workflow import Action, next_state
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, User

from . import deciding, spending, steering_case, submitting, telling
from .recording import held


@transaction.atomic
def object_to(*, deviation: Deviation, by: User, reasons: str) -> Objection:
    """Void what a space agreed to and give its money back, once; the request awaits an answer from now on."""
    deviation = held(deviation)
    permissions.require(by, Action.OBJECT, deviation)
    before, state = deviation.state, next_state(deviation.state, Action.OBJECT)
    _require_time(deviation)
    if not reasons.strip():
        raise Refused(_("Give your reasons: the author reads them."))
    now = timezone.now()
    voided = cast(Decision, deciding.void(deviation))
    spending.give_back(deviation=deviation)
    deviation.state, deviation.due_at = state, submitting.due(deviation, now)
    deviation.submitted_at = now  # from now on it waits: what comes of that is counted and reminded of from here
    deviation.version += 1
    deviation.save()
    capacity = acting_as(by.standing, deviation.team_id, deviation.passed_on)
    objection = Objection.objects.create(decision=voided, by=by, role=capacity or "", reasons=reasons, at=now)
    event = Event.record(
        actor=by, verb="deviation.object", target=deviation, before=before, after=deviation.state, remark=reasons
    )
    steering_case.follow(deviation, by)
    telling.tell(event, deviation, [cast(User, deviation.author), *telling.managers_of(deviation)])
    return objection


def to_look_at(user: User) -> DeviationQuerySet:
    """What spaces agreed to and this person may still object to; the first that ends before the rest."""
    rows = Deviation.objects.filter(open_to_objection(user)).exclude(author__in=user.accounts)
    return rows.order_by("decided_at", "pk")


def _require_time(deviation: Deviation) -> None:
    decision = deviation.decisions.final().first()
    if decision is None or decision.answer != Answer.BY_SPACE or decision.objection_until is None:
        raise WrongState(_("No objection can be made to this answer."))
    if decision.objection_until < timezone.now():
        when = date_format(timezone.localtime(decision.objection_until), "DATETIME_FORMAT")
        raise WrongState(_("An objection could be made until %(when)s. That moment has passed.") % {"when": when})
