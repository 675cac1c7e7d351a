"""How long it takes to make a table safe, how much of it is shown, and what earlier releases add to that.

python -m tests.scale.bench_disclosure; the tables are drawn anew each time, from a seed that is printed.
"""

import random
import secrets
import statistics
import sys
import time
from typing import Any

from organisation.kernel.attacking import Relation
from organisation.kernel.protecting import CannotBeMadeSafe, protect
from tests.organisation.test_protecting import random_rows, table
from tests.scale import scratch

SIZES = ((6, 5), (15, 7), (28, 7))  # routines × teams of a quarter
TABLES, QUARTERS = 5, 4
LONGEST = 2  # seconds for the largest table: a worker makes some of these each quarter


def main() -> int:
    """Print a line for each size, and for the fourth quarter against the first; 1 when a goal was missed."""
    seed = secrets.randbits(32)
    dice = random.Random(seed)
    print(f"\nMaking tables safe, seed {seed}")
    times = [_told(dice, height, width) for height, width in SIZES]
    first, last = _quarters(dice, *SIZES[0])
    print(f"  quarter {QUARTERS} and the year so far, of the first quarter        {last / first:8.3f}x")
    return int(not scratch.report(f"the largest of {TABLES} tables of {SIZES[-1]}", times[-1], LONGEST, " s"))


def _told(dice: random.Random, height: int, width: int) -> float:
    """The longest it took for tables of this size, in seconds."""
    times, shown = [], []
    for _table in range(TABLES):
        figures, relations = table(random_rows(dice, height, width))
        made: list[Any] = []
        times.append(scratch.seconds(lambda of=(figures, relations), to=made: to.append(protect(*of))))
        shown.append(made[0].share_shown)
    share, middle = 100 * statistics.mean(shown), statistics.median(times)
    cells = (height + 1) * (width + 1)
    each = 1000 * middle / cells
    print(f"  {height} × {width}, {cells} figures: {middle:.3f} s, {each:.2f} ms each, {share:.0f}% shown")
    return max(times)


def _quarters(dice: random.Random, height: int, width: int) -> tuple[float, float]:
    """The first quarter, and the last one with the sum of all, when everything told before is known."""
    ledger: dict[Any, Any] = {}
    guarded: set[Any] = set()
    relations: list[Relation] = []
    times, quarters = [], []
    for number in range(QUARTERS):
        rows = random_rows(dice, height, width)
        quarters.append(rows)
        figures, added = table(rows, f"q{number}")
        relations += added
        if number == QUARTERS - 1:
            sums = [[sum(each[r][c] for each in quarters) for c in range(width)] for r in range(height)]
            year, added = table(sums, "y")
            relations += added
            relations += [Relation(key, tuple((f"q{n}", *key[1:]) for n in range(QUARTERS))) for key in year]
            figures |= year
        began = time.perf_counter()
        try:
            release = protect(figures, relations, before=ledger, guarded=guarded)
        except CannotBeMadeSafe:
            print("  a release was refused: it could not be made safe")
        else:
            ledger |= release.bounds
            guarded |= release.small
        times.append(time.perf_counter() - began)
    return times[0], times[-1]


if __name__ == "__main__":
    sys.exit(main())
