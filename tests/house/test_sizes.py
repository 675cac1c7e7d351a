"""Nothing grows too long to take in: the worst file decides, so the largest is capped."""

import ast
from dataclasses import dataclass
from pathlib import Path

from .code import HOUSE, classes, functions, length, lines, name, sources, tree


@dataclass(frozen=True)
class Size:
    """Lines at most of a file, of each function and of each class in it."""

    file: int
    function: int = 50
    class_: int = 250


SIZES = {
    "urls": Size(file=80),
    "views": Size(file=400, function=35),
    "forms": Size(file=300),
    "permissions": Size(file=200),
    "workflow": Size(file=200),
    "tasks": Size(file=150, function=10),
    "tests": Size(file=400, function=40),
}
OTHER = Size(file=300)
SOURCES = sources(*HOUSE, "tests")


def size_of(path: Path) -> Size:
    """A package such as `views/` has the limits of its module in every file."""
    kind = (
        "tests"
        if "tests" in path.parts
        else next((part for part in (path.stem, path.parent.name) if part in SIZES), "")
    )
    return SIZES.get(kind, OTHER)


def faults(path: Path) -> list[str]:
    """What is too long in this file."""
    limit = size_of(path)
    sized = [("file", lines(path), limit.file)]
    sized += [(function.name, length(function), limit.function) for function in functions(path)]
    sized += [(class_.name, length(class_), limit.class_) for class_ in classes(path)]
    return [f"{name(path)}, {what}: {size} lines, at most {most}" for what, size, most in sized if size > most]


def test_nothing_is_too_long():
    assert not [fault for path in SOURCES for fault in faults(path)]


def test_every_module_opens_with_one_sentence():
    assert not [name(path) for path in SOURCES if tree(path).body and not ast.get_docstring(tree(path))]
