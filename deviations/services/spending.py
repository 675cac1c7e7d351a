"""The money of a space: taken with the use, never more than there is, and given back at most once."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from deviations.models import Deviation, DiscretionarySpace, SpaceBudget, Spending
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period

FREE_WITHIN_PERIOD = 4  # slider means: only the budget of the whole period counts


class Overspent(Refused):
    """There is not enough left in the space."""


@transaction.atomic
def take(*, space: DiscretionarySpace, deviation: Deviation) -> None:
    """Take the amount of this deviation from every budget of the space, or from none. Raises `Overspent`.

    The update itself carries the condition, so that it holds without a lock on the row too; the database refuses
    more than there is a second time.
    """
    cents = deviation.amount_cents
    if not cents:
        return
    month = int(Period.of_date(timezone.localdate()))
    for period, limit in _budgets(space, month):
        budget, _created = SpaceBudget.objects.get_or_create(
            space=space, period=period, defaults={"limit_cents": limit}
        )
        enough = SpaceBudget.objects.filter(pk=budget.pk, spent_cents__lte=F("limit_cents") - cents)
        if not enough.update(spent_cents=F("spent_cents") + cents):
            raise Overspent(f"{space}")
    Spending.objects.create(space=space, deviation=deviation, period=month, cents=cents)


@transaction.atomic
def give_back(*, deviation: Deviation) -> None:
    """Give back what this deviation took, once; nothing when it took nothing."""
    spending = Spending.objects.filter(deviation=deviation, returned_at__isnull=True).first()
    if spending is None or not _mark_returned(spending):
        return
    SpaceBudget.objects.filter(space_id=spending.space_id, period__in=(SpaceBudget.WHOLE, spending.period)).update(
        spent_cents=F("spent_cents") - spending.cents
    )


def _mark_returned(spending: Spending) -> int:
    return Spending.objects.filter(pk=spending.pk, returned_at__isnull=True).update(returned_at=timezone.now())


def _budgets(space: DiscretionarySpace, month: int) -> list[tuple[int, int]]:
    named = [(SpaceBudget.WHOLE, space.cents_per_period)]
    if space.means_slider != FREE_WITHIN_PERIOD:
        named.append((month, space.cents_per_month))
    return [(period, limit) for period, limit in named if limit is not None]
