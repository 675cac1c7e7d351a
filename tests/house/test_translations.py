"""Every text is translated, and none is doubtful."""

import re
import shutil
import subprocess
import sys

import polib
import pytest

from .code import HOUSE, ROOT

CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_the_dutch_translation_is_complete():
    missing = [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete and not entry.translated()]
    assert not missing


def test_the_dutch_translation_is_certain():
    doubtful = [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.fuzzy]
    assert not doubtful


def test_dutch_apostrophes_and_quotation_marks_are_of_one_kind():
    """’ and ‘…’ as printed; what stands between < and > is markup."""
    entries = polib.pofile(str(CATALOGUE))
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert not [text for text in texts if re.search("[\"'“”„`´]", re.sub("<[^>]*>", "", text))]


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_placeholders_and_plurals_are_right():
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", str(CATALOGUE)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_every_text_of_the_source_is_in_the_catalogue(tmp_path):
    for folder in (*HOUSE, "templates", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo", "node_modules"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "static").mkdir()
    options = ["-l", "nl", "--no-location", "--no-wrap", "--no-obsolete"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options], cwd=tmp_path, check=True, capture_output=True
    )
    found = {entry.msgid for entry in polib.pofile(str(tmp_path / CATALOGUE.relative_to(ROOT)))}
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    assert not found - known, "Run `make messages` and translate these"
