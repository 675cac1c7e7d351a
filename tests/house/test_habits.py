"""Habits of the house that a linter does not know."""

import ast
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from .code import APPS, HOUSE, ROOT, calls, classes, name, sources, tree

VAGUE = {"utils", "util", "common", "core", "helpers", "constants", "misc", "signals"}
BYPASSES = {"update", "bulk_create", "bulk_update"}
HISTORIED = {model.__name__ for model in apps.get_models() if hasattr(model, "history")}
PATHS = sources(*APPS, "config")


def chain(node: ast.expr) -> list[str]:
    """The names in `Model.objects.filter(…).update`, from left to right."""
    names: list[str] = []
    while True:
        match node:
            case ast.Attribute():
                names.append(node.attr)
                node = node.value
            case ast.Call():
                node = node.func
            case ast.Name():
                return [node.id, *names[::-1]]
            case _:
                return names[::-1]


def owners(path: Path) -> dict[ast.AST, str]:
    """The class around each node."""
    return {node: owner.name for owner in classes(path) for node in ast.walk(owner)}


def bypasses(path: Path) -> list[str]:
    """Calls that change rows of a model with history behind its back."""
    around, faults = owners(path), []
    for call in calls(path):
        names = chain(call.func)
        if not names or names[-1] not in BYPASSES:
            continue
        owner = around.get(call, "").removesuffix("QuerySet").removesuffix("Manager")
        model = owner if names[0] in ("self", "cls", "type", "objects") else names[0]
        if model in HISTORIED and "history" not in names:
            faults.append(f"{name(path)}:{call.lineno}: {'.'.join(names)}")
    return faults


def test_history_is_never_bypassed():
    """simple-history does not see `update()` and `bulk_create()`: use `bulk_create_with_history`."""
    assert not [fault for path in PATHS for fault in bypasses(path)]


def test_only_our_own_tables_say_who_may():
    """`permissions.answer` or `visible_to`, never a bare `has_perm`."""
    asked = [
        (name(path), call.lineno) for path in PATHS for call in calls(path) if chain(call.func)[-1:] == ["has_perm"]
    ]
    assert not asked


def test_there_are_no_receivers_of_signals():
    faults = []
    for path in PATHS:
        for node in ast.walk(tree(path)):
            imported = isinstance(node, ast.ImportFrom) and "signals" in (node.module or "")
            received = isinstance(node, ast.Call) and chain(node.func)[-1:] == ["receiver"]
            faults += [f"{name(path)}:{node.lineno}"] if imported or received else []
    assert not faults


def test_a_thing_lives_where_its_noun_lives():
    vague = [name(path) for path in sources(*HOUSE) if VAGUE & {path.stem, *path.relative_to(ROOT).parent.parts}]
    assert not vague


def test_the_arrows_point_one_way():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
