"""Reads our own source: which files there are and what is in them."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
APPS = ("organisation", "cases", "deviations", "learning", "accountability")
HOUSE = (*APPS, "config", "scripts")


def sources(*folders: str) -> list[Path]:
    """Python files under these folders, without migrations."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def name(path: Path) -> str:
    """The path as somebody would write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """What the file says."""
    return ast.parse(path.read_text())


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def classes(path: Path) -> list[ast.ClassDef]:
    """Every class."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def calls(path: Path) -> list[ast.Call]:
    """Every call."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def length(node: ast.stmt) -> int:
    """Lines from its first to its last."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def lines(path: Path) -> int:
    """Lines of the file."""
    return len(path.read_text().splitlines())
