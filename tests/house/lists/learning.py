"""Pages with rows of learning."""

from django.utils import timezone

from learning.models import RollupRun
from learning.services import preparing, rolling_up
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


def runs(world: World, count: int) -> None:
    """Finished runs."""
    for _number in range(count):
        RollupRun.objects.create(
            kind="keys", state="done", finished_at=timezone.now(), requested_by=world.people.policy,
            from_period=202601, to_period=202602,
        )  # fmt: skip


LISTS: dict[str, Rows] = {
    "learning:dashboard": Rows("policy", routines_in_figures),
    "learning:block-figures": Rows("policy", routines_in_figures),
    "learning:rollup-list": Rows("policy", runs),
}
