"""Rebuild static/vendor from the parts in scripts/vendor/package.json; needs npm and Node."""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent / "vendor"

subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607
subprocess.run(["node", "build.mjs"], cwd=HERE, check=True)  # noqa: S607
