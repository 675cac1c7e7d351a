"""The whole page with figures, at a thousand deviations and at a million: it may hardly grow.

python -m tests.scale.bench_dashboard; BENCH_ROWS sets the million. Both towns stand beside each other and are read in
turns, so that what else the machine does falls on both alike.
"""

import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.scale import scratch

FEW, TURNS, PAGES = 1000, 12, 8
QUESTIONS, SIGNALLERS, LINKED = 20, 40, 10  # one deviation in ten became part of a learning question
SHOWN = 8  # quarters: the four that are told, and the four before them
GOAL = 1.3
# Everything on one page: of the last four quarters that were told, or of the last twelve months of one team.
QUERY = {"part": "all"}
READERS = {"policy@bench.test": "released, for policy staff", "leader@bench.test": "exact, for who leads a team"}


def people() -> None:
    """Somebody of each kind who reads figures."""
    from django.contrib.auth.models import Group

    from organisation.models import Membership, Team, User

    policy, leader = (User.objects.create(email=email, name=email) for email in READERS)
    policy.groups.add(Group.objects.get(name="policy_officer"))
    Membership.objects.create(user=leader, team=Team.objects.order_by("name").first(), role="manager")


def questions() -> None:
    """Learning questions, the same number in either town, about a share of its deviations; half are answered."""
    from datetime import timedelta

    from django.utils import timezone

    from deviations.models import Deviation
    from learning.models import LearningQuestion, Link, Reply
    from organisation.models import User

    now = timezone.now()
    if not LearningQuestion.objects.exists():
        people = [User.objects.create(email=f"{n}@bench.test", name=str(n)) for n in range(SIGNALLERS)]
        asked = LearningQuestion.objects.bulk_create(
            LearningQuestion(number=f"B-{n}", problem="x", owner=people[0], due_on=now.date()) for n in range(QUESTIONS)
        )
        Reply.objects.bulk_create(
            Reply(question=question, signaller=person, kind=Reply.Kind.DONE, text="x")
            for question in asked[::2]
            for person in people
        )
    asked = list(LearningQuestion.objects.order_by("number"))
    people = list(User.objects.filter(name__in=map(str, range(SIGNALLERS))).order_by("name"))
    free = Deviation.objects.exclude(pk__in=Link.objects.values("deviation")).order_by("pk")
    rows = free.values_list("pk", flat=True)[::LINKED]
    Link.objects.bulk_create(
        (
            Link(
                question=asked[n % QUESTIONS], deviation_id=pk, signaller=people[n // QUESTIONS % SIGNALLERS],
                linked_at=now - timedelta(days=n % 300, minutes=n % 1000),
            )
            for n, pk in enumerate(rows)
        ),
        batch_size=1000,
    )  # fmt: skip


def reader(email: str) -> Any:
    """A browser of that person."""
    from django.test import Client

    from organisation.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def prepare() -> None:
    """Roll up, release the quarters shown, and let the worker draw what the pages ask for."""
    from django.utils import timezone

    from learning.models import FigureRelease
    from learning.services import drawing, preparing, releasing, rolling_up

    took = scratch.seconds(rolling_up.roll_up_all)
    FigureRelease.objects.all().delete()
    releasing.catch_up(timezone.localdate(), last=SHOWN)
    preparing.keep_ready()
    for email, what in READERS.items():
        client = reader(email)
        first = scratch.seconds(lambda client=client: client.get("/learning/", QUERY))
        print(f"  {what}: first time after the roll-up of {took:.1f} s {1000 * first:.0f} ms")
        drawing.draw_all()
        page = client.get("/learning/", QUERY).content
        assert page.count(b"<svg role=") > 10, "charts are missing"


@contextmanager
def beside() -> Iterator[str]:
    """A copy of the database as it is now, by name; thrown away afterwards."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    copy = f"{name}_few"
    connection.close()
    if connection.vendor == "postgresql":
        scratch.administer(f"CREATE DATABASE {copy} TEMPLATE {name}")
    else:
        shutil.copyfile(name, copy)  # whole: the last to leave wrote the log back
    try:
        yield copy
    finally:
        connection.close()
        if connection.vendor == "postgresql":
            scratch.administer(f"DROP DATABASE {copy}")


def in_turns(few: str, many: str, email: str) -> tuple[float, float]:
    """Milliseconds of the page in either town: the fastest tenth, what the page costs itself."""
    from django.db import connection

    times: dict[str, list[float]] = {few: [], many: []}
    for _turn in range(TURNS):
        for name, found in times.items():
            connection.close()
            connection.settings_dict["NAME"] = name
            client = reader(email)
            client.get("/learning/", QUERY)
            found += [1000 * scratch.seconds(lambda: client.get("/learning/", QUERY)) for _page in range(PAGES)]  # noqa: B023
    fastest = [statistics.quantiles(found, n=10)[0] for found in times.values()]
    return fastest[0], fastest[1]


def main() -> int:
    """Print the ratios; 1 when a goal was missed."""
    name = scratch.start()
    from django.db import connection

    from tests.scale import generating

    print(f"\n{name}")
    generating.deviations(FEW)
    people()
    questions()
    prepare()
    many, met = connection.settings_dict["NAME"], True
    with beside() as few:
        generating.deviations(generating.ROWS, after=FEW)
        questions()
        generating.settle()
        prepare()
        for email, what in READERS.items():
            small, large = in_turns(few, many, email)
            print(f"  {small:.1f} ms at {FEW:,} deviations, {large:.1f} ms at {generating.ROWS:,}")
            met &= scratch.report(f"whole page, {what}, of a thousand", large / small, GOAL)
    return int(not met)


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
