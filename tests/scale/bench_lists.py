"""The list of cases for somebody with 20,000 shares, against the list of a team alone: ratios, not times.

And deviations in that many cases, which are read by whoever reads the case: a page of them, and one.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.scale import scratch

CASES = int(os.environ.get("CASES", "100000"))
SHARES = int(os.environ.get("SHARES", "20000"))
TEAMS, HANDLERS = 10, 50
ROUNDS = 15
GOAL = 3.0


def median(ask: Callable[[], Any]) -> float:
    """Milliseconds, the middle of a number of rounds after two to warm up."""
    times = []
    for number in range(ROUNDS + 2):
        begin = time.perf_counter()
        ask()
        if number >= 2:
            times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def fill() -> dict[str, Any]:
    """Ten teams with cases of five years; somebody with many shares, somebody with few, and one in an empty team."""
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from cases.models import Case
    from organisation.models import Membership, Team, User

    names = [*(f"T{number}" for number in range(TEAMS)), "Empty"]
    teams = [Team.objects.create(name=name, group=Group.objects.create(name=name)) for name in names]
    people = {}
    for name, team in (("handler", teams[0]), ("many", teams[0]), ("few", teams[0]), ("none", teams[-1])):
        people[name] = User.objects.create(email=f"{name}@x.test", name=name)
        since = timezone.localdate() - timedelta(days=9)
        Membership.objects.create(user=people[name], team=team, role="caseworker", since=since)
    handlers = [User.objects.create(email=f"h{number}@x.test", name=f"H{number}") for number in range(HANDLERS)]
    fill_cases(teams[:TEAMS], handlers)
    outside = list(Case.objects.exclude(team=teams[0]).order_by("?").values_list("pk", flat=True)[:SHARES])
    for name, keys in (("many", outside), ("few", outside[:5]), ("none", outside[:5])):
        share(people[name], keys, by=people["handler"])
    return people


def fill_cases(teams: list[Any], handlers: list[Any]) -> None:
    """Cases of five years, turn by turn of each team."""
    from django.utils import timezone

    from cases.models import Case
    from organisation.models import PolicyDomain

    domain = PolicyDomain.objects.create(code="bench", label_nl="Bench", label_en="Bench")
    now, step = timezone.now(), timedelta(days=5 * 365) / CASES
    for begin in range(0, CASES, 5000):
        Case.objects.bulk_create(
            Case(
                number=f"Z-{number}",
                subject=f"Vraag {number}",
                question="Hoe zit dat?",
                team=teams[number % TEAMS],
                handler=handlers[number // TEAMS % HANDLERS],
                policy_domain=domain,
                opened_at=now - step * number,
            )
            for number in range(begin, min(begin + 5000, CASES))
        )


def share(person: Any, keys: list[Any], *, by: Any) -> None:
    """Share these cases with this person for a month."""
    from django.contrib.auth.models import Permission
    from django.utils import timezone

    from cases.models import CaseUserPermission

    permission = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    told = {"reason": "x", "given_by": by, "until": timezone.localdate() + timedelta(days=30)}
    CaseUserPermission.shares.bulk_create(
        (CaseUserPermission(permission=permission, user=person, content_object_id=key, **told) for key in keys),
        batch_size=2000,
    )


def record() -> None:
    """A deviation in every third case; withdrawn ones are read as the others are, and need no routine."""
    from cases.models import Case
    from deviations.models import Deviation

    rows = Case.objects.order_by("pk").values_list("pk", "team", "handler", "policy_domain")[::3]
    Deviation.objects.bulk_create(
        (
            Deviation(
                number=f"A-{n}",
                case_id=case,
                team_id=team,
                author_id=by,
                policy_domain_id=domain,
                kind="considered",
                state="withdrawn",
            )
            for n, (case, team, by, domain) in enumerate(rows)
        ),
        batch_size=2000,
    )


def deviations_of(person: Any, **one: Any) -> int:
    """The first page of deviations, or one of them."""
    from deviations.models import Deviation
    from organisation.models import User

    person = User.objects.get(pk=person.pk)
    return len(Deviation.objects.visible_to(person).filter(**one).for_rows()[:26])


def page_of(person: Any, *, alone: bool = False) -> int:
    """The first page of the list as the view asks for it; `alone`: the cases of the team and nothing else."""
    from cases.models import Case
    from cases.paging import Page
    from organisation.models import User

    person = User.objects.get(pk=person.pk)
    seen = Case.objects.filter(team__in=person.standing.works_in) if alone else Case.objects.listed_for(person)
    rows = seen.exclude(state="closed").select_related("handler", "team", "policy_domain")
    return len(Page(rows.order_by("-opened_at", "-id"), None).rows)


def main() -> int:
    """Print a line for each question; 1 when a goal was missed."""
    name = scratch.start()
    from django.db import connection
    from django.test import Client

    from deviations.models import Deviation

    people = fill()
    record()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    base = median(lambda: page_of(people["many"], alone=True))
    client = Client(headers={"host": "localhost"})
    client.force_login(people["many"], backend="django.contrib.auth.backends.ModelBackend")
    whole = median(lambda: client.get("/cases/"))
    print(f"\n{name}: {CASES} cases; a page of 25 of the team alone {base:.2f} ms, the whole page {whole:.2f} ms")
    met = [
        scratch.report(f"{words}, of the team alone", median(lambda who=who: page_of(people[who])) / base, GOAL)
        for who, words in (
            ("many", f"team and {SHARES} shares"),
            ("few", "team and 5 shares"),
            ("none", "an empty team and 5 shares"),
        )
    ]
    one = Deviation.objects.values_list("pk", flat=True)[CASES // 4]
    for by, words in (({}, "the newest 25 deviations"), ({"pk": one}, "one deviation")):
        took = median(lambda by=by: deviations_of(people["few"], **by))
        met.append(scratch.report(f"{words}, of such a page", took / base, GOAL))
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
