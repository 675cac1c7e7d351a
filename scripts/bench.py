"""`make bench`: runs every benchmark of tests/scale and prints the ratios."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """One after another, so that they do not disturb each other."""
    os.chdir(ROOT)
    env = os.environ | {"DEMO": "1", "PYTHONPATH": str(ROOT)}
    failed = []
    for benchmark in sorted(ROOT.glob("tests/scale/bench_*.py")):
        print(f"\n=== {benchmark.stem}", flush=True)
        if subprocess.run([sys.executable, str(benchmark)], check=False, env=env).returncode:  # noqa: S603
            failed.append(benchmark.stem)
    print("\nFailed: " + ", ".join(failed) if failed else "\nEvery benchmark ran")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
