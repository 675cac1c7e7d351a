"""What the settings read while tests run; loaded before Django by `-p tests.environment`."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

from config.translations import compile_stale

VAR_DIR = Path(tempfile.mkdtemp(prefix="handelingsruimte-tests-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
(VAR_DIR / "static").mkdir()
SETTINGS = {
    "DEMO": "1",
    "SECRET_KEY": "tests-only-" + "k" * 50,
    "VAR_DIR": str(VAR_DIR),
    "STATIC_ROOT": str(VAR_DIR / "static"),
    "LOG_LEVEL": "ERROR",
    "EMAIL_URL": "memorymail://",
}
for name, value in SETTINGS.items():
    os.environ.setdefault(name, value)

# Texts on pages are Dutch only when the translations are compiled.
compile_stale(Path(__file__).resolve().parent.parent / "locale")

# The same examples each time, and patience on a busy machine; `make drill` draws others.
settings.register_profile("house", derandomize=os.environ.get("DRILL") != "full", deadline=None)
settings.load_profile("house")
