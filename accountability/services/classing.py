"""What a deviation may be called in public: its facts, the classes of a year, and whether a class is still safe."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accountability.models import RegisterLine
from accountability.rules.classes import NONE, Facts, MayTell, Told, amount_class, classify
from cases.models.casefile import Confidentiality
from deviations.models import Deviation, Ground
from learning.models import LearningReport
from learning.rules.households import household
from learning.rules.lattice import ALL, MADE, Key
from organisation.kernel.periods import Period, Quarter

# The heaviest first: that one is told.
HEAVIEST = (Ground.Kind.BEYOND_LAW, Ground.Kind.PRINCIPLE, Ground.Kind.DEVIATION, Ground.Kind.INTERPRETATION)
COLUMNS = (
    "pk", "policy_domain_id", "kind", "answer", "routine_id", "period", "weight", "amount_cents", "case_id",
    "register_reference", "neighbourhood_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Population:
    """Everything that could be in the register for a year: keys, and the facts beside them."""

    keys: list[UUID]
    rows: list[Facts]

    def classes(self, may_tell: MayTell) -> list[Told | None]:
        """The class of each of them."""
        return classify(self.rows, settings.SMALL_CELL_K, may_tell)


def over(year: int) -> list[Quarter]:
    """The quarters of a year that are over."""
    now = Period.of(timezone.now())
    return [quarter for number in (1, 2, 3, 4) if (quarter := Quarter(year, number)).last < now]


def population(year: int, narrow: Q | None = None) -> Population:
    """The deviations of the quarters of this year that are over; never of a case for named colleagues only."""
    quarters = over(year)
    if not quarters:
        return Population([], [])
    rows = Deviation.objects.counted().filter(period__gte=int(quarters[0].first), period__lte=int(quarters[-1].last))
    # From a register there is no case; a plain exclude would lose those.
    rows = rows.filter(Q(case__isnull=True) | ~Q(case__confidentiality=Confidentiality.NAMED))
    if narrow is not None:
        rows = rows.filter(narrow)
    grounds = _grounds(int(quarters[0].first), int(quarters[-1].last))
    keys, found = [], []
    for pk, domain, kind, answer, routine, period, weight, cents, *whose in (
        rows.order_by("pk").values_list(*COLUMNS).iterator()
    ):
        keys.append(pk)
        found.append(
            Facts(
                year=str(year), domain=str(domain), kind=kind, answer=answer or NONE, routine=str(routine),
                quarter=str(Period.from_int(period).quarter.number), weight=weight, ground=grounds.get(pk, NONE),
                amount=amount_class(cents), household=household(*whose),
            )
        )  # fmt: skip
    return Population(keys, found)


def _grounds(first: int, last: int) -> dict[UUID, str]:
    pairs = Deviation.grounds.through.objects.filter(deviation__period__gte=first, deviation__period__lte=last)
    found: dict[UUID, set[str]] = {}
    for deviation, kind in pairs.values_list("deviation_id", "ground__kind"):
        found.setdefault(deviation, set()).add(kind)
    return {pk: next(kind.value for kind in HEAVIEST if kind in kinds) for pk, kinds in found.items()}


def may_tell(year: int) -> MayTell:
    """Whether the figures that learning reports published already say as much as this class.

    A line in a class says that the class is about k households or more. Said of a figure that was hidden, that would
    help who tries to work it out; so a quarter is told only where every figure it is part of is shown.
    """
    shown = {str(quarter.number): _shown(quarter) for quarter in over(year)}

    def answer(told: Told) -> bool:
        return not told.quarter or all(key in shown[told.quarter] for key in implied(told))

    return answer


def implied(told: Told) -> list[Key]:
    """The figures of a quarter that hold all of this class."""
    if told.kind != MADE:
        return [("kinds", told.kind or ALL, ALL)]
    found: list[Key] = [("kinds", MADE, ALL), ("made", told.routine or ALL, ALL)]
    if told.answer and told.answer != NONE:
        found.append(("answers", told.answer, ALL))
    return found


def _shown(quarter: Quarter) -> frozenset[Key]:
    report = LearningReport.objects.filter(year=quarter.year, quarter=quarter.number).order_by("-edition").first()
    values = report.figures["values"] if report else []
    return frozenset(tuple(key) for key, value in values if value is not None)


def is_safe(told: Told) -> bool:
    """Whether at least k households are in this class now."""
    if not told.year:
        return False
    narrow = Q()
    for name in ("domain", "routine"):
        if value := getattr(told, name):
            narrow &= Q(**{"policy_domain" if name == "domain" else name: value})
    for name in ("kind", "weight"):
        if value := getattr(told, name):
            narrow &= Q(**{name: value})
    here = {facts.household for facts in population(int(told.year), narrow).rows if told.holds(facts)}
    return len(here) >= settings.SMALL_CELL_K


def households_told() -> frozenset[str]:
    """Whose deviations are in the register already, or were: one line each."""
    rows = RegisterLine.objects.filter(deviation__isnull=False)
    names = rows.values_list(*(f"deviation__{name}" for name in ("case_id", "register_reference", "neighbourhood_id")))
    return frozenset(household(*whose) for whose in names)


def years() -> list[int]:
    """The years that can be chosen: those with a quarter that is over and something in it."""
    periods: Iterable[int] = Deviation.objects.counted().order_by().values_list("period", flat=True).distinct()
    return sorted({period // 100 for period in periods if over(period // 100)}, reverse=True)
