"""The whole page with figures, at a thousand deviations and at a million: it may hardly grow.

python -m tests.scale.bench_dashboard; BENCH_ROWS sets the million.
"""

import statistics
import sys

from tests.scale import scratch

FEW, TIMES = 1000, 40
# All months there are, so that the thousand fill the same charts as the million.
QUERY = {"first": "2023-11", "last": "2026-10"}


def page() -> float:
    """The median time of the whole page, for a policy officer, in milliseconds."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from organisation.models import User

    person, _made = User.objects.get_or_create(email="policy@bench.test", defaults={"name": "Policy"})
    person.groups.add(Group.objects.get(name="policy_officer"))
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    times = []
    for _time in range(TIMES):
        times.append(1000 * scratch.seconds(lambda: client.get("/learning/", QUERY)))
    assert client.get("/learning/", QUERY).content.count(b"<svg role=") == 10
    return statistics.median(times[TIMES // 4 :])


def measure() -> float:
    """Roll up, let the worker draw, and time the page."""
    from learning.rules.selecting import Selection
    from learning.services import drawing, presenting, reading, rolling_up

    rolling_up.roll_up_all()
    published = reading.figures(Selection(202311, 202610))
    presenting.with_drawings(presenting.figures(published, presenting.words_for(published)).values())
    drawing.draw_all()
    return page()


def main() -> int:
    """Print the ratio; 1 when the goal was missed."""
    name = scratch.start()
    from tests.scale import generating

    generating.deviations(FEW)
    few = measure()
    generating.deviations(generating.ROWS, after=FEW)
    many = measure()
    print(f"\n{name}: {few:.1f} ms at {FEW:,} deviations, {many:.1f} ms at {generating.ROWS:,}")
    return int(not scratch.report("whole page with figures, of the same at a thousand", many / few, 1.3))


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
