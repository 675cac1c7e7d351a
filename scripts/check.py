"""`make check`: style, types, arrows, templates, migrations, translations and the house tests."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = ("config", "organisation", "cases", "deviations", "learning", "accountability")
AT_ONCE = 2
SURROUNDINGS = {"DEMO": "1", "LOG_LEVEL": "ERROR"}

# These need a database, and most visit every page as everybody: minutes, and `make test` does it on both databases.
VISITS = (
    "matrix",
    "parts",
    "headers",
    "query_counts",
    "kept",
    "api",
    "styleguide",
    "access_file",
    "destruction",
    "delivered_ten_times",
)
HOUSE = [
    str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("tests/house/test_*.py")) if path.stem[5:] not in VISITS
]

CHECKS = {
    "house tests": (sys.executable, "-m", "pytest", "-q", "-n", "2", *HOUSE),
    "types (mypy)": (str(BIN / "mypy"), *APPS),
    "style (ruff)": (str(BIN / "ruff"), "check", "."),
    "layout (ruff format)": (str(BIN / "ruff"), "format", "--check", "."),
    "arrows (import-linter)": (str(BIN / "lint-imports"), "--no-cache"),
    "templates (djlint)": (str(BIN / "djlint"), "--quiet", "--lint", "templates"),
    "system (manage.py check)": (sys.executable, "manage.py", "check", "--fail-level", "WARNING"),
    "migrations": (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
}


def main() -> int:
    """Run all, two at a time, the longest first; show what those that fail say. `--house` lists the house tests."""
    if "--house" in sys.argv:
        print(*HOUSE, sep="\n")
        return 0
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | SURROUNDINGS | {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3"}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            passed = dict(zip(CHECKS, pool.map(lambda name: passes(name, CHECKS[name], env), CHECKS), strict=True))
    failed = [name for name in CHECKS if not passed[name]]
    print("\nFailed: " + ", ".join(failed) if failed else "\nAll checks passed")
    return int(bool(failed))


def passes(name: str, command: tuple[str, ...], env: dict[str, str]) -> bool:
    """Run one check; silent when it passes."""
    started = time.monotonic()
    done = subprocess.run(command, check=False, env=env, capture_output=True, text=True)  # noqa: S603
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
