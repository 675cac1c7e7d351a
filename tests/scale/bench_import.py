"""Bringing in a register: how time and memory grow from 13,000 to 130,000 rows, as ratios of one run."""

import sys
import tempfile
from pathlib import Path

from tests.scale import scratch

SMALL, LARGE = 13_000, 130_000


def main() -> int:
    """Print the ratios; 1 when a goal was missed."""
    print(f"\n{scratch.start()}, a register of {SMALL:,} and one of {LARGE:,} rows")
    took, grown = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for rows in (SMALL, LARGE):
            with scratch.memory_growth(grown):
                took[rows] = scratch.seconds(lambda rows=rows: _bring_in(Path(folder) / f"{rows}.csv", rows))
            print(f"  {rows:>7,} rows: {took[rows]:6.1f} s, {rows / took[rows]:6.0f} rows a second")
    met = scratch.report("time per row, ten times as many rows", took[LARGE] / took[SMALL] / 10, 1.5)
    met &= scratch.report("memory that the large one adds", grown[1], 30, " MB")
    return 0 if met else 1


def _bring_in(file: Path, rows: int) -> None:
    from django.core.management import call_command

    from tests.scale import registers

    registers.write(file, rows=rows, seed=rows)
    with file.with_suffix(".txt").open("w") as out:
        call_command("import_register", file, create_missing=True, stdout=out)


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
