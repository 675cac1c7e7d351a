"""Trying a space on 50,000 past deviations beside another space: seconds, and as a ratio to reading the rows alone."""

import os
import sys

from tests.scale import scratch

ROWS = int(os.environ.get("BENCH_ROWS", "50000"))
MONTHS = 24


def main() -> int:
    """Print the figures; 1 when a goal was missed."""
    name = scratch.start()
    simulation = asked()
    grown: list[float] = []
    from deviations.services import simulating

    simulation.get_absolute_url()  # a worker that runs has loaded its addresses, and all that is behind them
    alone = min(scratch.seconds(lambda: read(simulation)) for _time in range(3))
    with scratch.memory_growth(grown):
        took = scratch.seconds(lambda: simulating.run(simulation_id=simulation.pk))
    simulation.refresh_from_db()
    said = simulation.result["space"]
    assert 0 < said["covered"] < said["requests"], said
    print(f"\n{name}: {simulation.rows_total:,} deviations against two spaces in {took:.2f} s, read in {alone:.2f} s")
    met = scratch.report("50,000 deviations against two spaces", took * 50_000 / simulation.rows_total, 5, " s")
    met &= scratch.report("replay of two spaces, of reading the rows alone", took / alone, 10)
    met &= scratch.report("memory that the replay adds", grown[0], 20, " MB")
    return int(not met)


def asked():
    """A team with a past, two spaces with money, and a replay that waits."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from cases.models import Routine
    from deviations.models import Deviation, Simulation
    from organisation.kernel.periods import Period
    from tests.factories import MembershipFactory, SpaceFactory
    from tests.scale import generating

    generating.MONTHS, generating.TEAM, generating.LAST = MONTHS, "0", Period.of_date(timezone.localdate())
    generating.deviations(ROWS * 10 // 7)  # seven of ten were made
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Deviation._meta.db_table} SET why_here = 'It did not fit here.'")  # noqa: S608
    team = Deviation.objects.earliest("number").team
    manager = MembershipFactory(team=team, role="manager").user
    spaces = []
    for means in (3, 1):
        space = SpaceFactory(
            team=team, granted_by=manager, means_slider=means, cents_per_month=2_000_000, cents_per_period=40_000_000,
            valid_until=timezone.localdate() + timedelta(days=365),
        )  # fmt: skip
        space.routines.set(Routine.objects.all())
        spaces.append(space)
    return Simulation.objects.create(space=spaces[0], against=spaces[1], months=MONTHS, requested_by=manager)


def read(simulation) -> None:
    """The same rows, and nothing done with them."""
    from django.utils import timezone

    from deviations.services import recalling
    from organisation.kernel.periods import Period

    last = Period.of_date(timezone.localdate())
    for period in (last + (1 - MONTHS)).upto(last):
        for _row in recalling.rows_of(simulation.space.team_id, int(period)):
            pass


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
