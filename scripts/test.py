"""`make test`: every part of the suite that this machine can run; says in one line each what was not run and why.

`CI=true` makes a part that did not run a failure. `ARGS=…` goes to pytest.
"""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = os.environ.get("TEST_PROCESSES", "2")
NO_TESTS_CHOSEN = 5


def main() -> int:
    """Run the parts one after another; all of them, also when one fails."""
    os.chdir(ROOT)
    results: list[tuple[str, str]] = []
    missing: list[tuple[str, str]] = []
    results.append(("SQLite", pytest("not e2e", DATABASE_URL="", REDIS_URL="")))
    database, broker, chromium = services.postgres(), services.redis(), services.browser()
    if reason := database.why_not or broker.why_not:
        missing.append(("PostgreSQL with Redis", reason))
    else:
        served = pytest("not e2e", DATABASE_URL=database.where, REDIS_URL=broker.where)
        results.append(("PostgreSQL with Redis", served))
    if chromium.why_not:
        missing.append(("Browser journeys", chromium.why_not))
    else:
        results.append(("Browser journeys", pytest("e2e", at_once="1", CHROMIUM=chromium.where)))
    return report(results, missing)


def pytest(marked: str, *, at_once: str = PROCESSES, **surroundings: str) -> str:
    """Run one part; answers what came of it and how long it took."""
    print(f"\n=== {marked} {' '.join(f'{k}={v}' for k, v in surroundings.items() if v)}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-m", marked]
    command += ["-n", at_once] if at_once != "1" else []
    command += shlex.split(os.environ.get("ARGS", ""))
    env = {name: value for name, value in (os.environ | surroundings).items() if value}
    for name, value in surroundings.items():
        if not value:
            env.pop(name, None)
    started = time.monotonic()
    code = subprocess.run(command, check=False, env=env).returncode  # noqa: S603
    took = f"{time.monotonic() - started:.0f} s"
    if code == NO_TESTS_CHOSEN:
        return f"no tests ({took})"
    return f"{'FAILED' if code else 'passed'} ({took})"


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
