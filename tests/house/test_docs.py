"""What is written about the house is true of it."""

import re

import pytest

from scripts import docs

from .code import ROOT

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)")


@pytest.mark.parametrize("name", ["states.md", "permissions.md", "model.md", "weights.md", "addresses.md"])
def test_the_generated_docs_are_fresh(name):
    assert (docs.FOLDER / name).read_text() == docs.pages()[name], "Run `make docs`"


def test_every_link_in_the_docs_leads_somewhere():
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in written
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_ci_runs_the_commands_of_the_readme():
    told = set(re.findall(r"^make (?:run|test|check)\b", (ROOT / "README.md").read_text(), re.MULTILINE))
    called = set(
        re.findall(r"\bmake (?:run|test|check)\b", (ROOT / ".ci/run").read_text() + (ROOT / ".ci/bare").read_text())
    )
    assert {"make run", "make test"} <= told <= called


def test_every_decision_record_is_short():
    long = [page.name for page in (ROOT / "docs" / "adr").glob("*.md") if len(page.read_text().split()) > 600]
    assert not long


def test_the_architecture_fits_on_two_pages():
    assert len((ROOT / "docs" / "architecture.md").read_text().split()) <= 1000


def test_the_security_standard_names_tests_that_are_there():
    """As `tests/a/test_b.py`: the words of a name · those of another."""
    missing = []
    for cell in re.findall(r"`tests/[^|]*", (ROOT / "docs" / "asvs.md").read_text()):
        for file, names in re.findall(r"`(tests/[^`]+)`(?:: ([^`|]*))?", cell):
            source = (ROOT / file).read_text() if (ROOT / file).exists() else ""
            told = [name.strip().replace(" ", "_") for name in names.split("·") if name.strip()]
            missing += [f"{file}: {name}" for name in ["", *told] if f"def test_{name}" not in source]
    assert not missing
