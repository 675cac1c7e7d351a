"""What the indicators of the building blocks say of a half-year: fourteen questions to the database, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Min, OuterRef, Q, Sum

from accountability.models import Pulse, Stock
from accountability.rules.indicators import FEWEST_COLLEAGUES, INDICATORS, halfway, share
from cases.models import RoutineVersion
from deviations.models import Consultation, Deviation, DiscretionarySpace, Opinion, Unease, UneaseReply
from deviations.rules.lawfulness import Lawfulness
from learning.models import LAST_WORDS, Cube, LearningQuestion, Link, Reply
from organisation.kernel.periods import HalfYear

from .comparing import HALVES_BACK, newest_due

AGREED = ("agreed", "agreed_with_conditions", "by_space")
KNOWN = ("yes", "partly", "no")
FRESH = timedelta(days=730)

Reading = float | None


def take_due(*, step: Callable[[], None] = lambda: None) -> int:
    """Take stock of every half-year that is over and was not counted yet; returns how many."""
    made, last = 0, newest_due()
    for half in (last - back for back in reversed(range(HALVES_BACK))):
        anything = Deviation.objects.filter(period__gte=int(half.first), period__lte=int(half.last)).order_by()
        if not Stock.objects.filter(year=half.year, half=half.number).exists() and anything.exists():
            readings = {indicator.code: MEASURES[indicator.code](half) for indicator in INDICATORS}
            Stock.objects.get_or_create(year=half.year, half=half.number, defaults={"readings": readings})
            made += 1
            step()
    return made


def purpose_in_words(half: HalfYear) -> Reading:
    """Weight B and up, made and recorded here: with the purpose served."""
    rows = _recorded(half).filter(kind="made").exclude(weight="A")
    return _of(rows, ~Q(purpose_served=""))


def routines_kept(half: HalfYear) -> Reading:
    """Versions that hold on the last day: begun in the two years before it."""
    day = half.last.last_day
    ended = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = RoutineVersion.objects.filter(ended, valid_from__lte=day)
    return share(rows.filter(valid_from__gt=day - FRESH).count(), rows.count(), FEWEST_COLLEAGUES)


def unease_answered(half: HalfYear) -> Reading:
    """Days from each sign to its first reply."""
    first = UneaseReply.objects.filter(unease=OuterRef("pk")).order_by().values("unease").annotate(at=Min("at"))
    rows = _in(Unease.objects.order_by(), half, "at").annotate(answered=first.values("at")[:1])
    return halfway([(answered - at).days for at, answered in rows.values_list("at", "answered") if answered])


def said_without_acting(half: HalfYear) -> Reading:
    """Considered or blocked, of everything."""
    rows = Cube.objects.current().of_months(int(half.first), int(half.last))
    return _of_cube(rows, ~Q(kind="made"))


def answered_in_time(half: HalfYear) -> Reading:
    """Requests with a day before which they had to be answered."""
    rows = _recorded(half).filter(due_at__isnull=False)
    return _of(rows, Q(decided_at__lte=F("due_at")))


def spaces_used(half: HalfYear) -> Reading:
    """Spaces given that held on some day of the half-year."""
    first, last = half.first.first_day, half.last.last_day
    rows = DiscretionarySpace.objects.granted().filter(valid_from__lte=last, valid_until__gte=first).order_by()
    used = _recorded(half).filter(space=OuterRef("pk"))
    return share(rows.filter(Exists(used)).count(), rows.count(), FEWEST_COLLEAGUES)


def reasons_complete(half: HalfYear) -> Reading:
    """Answered, and nothing missing in law."""
    rows = _recorded(half).filter(kind="made").exclude(answer="")
    return _of(rows, Q(lawfulness__in=(Lawfulness.WITHIN_RULE, Lawfulness.LAWFUL_DEVIATION)))


def looked_back(half: HalfYear) -> Reading:
    """Agreed, and its outcome known."""
    return _of_cube(_agreed(half), Q(outcome__in=KNOWN))


def room_before(half: HalfYear) -> Reading:
    """Agreed by space, of all that was agreed."""
    return _of_cube(_agreed(half), Q(answer="by_space"))


def pulse(half: HalfYear) -> Reading:
    """The mean over both questions."""
    found = Pulse.objects.filter(year=half.year, half=half.number).first()
    return found.mean if found else None


def loop_closed(half: HalfYear) -> Reading:
    """Per colleague and question: whether an answer says what came of it."""
    told = Reply.objects.filter(question=OuterRef("question"), signaller=OuterRef("signaller"), kind__in=LAST_WORDS)
    rows = _in(Link.objects.filter(signaller__isnull=False), half, "linked_at").order_by()
    pairs = rows.values("question", "signaller").annotate(told=Exists(told)).distinct()
    answered = [told for _question, _signaller, told in pairs.values_list("question", "signaller", "told")]
    return share(sum(answered), len(answered), FEWEST_COLLEAGUES)


def rules_changed(half: HalfYear) -> Reading:
    """Learning questions that were carried out."""
    first, last = half.first.first_day, half.last.last_day
    return LearningQuestion.objects.filter(changed_on__gte=first, changed_on__lte=last).count()


def peers_asked(half: HalfYear) -> Reading:
    """Made and recorded here: with a consultation."""
    rows = _recorded(half).filter(kind="made")
    return _of(rows, Exists(Consultation.objects.filter(deviation=OuterRef("pk"))))


def across_teams(half: HalfYear) -> Reading:
    """Opinions of people outside the team of the author."""
    rows = _in(Opinion.objects.order_by(), half, "at")
    return share(rows.filter(in_team=False).count(), rows.count(), FEWEST_COLLEAGUES)


MEASURES: dict[str, Callable[[HalfYear], Reading]] = {
    measure.__name__: measure
    for measure in (
        purpose_in_words, routines_kept, unease_answered, said_without_acting, answered_in_time, spaces_used,
        reasons_complete, looked_back, room_before, pulse, loop_closed, rules_changed, peers_asked, across_teams,
    )
}  # fmt: skip


def _recorded(half: HalfYear) -> Any:
    """Deviations recorded here: a register says nothing about how it went."""
    months = {"period__gte": int(half.first), "period__lte": int(half.last)}
    return Deviation.objects.filter(register__isnull=True, **months).order_by()


def _agreed(half: HalfYear) -> Any:
    return Cube.objects.current().of_months(int(half.first), int(half.last)).filter(kind="made", answer__in=AGREED)


def _of(rows: Any, part: Q | Exists) -> Reading:
    return share(rows.filter(part).count(), rows.count(), settings.SMALL_CELL_K)


def _of_cube(rows: Any, part: Q) -> Reading:
    found = rows.aggregate(part=Sum("deviations", filter=part), whole=Sum("deviations"))
    return share(found["part"] or 0, found["whole"] or 0, settings.SMALL_CELL_K)


def _in(rows: Any, half: HalfYear, name: str) -> Any:
    return rows.filter(**{f"{name}__gte": half.first.starts_at, f"{name}__lt": half.last.ends_before})
