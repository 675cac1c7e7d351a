"""What became of a deviation, as a line from signal to effect; and the same for what somebody signalled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from deviations.models import Deviation
from learning.models import LearningQuestion, Link, Signal
from learning.rules import lines
from learning.rules.findings import Kind
from learning.rules.lines import Facts, Stage, Standing, Step
from organisation.kernel.periods import Period
from organisation.models import User

LONGEST = 140  # letters of what came of it
# Signals about a routine as a whole or in one team. A life domain or neighbourhood would tell of the case itself.
ABOUT_WORK = ("", "team")


@dataclass(frozen=True, slots=True)
class Line:
    """The steps of one question or signal, under its name."""

    title: str
    url: str
    steps: tuple[Step, ...]


def of_deviation(deviation: Deviation, *, reader: User) -> list[Line]:
    """A line for each question and each open signal it is part of; one with nothing yet when there are none."""
    if deviation.period is None:
        return []
    links = Link.objects.filter(deviation=deviation).select_related("question").order_by("-linked_at")
    questions, open_signals = list(links.prefetch_related("question__signals")), list(behind(deviation))
    shown = [signal for link in questions for signal in link.question.signals.all()] + open_signals
    seen = set(Signal.objects.visible_to(reader).filter(pk__in=[one.pk for one in shown]).values_list("pk", flat=True))
    found = [of_question(link.question, since=link.linked_at, may_read=seen) for link in questions]
    found += [_of_signal(signal, may_read=seen) for signal in open_signals]
    nothing = _("It counts in the figures. When a routine is departed from more often, that becomes a signal.")
    return found or [Line("", "", lines.of_nothing(nothing))]


def of_question(
    question: LearningQuestion, *, since: datetime | date, may_read: Collection[object] = frozenset()
) -> Line:
    """The line of a question; the signal is the first that led to it, or else whoever signalled."""
    signals = sorted(question.signals.all(), key=lambda signal: signal.found_on)
    step = _step(signals[0], may_read) if signals else Step(Stage.SIGNAL, Standing.DONE, since, _("Said by colleagues"))
    facts = Facts(
        state=question.get_state_display(), decision=question.get_improvement_display(),
        decided_at=question.decided_at, is_kept=question.is_kept, effect=Truncator(question.effect).chars(LONGEST),
        is_closed=bool(question.closed_at),
    )  # fmt: skip
    return Line(question.title, question.get_absolute_url(), lines.of_question(facts, step))


def behind(deviation: Deviation) -> "QuerySet[Signal]":
    """The open signals in whose months, routine and team this deviation lies."""
    in_its_months = ~Q(kind=Kind.LESSON) & Q(
        Q(team=None) | Q(team=deviation.team_id), routine=deviation.routine_id, dimension__in=ABOUT_WORK,
        since__lte=deviation.period, last_found_on__gte=Period.from_int(deviation.period or 0).first_day,
    )  # fmt: skip
    return Signal.objects.open().filter(in_its_months | Q(deviation=deviation)).for_pages().most_telling_first()


def _of_signal(signal: Signal, *, may_read: Collection[object]) -> Line:
    return Line("", "", lines.of_signal(_step(signal, may_read)))


def _step(signal: Signal, may_read: Collection[object]) -> Step:
    url = signal.get_absolute_url() if signal.pk in may_read else ""
    return Step(Stage.SIGNAL, Standing.DONE, signal.found_on, signal.get_kind_display(), url)
