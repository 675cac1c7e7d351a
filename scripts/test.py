"""`make test`: every part of the suite that this machine can run; says in one line each what was not run and why.

`CI=true` makes a part that did not run a failure. `ARGS=…` goes to pytest; `PARTS="sqlite browser"` runs only those.
The order of the tests is the same each time; `SEED=…` deals another.
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = os.environ.get("TEST_PROCESSES", "2")
PARTS = os.environ.get("PARTS", "sqlite postgresql browser").split()
ARGS = shlex.split(os.environ.get("ARGS", ""))
SEED = os.environ.get("SEED", "1")
NO_TESTS_CHOSEN = 5


def main() -> int:
    """Run the parts one after another; all of them, also when one fails."""
    os.chdir(ROOT)
    results: list[tuple[str, str]] = []
    missing: list[tuple[str, str]] = []
    if "sqlite" in PARTS:
        results.append(("SQLite", pytest("not e2e", DATABASE_URL="", REDIS_URL="")))
    database, broker, chromium = services.postgres(), services.redis(), services.browser()
    if "postgresql" in PARTS:
        name = "PostgreSQL with Redis"
        if reason := database.why_not or broker.why_not:
            missing.append((name, reason))
        else:
            results.append((name, pytest("not e2e", DATABASE_URL=database.where, REDIS_URL=broker.where)))
    if "browser" in PARTS:
        if chromium.why_not:
            missing.append(("Browser journeys", chromium.why_not))
        else:
            results.append(("Browser journeys", in_the_browser(chromium.where)))
    return report(results, missing)


def in_the_browser(chromium: str) -> str:
    """The journeys, in one demo municipality for all processes."""
    sys.path.insert(0, str(ROOT))
    from tests.e2e import site

    if ARGS and call("e2e", "--collect-only", "-n0", CHROMIUM=chromium) == NO_TESTS_CHOSEN:
        return "no tests"
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder, site.running(Path(folder)) as address:
            print(f"\nThe demo municipality answers after {time.monotonic() - began:.0f} s", flush=True)
            told = pytest("e2e", "--dist=loadgroup", SITE=address, CHROMIUM=chromium)
            if "FAILED" in told:
                print("\nThe last that the demo municipality said:\n" + (Path(folder) / "log").read_text()[-3000:])
            return told
    except AssertionError as fault:
        print(fault)
        return "FAILED (the demo municipality does not start or stop)"


def pytest(marked: str, *options: str, **surroundings: str) -> str:
    """Run one part; answers what came of it and how long it took."""
    print(f"\n=== {marked} {' '.join(f'{k}={v}' for k, v in surroundings.items() if v)}", flush=True)
    started = time.monotonic()
    code = call(marked, *options, **surroundings)
    took = f"{time.monotonic() - started:.0f} s"
    if code == NO_TESTS_CHOSEN:
        return f"no tests ({took})"
    return f"{'FAILED' if code else 'passed'} ({took})"


def call(marked: str, *options: str, **surroundings: str) -> int:
    """Run pytest in these surroundings; an empty name is one that is not there."""
    dealt = ["-n", PROCESSES, f"--randomly-seed={SEED}"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", marked, *dealt, *ARGS, *options]
    env = {name: value for name, value in (os.environ | surroundings).items() if surroundings.get(name, value)}
    return subprocess.run(command, check=False, env=env).returncode  # noqa: S603


def report(results: list[tuple[str, str]], missing: list[tuple[str, str]]) -> int:
    """One line for each part, run or not."""
    print()
    for name, result in results:
        print(f"{name}: {result}")
    for name, reason in missing:
        print(f"{name}: NOT RUN, because {reason}")
    must_run_all = os.environ.get("CI", "").lower() in ("1", "true")
    failed = any("FAILED" in result for _name, result in results)
    return int(failed or (must_run_all and bool(missing)))


if __name__ == "__main__":
    sys.exit(main())
