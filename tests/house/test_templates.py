"""The templates themselves: short, used, and without anything inline."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
COMPONENTS = sorted((ROOT / "cotton").rglob("*.html"))
LINES = 150
# Asked for by Django and its apps, not by our own code.
CALLED_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
CALLED_BY_OTHERS = ("django/", "account/", "cotton/")
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:|hx-on|hx-vals=.js:", re.IGNORECASE
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_opens_with_what_it_takes(path):
    assert path.read_text().startswith("{# ")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_is_short(path):
    assert len(path.read_text().splitlines()) <= LINES


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_script_or_style(path):
    assert not INLINE.search(path.read_text())


def test_no_template_is_left_over():
    code = [path for app in settings.BASE_DIR.iterdir() if (app / "__init__.py").exists() for path in app.rglob("*.py")]
    text = "".join(path.read_text() for path in [*code, *TEMPLATES])
    unused = [
        name(path)
        for path in TEMPLATES
        if name(path) not in CALLED_BY_NAME and not name(path).startswith(CALLED_BY_OTHERS) and name(path) not in text
    ]
    assert unused == []


def test_no_component_is_left_over():
    text = "".join(path.read_text() for path in TEMPLATES)
    tags = ["<c-" + path.stem.replace("_", "-") for path in COMPONENTS]
    assert [tag for tag in tags if not re.search(re.escape(tag) + r"[\s/>]", text)] == []
