"""Looking back on a space: its figures, what comes of it, and remembering what it stopped."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from deviations import permissions
from deviations.models import Deviation, DiscretionarySpace, Objection, SpaceEvaluation, SpaceStop
from deviations.models.space_life import Verdict
from deviations.rules.space_figures import STOPPED, Figures, enough_people, most_stopping
from deviations.workflow import SpaceAction, SpaceState
from organisation.kernel.access import Refused
from organisation.models import Event, User

from . import granting, telling
from .assessing import SpaceAnswer
from .granting import held

NO_WORDS = _("Say why, in a few words: who holds this space reads them.")
NEXT_IS_LATER = _("Choose a day after today, up to the last day of the space.")


@transaction.atomic
def look_back(
    *, space: DiscretionarySpace, by: User, verdict: Verdict, words: str, today: date, next_on: date | None = None
) -> SpaceEvaluation:
    """Keep the figures of this moment with what comes of them. To stop is to withdraw the space with these words."""
    space = held(space)
    permissions.require_with_space(by, SpaceAction.EVALUATE, space)
    if not words.strip():
        raise Refused(NO_WORDS)
    if next_on is not None and not today < next_on <= space.valid_until:
        raise Refused(NEXT_IS_LATER)
    evaluation = SpaceEvaluation.objects.create(
        space=space, by=by, verdict=verdict, words=words, figures=figures(space).frozen(), planned_on=space.evaluate_on
    )
    space.evaluate_on = next_on
    space.version += 1
    space.save(update_fields=["evaluate_on", "version"])
    event = Event.record(actor=by, verb="space.evaluate", target=space, after=verdict, remark=words)
    telling.tell(event, space, granting.holders_of(space))
    if verdict == Verdict.STOP and space.state in (SpaceState.ACTIVE, SpaceState.SUSPENDED):
        granting.withdraw_space(space=space, by=by, reasons=words)
    return evaluation


def figures(space: DiscretionarySpace) -> Figures:
    """What this space did up to now: a fixed number of queries."""
    uses = space.deviations.all()
    sums = uses.aggregate(
        count=Count("pk"), people=Count("author", distinct=True), spent=Sum("amount_cents", default=0)
    )
    outcomes = dict(uses.order_by().values_list("outcome").annotate(Count("pk")))
    stops = dict(space.stops.order_by().values_list("limit").annotate(Count("deviation", distinct=True)))
    return Figures(
        uses=sums["count"],
        people=enough_people(sums["people"]),
        spent_cents=sums["spent"],
        budget_cents=space.cents_per_period if space.means_slider >= 3 else None,
        outcomes=outcomes,
        objections=Objection.objects.filter(decision__space=space).count(),
        stops=most_stopping(stops),
    )


def note_stops(deviation: Deviation, answers: Iterable[SpaceAnswer]) -> None:
    """Remember at which limits spaces that were meant for this deviation stopped it."""
    meant = [answer for answer in answers if any(each.code == "routine" and each.passed for each in answer.limits)]
    stops = [(answer.space, limit.code) for answer in meant for limit in answer.stops if limit.code in STOPPED]
    rows = [SpaceStop(space=space, deviation=deviation, limit=code) for space, code in stops]
    SpaceStop.objects.bulk_create(rows, ignore_conflicts=True)


def overdue(on: date) -> Q:
    """Spaces whose look back should have been done."""
    return Q(evaluate_on__lte=on, state__in=(SpaceState.ACTIVE, SpaceState.SUSPENDED))
