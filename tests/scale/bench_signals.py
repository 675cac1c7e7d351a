"""Recall and precision of signals on made-up municipalities, and how quiet it is where nothing is the matter.

python -m tests.scale.bench_signals; BENCH_TOWNS sets how many of each. The seed is drawn at run and printed.
"""

import os
import secrets
import sys
from collections import Counter

from tests.scale import scratch

TOWNS = int(os.environ.get("BENCH_TOWNS", "10"))
NOT_TESTED = "threshold"  # a limit that was agreed: it says what is above it, and nothing is found


def main() -> None:
    """Quiet towns, then towns with everything planted."""
    name = scratch.start()
    seed = int(os.environ.get("BENCH_SEED", "0")) or secrets.randbits(32)
    print(f"\nSignals ({name}), seed {seed}, {TOWNS} municipalities of each")
    import numpy as np

    from tests.scale.planted import Plan

    rng = np.random.default_rng(seed)
    quiet = [look_at(Plan(), rng)[0] for _town in range(TOWNS)]
    for row in set().union(*quiet):
        print(f"    nothing planted: {row}")
    print(f"  where nothing is the matter: {sum(map(len, quiet)) / TOWNS:.2f} signals a municipality (tests only)")
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    took = []
    for _town in range(TOWNS):
        plan = everything(rng)
        found, seconds, truth = look_at(plan, rng)
        took.append(seconds)
        for kind, place in truth.items():
            hits[kind] += place in found
        for row in found - set(truth.values()):
            wrong[row[0]] += 1
            print(f"    not planted: {row}")
    for kind in sorted(hits):
        recall = hits[kind] / TOWNS
        precision = hits[kind] / max(hits[kind] + wrong[kind], 1)
        print(f"  {kind:<18} recall {recall:.2f} (aim 0.95)   precision {precision:.2f} (aim 0.90)")
    print(f"  looking took {sum(took) / len(took):.2f} s a municipality")


def everything(rng):  # noqa: ANN001, ANN201
    """One of each kind, in places that do not touch."""
    from tests.scale.planted import PLACES, ROUTINES, TEAMS, Plan

    rise, place, poor, refuses = (int(n) for n in rng.permutation(ROUTINES)[:4])
    teams = [int(n) for n in rng.permutation(TEAMS)]
    return Plan(
        rise=(rise, teams[0]), since=4, neighbourhood=(place, int(rng.integers(PLACES))), poor=poor,
        refuses=(refuses, teams[1]), late=teams[2],
    )  # fmt: skip


def look_at(plan, rng):  # noqa: ANN001, ANN201
    """Make it, roll it up, look, and throw it away."""
    from django.db import transaction

    from learning.services import detecting, rolling_up
    from tests.scale import planted

    class Over(Exception):
        pass

    result = {}
    try:
        with transaction.atomic():
            town = planted.build(plan, rng)
            rolling_up.roll_up_all()
            signals = []
            result["seconds"] = scratch.seconds(lambda: signals.extend(detecting.detect(planted.LAST.last_day)))
            names = {str(thing.pk): n for things in (town.routines, town.teams) for n, thing in enumerate(things)}
            result["found"] = {
                (each.kind.value, names.get(each.routine or ""), names.get(each.team or ""), each.value)
                for each in signals
                if each.kind != NOT_TESTED
            }
            result["truth"] = truth_of(plan, town)
            raise Over
    except Over:
        pass
    found = {row if row[0] != "disproportion" or row[2] is None else (*row[:3], "") for row in result["found"]}
    return found, result["seconds"], result["truth"]


def truth_of(plan, town):  # noqa: ANN001, ANN201
    """What ought to be found."""
    truth = {}
    if plan.rise:
        truth["rise"] = ("rise", *plan.rise, "")
    if plan.neighbourhood:
        truth["disproportion"] = ("disproportion", plan.neighbourhood[0], None, town.places[plan.neighbourhood[1]].code)
    if plan.poor is not None:
        truth["poor_outcome"] = ("poor_outcome", plan.poor, None, "no")
    if plan.refuses:
        truth["unequal_answers"] = ("unequal_answers", *plan.refuses, "refused")
    if plan.late is not None:
        truth["slow_answers"] = ("slow_answers", None, plan.late, "late")
    return truth


if __name__ == "__main__":
    if "inside" in sys.argv:
        main()
    else:
        sys.exit(scratch.on_each_database(__file__))
