"""What others made and we ship: unchanged, and under a licence that lets us."""

import gzip
import hashlib
import json
import re

import pytest
from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "vendor"
LEDGER = json.loads((VENDOR / "VENDOR.json").read_text())["files"]
LICENCES = {"EUPL-1.2", "OFL-1.1", "MIT", "ISC", "0BSD"}
FIRST_VISIT = 100_000


@pytest.mark.parametrize("entry", LEDGER, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_as_it_was_built(entry):
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", LEDGER, ids=lambda entry: entry["file"])
def test_every_part_is_free_to_use(entry):
    assert entry["parts"]
    assert {licence for part in entry["parts"] for licence in part["licence"].split(" AND ")} <= LICENCES
    assert all(part["version"] for part in entry["parts"])


def test_nothing_is_shipped_that_the_ledger_does_not_name():
    shipped = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*.*")} - {"VENDOR.json"}
    assert shipped == {entry["file"] for entry in LEDGER}


def test_the_lock_file_names_no_registry():
    lock = (settings.BASE_DIR / "scripts" / "vendor" / "package-lock.json").read_text()
    assert '"resolved"' not in lock


def test_every_icon_in_a_template_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text()))
    templates = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    used = set(re.findall(r'(?:\bicon|c-icon name)="([a-z0-9-]+)"', templates))
    assert used <= known


def test_a_first_visit_is_light():
    app = settings.BASE_DIR / "static" / "app"
    sent = [*app.iterdir(), *(path for path in VENDOR.iterdir() if path.name != "noto-sans-latin-ext.woff2")]
    text = sum(len(gzip.compress(path.read_bytes())) for path in sent if path.suffix in {".css", ".js", ".svg"})
    fonts = sum(path.stat().st_size for path in sent if path.suffix == ".woff2")
    assert text + fonts <= FIRST_VISIT
