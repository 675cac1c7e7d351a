"""The manual shows every page, and nothing that is no longer there."""

import re

import pytest

from .manual import FOLDER, INDEX, MOST_BYTES, PICTURES, wanted

pytestmark = pytest.mark.e2e


def test_there_is_a_picture_of_every_page():
    assert {path.stem for path in PICTURES.glob("*.webp")} == wanted(), "Run `make docs`"


def test_the_pictures_stay_small():
    assert [path.name for path in PICTURES.glob("*.webp") if path.stat().st_size > MOST_BYTES] == []


def test_every_picture_in_the_manual_exists():
    shown = [name for text in FOLDER.glob("*.md") for name in re.findall(r"\]\(pictures/([^)]+)\)", text.read_text())]
    assert [name for name in shown if not (PICTURES / name).exists()] == []


def test_the_list_of_all_pages_names_every_page():
    listed = set(re.findall(r"pictures/([\w-]+)\.webp", INDEX.read_text()))
    assert listed == {name for name in wanted() if not name.endswith("-phone")}
