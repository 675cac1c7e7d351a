"""Pages with rows of learning."""

from django.utils import timezone

from deviations.models import Unease
from deviations.services import speaking_up
from learning.models import LearningReport, Link, Reply, RollupRun, SignLink
from learning.services import composing, drawing, preparing, presenting, reading, rolling_up
from tests.factories import TeamFactory
from tests.house.world import World, period_of_today
from tests.learning import builders

from .rows import Rows


def routines_in_figures(world: World, count: int) -> None:
    """Routines that were departed from often enough to show, counted and drawn."""
    town = builders.town(routines=count, teams=[world.people.income, world.people.youth])
    for number in range(count):
        for team in (0, 1):
            builders.add(town, 12, routine=number, team=team, period=period_of_today())
            builders.report_uses(town, 100, routine=number, team=team, period=period_of_today())
    rolling_up.roll_up_all()
    preparing.keep_ready()
    # As the first reader after a count does.
    selection = preparing.opening_selection((str(world.people.income.pk),))
    published = reading.figures(selection)
    found = composing.figures(composing.of_part("all"), published, presenting.words_for(published), selection)
    presenting.with_drawings(found.values())
    drawing.draw_all()


def runs(world: World, count: int) -> None:
    """Finished runs."""
    for _number in range(count):
        RollupRun.objects.create(
            kind="keys", state="done", finished_at=timezone.now(), requested_by=world.people.policy,
            from_period=202601, to_period=202602,
        )  # fmt: skip


def signals(world: World, count: int) -> None:
    """Signals of one routine in many teams."""
    for _number in range(count):
        builders.signal(routine=world.routine, team=TeamFactory(), owner=world.people.policy)


def questions(world: World, count: int) -> None:
    """Open questions of one owner."""
    for _number in range(count):
        builders.question(world.people, routine=world.routine)


def answers(world: World, count: int) -> None:
    """Answers to the caseworker, each about another question."""
    for _number in range(count):
        Reply.objects.create(
            question=builders.question(world.people), signaller=world.people.caseworker, kind="done", text="Done."
        )


def reports(world: World, count: int) -> None:
    """Editions about many quarters."""
    there = LearningReport.objects.count()
    for number in range(count):
        LearningReport.objects.create(year=2000 + there + number, quarter=1, figures={}, digest="0" * 64)


def lines(world: World, count: int) -> None:
    """Questions that one deviation is part of."""
    for _number in range(count):
        Link.objects.create(question=builders.question(world.people), deviation=world.agreed)


def passed_on(world: World, count: int) -> None:
    """Signs that were passed on."""
    for _number in range(count):
        said = speaking_up.speak_up(by=world.people.caseworker, text="It feels wrong.", team=world.people.income)
        Unease.objects.filter(pk=said.pk).update(state="passed_on")


def signs_of(world: World, count: int) -> None:
    """Questions that one sign led to."""
    for _number in range(count):
        SignLink.objects.create(question=builders.question(world.people), unease=world.unease)


LISTS: dict[str, Rows] = {
    "learning:dashboard": Rows("manager", routines_in_figures),
    "learning:block-figures": Rows("manager", routines_in_figures),
    "learning:rollup-list": Rows("policy", runs),
    "learning:question-list": Rows("caseworker", questions),
    "learning:block-mine": Rows("caseworker", answers),
    "learning:block-line": Rows("caseworker", lines, args=lambda world: {"pk": world.agreed.pk}),
    "learning:block-loop": Rows("policy", questions),
    "learning:report-list": Rows("policy", reports),
    "learning:block-passed-on": Rows("policy", passed_on),
    "learning:block-sign": Rows("caseworker", signs_of, args=lambda world: {"pk": world.unease.pk}),
    "learning:signal-list": Rows("policy", signals),
    "learning:block-signals": Rows("policy", signals),
}
